"""The list of merges that wait for a second person, and of those that were decided."""

from dataclasses import replace

from niangjia.kernel.cases.pages.listing import listing_of
from niangjia.registers.members.merging.kind import LINE
from niangjia.registers.members.merging.rules.moves import MERGE_MEMBERS

_BASE = listing_of(LINE)
# One by one: whoever agrees has looked at both records. Told to no program: without keys of their own.
MERGES = replace(
    _BASE, columns=tuple(replace(column, key="") for column in _BASE.columns), actions=(), move=MERGE_MEMBERS
)
