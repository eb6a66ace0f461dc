"""The list of merges that wait for a second person, and of those that were decided."""

from dataclasses import replace

from niangjia.kernel.cases.pages.listing import listing_of
from niangjia.registers.members.merging.kind import LINE
from niangjia.registers.members.merging.rules.moves import MERGE_MEMBERS

# One by one: whoever agrees has looked at both records.
MERGES = replace(listing_of(LINE), actions=(), move=MERGE_MEMBERS)
