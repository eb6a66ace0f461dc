"""Which union somebody may have meant who wrote a name that nobody has."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

SHORTEST_CORE = 2
ALIKE = 0.8
_KIND_OF_BODY = re.compile(
    r"(?:股份)?(?:有限|责任|有限责任)?(?:公司|集团|总厂|分厂|厂|局|中心)?(?:总|联合)?工会(?:委员会|联合会)?$"
)


def name_alike(written: str, names: Sequence[str]) -> str | None:
    """The shortest name that holds what is left of the written one without 厂, 公司, 工会; else one with a slip of the pen."""
    core = _KIND_OF_BODY.sub("", written)
    if len(core) >= SHORTEST_CORE:
        holding = [name for name in names if core in name]
        if holding:
            return min(holding, key=len)
    return next(iter(get_close_matches(written, names, n=1, cutoff=ALIKE)), None)
