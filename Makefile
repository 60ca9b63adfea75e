.PHONY: run demo test check bench papers help
.DEFAULT_GOAL := help

PYTHON ?= python3

# The stamp is renewed when the lock or the metadata change, so a pulled checkout heals itself. The lock is whole, so
# nothing is resolved again; compiling what is never imported would take longer than everything else.
.venv/installed: requirements.lock pyproject.toml
	@echo "making .venv and installing exact versions (about a minute the first time)"
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile -r requirements.lock
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## / — /'

run: .venv/installed ## pick up what lies in seeds/, archive it, show what became of it
	@.venv/bin/communique run folder

demo: .venv/installed ## eight days of an invented ministry: edits and disappearances as the archive sees them
	@.venv/bin/python -m tests.newsroom

test: .venv/installed ## the whole test suite
	@.venv/bin/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

check: .venv/installed ## style, types and tests
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

bench: .venv/installed ## speed, each figure beside a peer or the limit
	@.venv/bin/python -m bench

papers: .venv/installed ## docs/dictionary.md and docs/queries.md anew, from a sample archive
	@.venv/bin/python -m tests.sample
