"""The zone a site most probably writes its dates in, by the end of its host's name: countries with one zone alone."""

from sources.probing.proposal import Confidence

_ZONES = {
    "gov.cn": "Asia/Shanghai", "cn": "Asia/Shanghai", "hk": "Asia/Hong_Kong", "mo": "Asia/Macau", "tw": "Asia/Taipei",
    "sg": "Asia/Singapore", "jp": "Asia/Tokyo", "kr": "Asia/Seoul", "in": "Asia/Kolkata", "ph": "Asia/Manila",
    "th": "Asia/Bangkok", "vn": "Asia/Ho_Chi_Minh", "my": "Asia/Kuala_Lumpur", "il": "Asia/Jerusalem",
    "ae": "Asia/Dubai", "uk": "Europe/London", "ie": "Europe/Dublin", "fr": "Europe/Paris", "de": "Europe/Berlin",
    "it": "Europe/Rome", "nl": "Europe/Amsterdam", "be": "Europe/Brussels", "eu": "Europe/Brussels",
    "at": "Europe/Vienna", "ch": "Europe/Zurich", "dk": "Europe/Copenhagen", "se": "Europe/Stockholm",
    "no": "Europe/Oslo", "fi": "Europe/Helsinki", "pl": "Europe/Warsaw", "cz": "Europe/Prague", "gr": "Europe/Athens",
    "hu": "Europe/Budapest", "ro": "Europe/Bucharest", "tr": "Europe/Istanbul", "ua": "Europe/Kyiv",
    "nz": "Pacific/Auckland", "za": "Africa/Johannesburg", "ke": "Africa/Nairobi", "ng": "Africa/Lagos",
    "eg": "Africa/Cairo", "ar": "America/Argentina/Buenos_Aires", "co": "America/Bogota", "pe": "America/Lima",
    "gov": "America/New_York", "mil": "America/New_York",
}  # fmt: skip


def zone_of(host: str, family: str | None) -> tuple[str, Confidence, str]:
    """IANA name, how sure that is, and why."""
    labels = host.rstrip(".").split(".")
    for ending in (".".join(labels[-2:]), labels[-1]):
        if zone := _ZONES.get(ending):
            return zone, "likely", f"a host that ends in .{ending}"
    if family == "trs_cms":
        return "Asia/Shanghai", "likely", "TRS is a content system of China"
    return "UTC", "guess", "nothing tells; put the zone of the publisher's capital"
