"""What may be merged: what the cadre picks, why, and what rules it out (能不能合并)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.registers.members.rules import READ_LIKE_ID_CARD, IdKind, IdNumber, check_id_number

LEFT, RIGHT = "left", "right"
# The paper's number says which record stays; every other field is taken from either.
NUMBER = "id_number"
FIELDS = (
    "name", "phone", "sex", "birth_on", "workplace", "employment", "title", "skill", "occupation", "migrant",
    "household_registration", "ethnicity", "political", "education",
)  # fmt: skip
# Sex and birth stand in such a number.
IN_THE_NUMBER = ("sex", "birth_on")
SHORTEST_PROOF = 4


class PairState(StrEnum):
    """What became of two records that look like one person (两份登记的结论)."""

    OPEN = "open"
    APART = "apart"
    MERGED = "merged"


class MergeReason(StrEnum):
    """Why two records are one person (合并的依据)."""

    PAPER_SEEN = "paper_seen"
    ASKED_HER = "asked_her"
    ID_CORRECTED = "id_corrected"


class ApartReason(StrEnum):
    """Why two records are two people (分开的依据)."""

    PAPERS_SEEN = "papers_seen"
    ASKED_THEM = "asked_them"
    KIN = "kin"


@dataclass(frozen=True)
class Choice:
    """What a cadre picks (合并时的选择): for each field which record it is taken from, why, and which papers were seen.

    `goes_on` is the membership that lasts, `signs_in` the record whose login stays; None where there is no question.
    """

    picks: Mapping[str, str]
    reason: str
    proof: str = ""
    goes_on: int | None = None
    signs_in: str | None = None
    seen: tuple[int, int] = field(default=(0, 0))

    @property
    def kept(self) -> str:
        """The record that stays: the one whose number is right."""
        return self.picks[NUMBER]


def are_two_papers(kinds: tuple[str, str], numbers: tuple[str, str]) -> bool:
    """Whether both numbers passed their check digit and differ (两个号码都通过校验): as a rule, two people."""
    like_cards = all(IdKind(kind) in READ_LIKE_ID_CARD for kind in kinds)
    return like_cards and numbers[0] != numbers[1] and all(isinstance(check_id_number(n), IdNumber) for n in numbers)


def why_not_propose(choice: Choice, *, two_papers: bool) -> Reason | None:
    """None where this may be brought before a second person, else what is missing."""
    if choice.kept not in (LEFT, RIGHT) or any(side not in (LEFT, RIGHT) for side in choice.picks.values()):
        return Reason("pick_missing", _PICK_MISSING, {})
    if choice.reason not in {each.value for each in MergeReason}:
        return Reason("reason_missing", _REASON_MISSING, {})
    if two_papers and (choice.reason != MergeReason.ID_CORRECTED or len(choice.proof.strip()) < SHORTEST_PROOF):
        return Reason("two_papers", _TWO_PAPERS, {})
    return None


_PICK_MISSING = gettext_noop("请先选定哪个证件号码是对的，再逐项选。")
_REASON_MISSING = gettext_noop("请选为什么认定是同一个人，本人会看到。")
_TWO_PAPERS = gettext_noop(
    "两个身份证号都通过校验又不相同，一般是两个人。确实是证件更正的，依据选「证件更正」，并写明看过哪些证明、放在哪里；第二个人也要写。"
)
