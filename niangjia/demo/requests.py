"""Two years of requests go into the county: set by set, each round of moves in one statement, by the database's own rules."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any, NamedTuple

from django.db import connection

from niangjia.demo.rules.chance import chance
from niangjia.demo.rules.requests import Asker, PlannedMove, PlannedRequest, planned
from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.cases.models import Case, Holding, HoldingPart, Party, PartyPart, Rating, Running, Step
from niangjia.kernel.clock.rules import due_at
from niangjia.kernel.dated import queries as dated
from niangjia.kernel.intake.statistics import count_anew
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.places.rules import Level
from niangjia.kernel.sealed import BulkSealer
from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import HOLDING
from niangjia.services.requests.models import AnswerState, KnownAnswer, Request
from niangjia.services.requests.rules import BY_CODE, REQUEST, Against
from niangjia.services.requests.rules.hotspots import quarter_of
from niangjia.services.requests.rules.routing import Spot, handling_spot
from niangjia.services.requests.rules.sealed_words import TEXT, WISH
from niangjia.services.requests.rules.topics import TOPICS
from niangjia.services.requests.rules.workflow import ANSWERS

ASKERS = 4_000
CHUNK = 2_000
NUMBERED = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
MOVED = """
UPDATE cases_case c SET stage = m.stage, revision = c.revision + 1, moved_at = m.at, maker_id = m.maker, handler_id = m.handler,
  closed_at = m.closed
FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::bigint[], %s::bigint[], %s::timestamptz[])
  AS m (id, stage, at, maker, handler, closed)
WHERE c.id = m.id
"""
DUE = "UPDATE cases_case c SET due_at = m.due FROM unnest(%s::bigint[], %s::timestamptz[]) AS m (id, due) WHERE c.id = m.id"


class Land(NamedTuple):
    """The county as requests need it: its places by number, who handles where."""

    spots: dict[int, Spot]
    county: Place
    names: dict[int, str]
    desk: dict[int, Sequence[Account]]


class Made(NamedTuple):
    """A request on its way into the tables: its case's number, where it lies, who handles it."""

    pk: int
    plan: PlannedRequest
    place_id: int
    counted_id: int
    handler: Account
    unit: str


def land_requests(county: Place, accounts: dict[str, Account], *, now: datetime) -> int:
    """Everything that members of a county said in two years; answers how many."""
    land = _land(county, accounts)
    plans = planned(_askers(county), now=now)
    ids = _numbered("cases_case", len(plans))
    made = [one for pk, plan in zip(ids, plans, strict=True) if (one := _made(pk, plan, land)) is not None]
    _open(made, county.city)
    count_anew(Case, Holding, Party, Request)
    for round_ in range(max((len(one.plan.moves) for one in made), default=0)):
        _move([one for one in made if len(one.plan.moves) > round_], round_)
    _tell(made, county.city)
    _time(made, county.city)
    return len(made)


def keep_answers(county: Place, accounts: dict[str, Account], *, now: datetime) -> None:
    """Answers kept for all: those that the law gives, and one that waits for its second pair of eyes."""
    on = (now - timedelta(days=200)).date()
    rows = [
        KnownAnswer(
            city=county.city, place=county, topic=topic.code, title=f"{topic.title}：{article.source}", text=article.says,
            source=article.source, state=AnswerState.IN_FORCE.value, valid_from=on, written_by=accounts["liuyang"],
            read_by=accounts["zhoumin"], written_at=now - timedelta(days=201),
        )
        for topic in TOPICS
        for article in topic.articles
    ]  # fmt: skip
    rows[0].state, rows[0].valid_from, rows[0].read_by = AnswerState.WRITTEN.value, None, None
    KnownAnswer.objects.bulk_create(rows)


def _land(county: Place, accounts: dict[str, Account]) -> Land:
    rows = Place.objects.filter(path__startswith=county.path)
    spots = {row.pk: Spot(row.pk, row.path, Level(row.level)) for row in rows}
    at_county = (accounts["zhoumin"], accounts["liuyang"])
    desk: dict[int, Sequence[Account]] = {}
    for login in ("chenli", "hejing"):
        for place_id in accounts[login].grants.values_list("place_id", flat=True):
            desk[place_id] = (accounts[login],)
    return Land(spots, county, place_names(spots), {county.pk: at_county, **desk})


