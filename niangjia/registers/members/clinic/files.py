"""Checks of members' records as files: what holds, by which source, what next, and where it is put right."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from niangjia.registers.members.clinic.rules import Mend
from niangjia.registers.orgs.checking.files import Check, CheckUnfit, read_check

FOLDER = Path(__file__).resolve().parent / "checks"


@dataclass(frozen=True)
class MemberCheck:
    """One thing that holds of every member's record (体检项), and where it is mended where it does not."""

    check: Check
    mend: Mend

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.check.name

    @property
    def sentence(self) -> str:
        """What holds, in the reader's language."""
        return self.check.sentence


@cache
def member_checks() -> dict[str, MemberCheck]:
    """Every check of the clinic, by name."""
    return {path.stem: read_member_check(path) for path in sorted(FOLDER.glob("*.sql"))}


def read_member_check(path: Path) -> MemberCheck:
    """One file; `CheckUnfit` where its head does not say where it is mended."""
    check = read_check(path)
    said = [line.removeprefix("-- mend:").strip() for line in path.read_text("utf-8").splitlines()
            if line.startswith("-- mend:")]  # fmt: skip
    if len(said) != 1 or said[0] not in set(Mend):
        message = f"{path.name}: says not where it is mended"
        raise CheckUnfit(message)
    return MemberCheck(check, Mend(said[0]))


def sentence_of(name: str) -> str:
    """What a check says; of a check that is gone, its name."""
    found = member_checks().get(name)
    return found.sentence if found else name
