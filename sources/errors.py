"""The one exception tree of the project.

CommuniqueError             anything we raise on purpose; the message says what, where and what to do next
├── ConfigError             a setting, source file, sidecar or manifest that cannot be understood
├── LockBusy                another process holds a lock for longer than we wait
├── DiskFull                less room is left on the archive's disk than the operator wants kept
├── VaultError              raw files that are damaged, missing or not what the manifest says
└── ArchiveError            the DuckDB archive is unusable, too new, or contradicts the vault
    ├── DamagedArchive      its file cannot be read back; raw/ makes it again
    └── NeedsRoom           DuckDB was given too little memory for what was asked; the next try has more
"""


class CommuniqueError(Exception):
    """Base of every error raised on purpose."""


class ConfigError(CommuniqueError):
    """A setting, source file, sidecar or manifest row is wrong; the message names file and line."""


class LockBusy(CommuniqueError):
    """Somebody else holds the lock; what we had is left in staging and nothing is lost."""


class DiskFull(CommuniqueError):
    """The disk of the archive is nearly full; nothing was begun that could not be finished."""


class VaultError(CommuniqueError):
    """A raw file is damaged, missing or differs from the manifest."""


class ArchiveError(CommuniqueError):
    """The archive cannot be opened, migrated or trusted."""


class NeedsRoom(ArchiveError):
    """What was asked takes more memory than it was given: nothing was lost, and the next try is given more."""


class DamagedArchive(ArchiveError):
    """The database file is not what DuckDB wrote; nothing is lost that raw/ does not hold."""
