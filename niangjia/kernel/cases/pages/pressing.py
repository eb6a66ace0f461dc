"""A move made by a press on a page: with its form, its reason and its words; the draft goes in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.deciding import decide
from niangjia.kernel.cases.drafts import services as drafts
from niangjia.kernel.cases.drafts.queries import Occasion
from niangjia.kernel.cases.drafts.rules import Answers
from niangjia.kernel.cases.making import make
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.queries import flow_under, visible_to
from niangjia.kernel.files.models import StoredFile


@dataclass(frozen=True)
class Pressed:
    """What somebody sends with a move (按下去的一步): what she looked at, why, in which words, what her form says."""

    by: Actor
    at: datetime
    seen: int | None = None
    reason: str = ""
    says: str = ""
    answers: Answers = field(default_factory=dict)
    files: Sequence[StoredFile] = ()


@transaction.atomic
def press(case_id: int, move: str, pressed: Pressed) -> Case:
    """Make a move as its table says: a verdict where several decide is one voice; what was begun of its form is let go."""
    case = visible_to(pressed.by).filter(pk=case_id).first()
    if case is None:
        raise Forbidden("out_of_scope")
    flow = flow_under(case)
    made = flow.move(move)
    is_voice = made.is_verdict and flow.stage(case.stage).pool is not None
    do = decide if is_voice else make
    do(case_id, move, by=pressed.by, at=pressed.at, seen=pressed.seen, reason=pressed.reason, says=pressed.says)
    if made.form:
        drafts.drop(Occasion(case.kind, move, case_id), by=pressed.by)
    return case
