"""Which encoding bytes are in when nothing says so and they are not UTF-8."""

from charset_normalizer import from_bytes

from parsers.charsets import codec_of

_SAMPLE = 1 << 16  # bytes; enough for every test text, and detection is slow


def guess(body: bytes) -> str | None:
    """The codec that most likely reads these bytes, from a sample; None when none does."""
    sample = body[:_SAMPLE]
    if wide := _utf_16(sample):
        return wide
    best = from_bytes(sample).best()
    if best is None:
        return None
    return codec_of(best.encoding.replace("_", "-")) or best.encoding


def _utf_16(sample: bytes) -> str | None:
    """UTF-16 without a mark, by the side on which the zero bytes of ASCII characters stand."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 5 < len(sample) // 2 or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"
