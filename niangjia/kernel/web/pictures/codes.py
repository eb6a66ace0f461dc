"""Codes to scan (二维码): drawn as SVG inside the page, dark on white in every theme, for scanners want it so."""

import segno
from django.utils.safestring import SafeString

# A quarter of it may be dirty or torn: sheets hang on walls for years.
CORRECTION = "q"
QUIET_ZONE = 4


def code_to_scan(words: str) -> SafeString:
    """The code of an address as an SVG without size of its own; the style says how large it is."""
    made = segno.make(words, error=CORRECTION, micro=False, boost_error=False)
    drawn: str = made.svg_inline(
        border=QUIET_ZONE, omitsize=True, dark="#000", light="#fff", svgclass="nj-scan-code", lineclass=None
    )
    return SafeString(drawn)
