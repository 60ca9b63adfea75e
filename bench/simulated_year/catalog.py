"""The ten source files of the world, as an operator would write them."""

from pathlib import Path

from bench.simulated_year.rendering import PER_PAGE
from bench.simulated_year.world import SITES, Kind, Site

_LINKS = '[items]\neach = "ul.list li"\nlink = "a@href"\ntitle = "a"\ndate = "span"\nwithin = "ul.list"\n'
_URLS: dict[Kind, str] = {
    "feed": "feed.xml",
    "notes": "feed.xml",
    "listing": "index.html",
    "calendar": "days/{yyyy}{mm}{dd}.html",
    "sitemap": "sitemap.xml",
    "api": "api?since={since}&offset={offset}",
}
_MORE: dict[Kind, str] = {
    "feed": "",
    "notes": "",
    "listing": _LINKS + '[pages]\ntemplate = "index_{n}.html"\n',
    "calendar": _LINKS + "[expects]\nmay_be_empty = true\n",
    "sitemap": "",
    "api": f'[items]\neach = "results"\nlink = "link"\ntitle = "title"\ndate = "date"\n[pages]\nsize = {PER_PAGE}\n'
    'total = "total"\n',
}


def sources_of(site: Site) -> tuple[str, ...]:
    """The names of the sources that read a site."""
    return tuple(site.kinds)


def write_catalog(folder: Path, port: int) -> None:
    """Writes one file for each source."""
    folder.mkdir(parents=True, exist_ok=True)
    for site in SITES:
        for name, kind in site.kinds.items():
            told = {
                "title": f"Invented notices ({name})",
                "kind": "feed" if kind == "notes" else kind,
                "publisher": f"{site.name.partition('_')[0]}.example",
                "language": "zh-Hans" if site.language == "zh" else "en",
                "zone": "Etc/UTC",
                "rights": "invented; free to use",
            }
            lines = [f'{key} = "{value}"' for key, value in told.items()]
            lines += [f'urls = ["http://{site.host}:{port}/{site.name}/{_URLS[kind]}"]', "pace = 0.0"]
            lines += ["overlap_days = 7", "first_days = 7"]
            (folder / f"{name}.toml").write_text("\n".join(lines) + "\n" + _MORE[kind], encoding="utf-8")
