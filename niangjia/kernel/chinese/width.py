"""Width folding: full-width letters and digits, odd spaces and invisible marks that spreadsheets leave behind."""

_SPACES = (*range(0x2000, 0x200B), 0x00A0, 0x202F, 0x205F, 0x3000)
_INVISIBLE = (0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202C, 0x2060, 0xFEFF)

# Not Unicode's NFKC: that also rewrites compatibility ideographs, which are some people's names.
_FOLDED: dict[int, int | None] = {
    **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(_SPACES, 0x20),
    **dict.fromkeys(_INVISIBLE, None),
}


def fold_width(text: str) -> str:
    """Full-width ASCII (全角) to half-width, every kind of space to a plain one, invisible marks away."""
    return text if text.isascii() else text.translate(_FOLDED)
