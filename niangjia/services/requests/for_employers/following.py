"""How far an employer's request is, for who asked it: of whoever handles it, and of every other request, nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from niangjia.kernel.cases.models import Running
from niangjia.kernel.cases.queries import timeline
from niangjia.kernel.cases.today import due_day
from niangjia.kernel.listing import Badge
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.services.requests.for_employers.models import EmployerAsk
from niangjia.services.requests.for_employers.rules import BY_CODE
from niangjia.services.requests.own_side import TIERS_TOLD
from niangjia.services.requests.queries import additions_of, said_in
from niangjia.services.requests.rules.workflow import OPEN_STAGES
from niangjia.services.requests.words import OWN_BADGES

ANSWERS = ("answer", "tell_elsewhere")


@dataclass(frozen=True)
class Line:
    """One request in a list: which, of what kind, how far."""

    pk: int
    title: str
    number: str
    at: datetime
    badge: Badge


@dataclass(frozen=True)
class Asked:
    """One request opened: where it lies, by when, what was said, asked back and answered."""

    line: Line
    office: str
    due: str
    text: str
    additions: tuple[tuple[datetime, str], ...]
    answer: str
    question: str
    may_add: bool


def line_of(asked: EmployerAsk) -> Line:
    """As the list shows it."""
    case = asked.request.case
    return Line(asked.pk, _(BY_CODE[asked.kind].title), case.number, case.opened_at, OWN_BADGES[case.stage])


def followed(asked: EmployerAsk) -> Asked:
    """As its own page shows it."""
    case = asked.request.case
    told = timeline(case, is_desk=False)
    answers = [each.says for each in told if each.move in ANSWERS]
    questions = [each.says for each in told if each.move == "ask_more"] if case.stage == "waiting" else []
    return Asked(
        line=line_of(asked),
        office=place_names([case.place_id]).get(case.place_id, ""),
        due=_due(asked),
        text=said_in(asked.request).text,
        additions=tuple((row.at, says) for row, says in additions_of(asked.request)),
        answer=answers[-1] if answers else "",
        question=questions[-1] if questions else "",
        may_add=case.stage in OPEN_STAGES,
    )


def _due(asked: EmployerAsk) -> str:
    wanted = TIERS_TOLD.get(asked.request.case.stage, ())
    rows = Running.objects.filter(case=asked.pk, tier__in=wanted, ended_at=None, due_at__isnull=False)
    running = rows.order_by("due_at").first()
    last = due_day(running.due_at) if running else None
    return _("最迟{last}").format(last=day(last)) if last else ""