def _askers(county: Place) -> list[Asker]:
    held = Membership.objects.filter(
        union__place__path__startswith=county.path, period__upper_inf=True, state__in=HOLDING
    )
    rows = list(held.order_by("person_id").values_list("person_id", "union__place__path", "employer_id"))
    source = chance("askers", len(rows))
    return [Asker(*row) for row in source.sample(rows, min(ASKERS, len(rows)))]


def _made(pk: int, plan: PlannedRequest, land: Land) -> Made | None:
    ids = [int(part) for part in plan.asker.union_path.split(".") if part]
    way_up = [land.spots[each] for each in reversed(ids) if each in land.spots]
    # As at the door: a place where nobody handles gets nothing.
    handling = handling_spot([spot for spot in way_up if spot.place_id in land.desk], BY_CODE[plan.kind])
    if handling is None:
        return None
    town = next((spot.place_id for spot in way_up if spot.level is Level.TOWN), land.county.pk)
    handlers = land.desk[handling.place_id]
    return Made(pk, plan, handling.place_id, town, handlers[pk % len(handlers)], land.names.get(handling.place_id, ""))


def _open(made: Sequence[Made], city: str) -> None:
    numbers = iter(_drawn_numbers(len(made)))
    cases = [
        Case(
            id=one.pk, city=city, kind=REQUEST.kind, version=REQUEST.version, stage=REQUEST.start, place_id=one.place_id,
            number=f"{one.plan.opened_at:%Y}-{next(numbers)}", opened_at=one.plan.opened_at, moved_at=one.plan.opened_at,
        )
        for one in made
    ]  # fmt: skip
    Case.objects.bulk_create(cases, batch_size=CHUNK)
    Holding.objects.bulk_create(
        [
            Holding(
                city=city, case_id=one.pk, place_id=one.place_id, part=HoldingPart.HANDLES.value, knows_who=True,
                since=one.plan.opened_at,
            )
            for one in made
        ],
        batch_size=CHUNK,
    )  # fmt: skip
    Party.objects.bulk_create(
        [
            Party(city=city, case_id=one.pk, subject_id=one.plan.asker.subject_id, part=PartyPart.ASKER.value)
            for one in made
        ],
        batch_size=CHUNK,
    )
    text, wish = BulkSealer(TEXT), BulkSealer(WISH)
    Request.objects.bulk_create([_request(one, city, text, wish) for one in made], batch_size=CHUNK)


def _request(one: Made, city: str, text: BulkSealer, wish: BulkSealer) -> Request:
    plan = one.plan
    is_about = plan.is_about_employer and plan.asker.employer_id is not None
    return Request(
        case_id=one.pk, city=city, kind=plan.kind, topic=plan.topic, channel=plan.channel, employer_id=plan.asker.employer_id,
        grade=plan.grade if plan.moves else "", against=(Against.EMPLOYER if is_about else Against.NOBODY).value,
        is_urgent=plan.topic in ("injury", "safety") and one.pk % 7 == 0, counted_at_id=one.counted_id,
        quarter=quarter_of(plan.opened_at.astimezone(clock.PEOPLE_ZONE).date()), text_sealed=text.seal(plan.text, one.pk),
        wish_sealed=wish.seal(plan.wish, one.pk) if plan.wish else None,
    )  # fmt: skip


def _move(made: Sequence[Made], round_: int) -> None:
    """One round: the database looks at each change as it looks at those that people make."""
    columns: list[list[Any]] = [[] for _each in range(6)]
    for one in made:
        at, move = _instants(one)[round_], one.plan.moves[round_]
        taken = any(each.name == "take" for each in one.plan.moves[: round_ + 1])
        is_final = REQUEST.stage(move.to).is_final
        values = (
            one.pk, move.to, at, one.handler.pk if move.by == "desk" else None, one.handler.pk if taken else None,
            at if is_final else None,
        )  # fmt: skip
        for column, value in zip(columns, values, strict=True):
            column.append(value)
    with connection.cursor() as cursor:
        cursor.execute(MOVED, columns)


