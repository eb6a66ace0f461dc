"""Open a case: where its table begins, at the place that handles it, for whoever asks."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from secrets import randbelow

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases import clocks
from niangjia.kernel.cases.making import Act, written
from niangjia.kernel.cases.models import Case, Holding, HoldingPart, Party, PartyPart, Running
from niangjia.kernel.cases.rules import OPEN, Workflow
from niangjia.kernel.places.models import Place
from niangjia.kernel.worded import Worded, insert

# Drawn, not counted: a number tells nobody how many others came before it.
NUMBERS = 100_000_000
HALF = 10_000
TRIES = 20
NUMBERED = Worded(
    lambda city, number: Case.objects.filter(city=city, number=number).order_by().values_list("pk"),
    city=str,
    number=str,
)


# Without a savepoint of its own: it refuses nothing that could be survived inside of a transaction.
@transaction.atomic(savepoint=False)
@beyond(Purpose.CASES)
def open_case(  # noqa: PLR0913 - where, whose, by whom, when, in whose hands, and who may know
    flow: Workflow,
    *,
    place: Place,
    askers: Sequence[int],
    by: Actor,
    at: datetime,
    handler: int | None = None,
    knows_who: bool = True,
    concerned: Iterable[int] = (),
) -> Case:
    """Open a case (立件) under the newest table of its kind.

    The line of work has judged that whoever acts may ask here; `askers` are numbers of persons, none where nobody is known.
    """
    case = Case(
        city=place.city,
        kind=flow.kind,
        version=flow.version,
        number=_number(place.city, at=at),
        stage=flow.start,
        place=place,
        handler_id=handler,
        waits_for=flow.waits(flow.stage(flow.start), in_hand=handler is not None).value,
        opened_at=at,
        moved_at=at,
    )
    running = clocks.begun(case, flow, at=at)
    case.save(force_insert=True)
    insert(
        Holding(city=case.city, case=case, place=place, part=HoldingPart.HANDLES.value, knows_who=knows_who, since=at)
    )
    for subject, part in [
        *((each, PartyPart.ASKER) for each in askers),
        *((each, PartyPart.CONCERNED) for each in concerned),
    ]:
        insert(Party(city=case.city, case=case, subject_id=subject, part=part.value))
    Running.objects.bulk_create(running)
    written(case, OPEN, Act(by, at, is_own=by.subject_id in askers), stage="")
    return case


def _number(city: str, *, at: datetime) -> str:
    """A number nobody has yet, as it is said on the telephone: 2026-0481-7735."""
    year = at.astimezone(clock.PEOPLE_ZONE).year
    for _try in range(TRIES):
        first, last = divmod(randbelow(NUMBERS), HALF)
        number = f"{year}-{first:04d}-{last:04d}"
        if not NUMBERED(city=city, number=number):
            return number
    message = f"the numbers of {year} are used up"
    raise RuntimeError(message)
