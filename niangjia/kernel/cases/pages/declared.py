"""What a line of work declares so that its cases have pages (办件页面): its table, its words, its forms, and who does the rest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from niangjia.kernel.cases.drafts.rules import FormSheet
from niangjia.kernel.cases.kinds import CaseKind, Words
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.rules import Who, Workflow
from niangjia.kernel.listing import Badge

PRESS = "niangjia.kernel.cases.pages.pressing.press"


@dataclass(frozen=True)
class OwnWords:
    """How who asked reads of a case (给本人看的话), stage by stage and move by move.

    `where` is one sentence, with `{office}` for the union that has it; `next` is what comes next. `happened` gives words and
    icon of a move, where it is not called as at the desk. `tiers` says of which times she is told at which stage: of all that
    run, where a stage is not named. Of an `untold` move she reads nothing, whatever the table says.
    """

    states: Mapping[str, Badge]
    where: Mapping[str, Words]
    next: Mapping[str, Words] = field(default_factory=dict)
    happened: Mapping[str, tuple[Words, str]] = field(default_factory=dict)
    tiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    untold: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Line:
    """A line of work whose pages are the kernel's (办事门类): what is wrong in it is said when it is made.

    `does` is the dotted path of the service that makes a move that was pressed: (case, move, pressed); one that keeps more than
    words calls `pressing.press` in its own transaction. `stored` tells what its record holds of a form's answers: (case, move);
    `facts` what is known of a case besides, as pairs: (case, actor); an `AskedLook` among them is shown masked. `extends` says how far each time may be lengthened.
    """

    flow: Workflow
    kind: CaseKind
    title: Words
    badges: Mapping[str, Badge]
    own: OwnWords
    sheets: Mapping[str, FormSheet] = field(default_factory=dict)
    does: str = PRESS
    stored: str = ""
    facts: str = ""
    extends: Mapping[str, int] = field(default_factory=dict)
    extension_reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """No page without words."""
        lacking = list(_lacking(self))
        if lacking:
            raise ValueError(f"{self.kind.kind}: no words for " + ", ".join(lacking))

    def title_of(self, case: Case) -> Words:
        """How one case is called on its pages."""
        return self.kind.title_of(case)


def _lacking(line: Line) -> Iterator[str]:
    """What its pages would have to show and could not."""
    if line.flow.kind != line.kind.kind:
        yield f"the table of {line.flow.kind}"
    yield from line.kind.missing(line.flow)
    stages = {stage.name for stage in line.flow.stages}
    said = (("badge", line.badges), ("own state", line.own.states), ("own place", line.own.where))
    for what, words in said:
        yield from (f"{what} of {name}" for name in sorted(stages - set(words)))
    forms = {move.form for move in line.flow.moves if move.form and move.who != {Who.CLOCK}}
    yield from (f"form {key}" for key in sorted(forms - set(line.sheets)))
    tiers = {tier.key for tier in line.flow.tiers if tier.may_extend}
    yield from (f"extension of {key}" for key in sorted(tiers ^ set(line.extends)))
    yield from (f"reason {key}" for key in line.extension_reasons if key not in line.kind.reasons)