def _tell(made: Sequence[Made], city: str) -> None:
    """The steps with their words, and how it went."""
    lines = [(one, revision, move) for one in made for revision, move in enumerate((None, *one.plan.moves))]
    says, ids = BulkSealer("cases.says.Step"), _numbered("cases_step", len(lines))
    steps = [_step(pk, line, city, says) for pk, line in zip(ids, lines, strict=True)]
    Step.objects.bulk_create(steps, batch_size=CHUNK)
    Rating.objects.bulk_create(
        [
            Rating(
                city=city, case_id=one.pk, revision=len(one.plan.moves), opinion=one.plan.opinion, at=_instants(one)[-1]
            )
            for one in made
            if one.plan.opinion
        ],
        batch_size=CHUNK,
    )


def _step(pk: int, line: tuple[Made, int, PlannedMove | None], city: str, says: BulkSealer) -> Step:
    one, revision, move = line
    if move is None:
        return Step(
            id=pk, city=city, case_id=one.pk, revision=0, move="open", stage="", to=REQUEST.start, at=one.plan.opened_at
        )
    before = one.plan.moves[revision - 2].to if revision > 1 else REQUEST.start
    is_desk = move.by == "desk"
    return Step(
        id=pk, city=city, case_id=one.pk, revision=revision, move=move.name, stage=before, to=move.to, reason=move.reason,
        at=_instants(one)[revision - 1], account=one.handler if is_desk else None,
        author=f"cadre@{one.place_id} {one.unit}" if is_desk else "", is_told=REQUEST.move(move.name).is_told,
        says_sealed=says.seal(move.says, pk) if move.says else None,
    )  # fmt: skip


def _time(made: Sequence[Made], city: str) -> None:
    """The times that still run, and the soonest of each in its case."""
    calendar, rows, dues = dated.calendar(), [], []
    for one in made:
        running, over = list(_running(one)), list(_over(one))
        found = [(key, since, due_at(since, REQUEST.tier(key).term, calendar)) for key, since in running]
        past = [(key, since, due_at(since, REQUEST.tier(key).term, calendar), end) for key, since, end in over]
        for key, since, due, end in [*((*each, None) for each in found), *past]:
            term = REQUEST.tier(key).term
            rows.append(
                Running(
                    city=city, case_id=one.pk, tier=key, unit=term.unit.value, number=term.number, source=term.source,
                    is_default=term.is_default, started_at=since, due_at=due.at, is_provisional=due.is_provisional,
                    ended_at=end,
                )
            )  # fmt: skip
        if found:
            dues.append((one.pk, min(due.at for _key, _since, due in found if due.at is not None)))
    Running.objects.bulk_create(rows, batch_size=CHUNK)
    with connection.cursor() as cursor:
        cursor.execute(DUE, [list(column) for column in zip_longest(*dues)] or [[], []])


def _running(one: Made) -> Iterator[tuple[str, datetime]]:
    """Which times the moves so far have started and none has stopped."""
    found = dict.fromkeys(REQUEST.starts, one.plan.opened_at)
    for at, planned_move in zip(_instants(one), one.plan.moves, strict=True):
        move = REQUEST.move(planned_move.name)
        found = {key: since for key, since in found.items() if key not in move.stops} | dict.fromkeys(move.starts, at)
        if REQUEST.stage(move.to).is_final:
            found = {}
    yield from found.items()


def _over(one: Made) -> Iterator[tuple[str, datetime, datetime]]:
    """The times for an answer that ran, and when they were stopped."""
    begun: dict[str, datetime] = {}
    for at, planned_move in zip(_instants(one), one.plan.moves, strict=True):
        move = REQUEST.move(planned_move.name)
        yield from ((key, begun.pop(key), at) for key in ANSWERS if key in begun and key in move.stops)
        begun |= dict.fromkeys((key for key in move.starts if key in ANSWERS), at)


def _instants(one: Made) -> list[datetime]:
    at, found = one.plan.opened_at, []
    for move in one.plan.moves:
        at += move.after
        found.append(at)
    return found


def _numbered(table: str, number: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(NUMBERED, [table, number])
        return [int(row[0]) for row in cursor.fetchall()]


def _drawn_numbers(number: int) -> Iterable[str]:
    source = chance("case numbers", number)
    drawn = source.sample(range(100_000_000), number)
    return (f"{each // 10_000:04d}-{each % 10_000:04d}" for each in drawn)
