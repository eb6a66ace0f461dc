"""Cases: moves of fifty clients against the bare SQL of the same change, decisions in bulk, what waits at a desk beside a million.

Both are done by the same fifty threads over as many connections, one after the other in one run; afterwards every case is
looked at: it stands where it should, with its step and its entry.
"""

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from math import log10
from pathlib import Path
from statistics import quantiles
from threading import Barrier
from time import perf_counter, process_time

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.models import Max

import bench.ready  # noqa: F401 - before the models below
from bench.figures import Figure, median, seconds, show
from niangjia.config.environment import environment
from niangjia.config.postgres.addresses import DATABASE
from niangjia.config.postgres.cluster import connect
from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.cases.deciding import Many
from niangjia.kernel.cases.models import Case, Step
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.queries import why_not_each
from niangjia.kernel.cases.services import Act, decide_many, make
from niangjia.kernel.cases.tests.tables import POOL_ANY, TRIAL, TRIAL_KIND
from niangjia.kernel.cases.today import things_to_do
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.kernel.places.services import open_place
from niangjia.kernel.sealed.keys import create_keyring, keyring_file

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 10, 0, tzinfo=clock.PEOPLE_ZONE)
# Desks of a county; the first one has a tenth of everything. At most of them nobody works: what is to be checked there, a fifth
# of everything, waits at the county.
DESKS = 200
CLIENTS, MOVES, LOOKS, WARMED = 50, 500, 200, 7
MOST_IN_BULK = 10_000
PARTS = ("moves", "bulk", "today", "closed")
TABLES = "niangjia.kernel.cases.tests.tables.FLOWS"
KINDS = ("niangjia.kernel.cases.tests.tables.TRIAL_KIND", "bench.cases.POOLED")
POOLED = replace(TRIAL_KIND, kind=POOL_ANY.kind, stages={stage.name: stage.name for stage in POOL_ANY.stages})
FILL = """
INSERT INTO cases_case (city, kind, version, number, stage, place_id, maker_id, round, revision, opened_at, moved_at, due_at, waits_for, closed_at)
SELECT '349900', CASE WHEN checked THEN %(pooled)s ELSE %(kind)s END, 1, %(letter)s || n, CASE WHEN checked THEN 'decided' ELSE %(stage)s END,
  (%(places)s::bigint[])[CASE WHEN n %% 10 = 0 THEN 1 ELSE 1 + n %% %(desks)s END],
  %(maker)s, 0, 0, %(at)s, %(at)s, CASE WHEN NOT %(closed)s THEN %(at)s::timestamptz + (n %% 90) * interval '1 day' END,
  CASE WHEN %(closed)s THEN 'nobody' WHEN checked THEN 'second' ELSE 'desk' END, CASE WHEN %(closed)s THEN %(at)s::timestamptz END
FROM (SELECT n, %(all_checked)s OR n / 7 %% 5 = 1 AS checked FROM generate_series(%(first)s::int, %(rows)s::int) n) made
"""
# Everything that was asked about has somebody who asked; one case in five hundred somebody keeps away from.
BESIDE = (
    """INSERT INTO cases_holding (city, case_id, place_id, part, knows_who, since)
    SELECT city, id, place_id, 'handles', true, opened_at FROM cases_case WHERE id > %(since)s""",
    "INSERT INTO people_subject (id, city) SELECT %(people)s + n, '349900' FROM generate_series(1, 10000) n ON CONFLICT DO NOTHING",
    """INSERT INTO cases_party (city, case_id, subject_id, part)
    SELECT city, id, %(people)s + 1 + id %% 10000, 'asker' FROM cases_case WHERE id > %(since)s""",
    """INSERT INTO cases_barred (city, case_id, account_id, reason, at)
    SELECT city, id, %(keeps_away)s, 'relative', opened_at FROM cases_case WHERE id > %(since)s AND id %% 500 = 3 AND NOT %(all_checked)s""",
    "UPDATE cases_case SET is_kept_from = true WHERE id > %(since)s AND id %% 500 = 3 AND NOT %(all_checked)s",
)
FILLED = ("cases_case", "cases_holding", "cases_party", "cases_barred")
# All but what a constraint stands on: built anew behind a large filling.
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY (%s) AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""
PEOPLE = 1_000_000
LARGE = 50_000
BARE = (
    "SELECT set_config('niangjia.actor', %(who)s, true)",
    "SELECT id, stage, revision FROM cases_case WHERE id = %(case)s FOR UPDATE",
    "UPDATE cases_case SET stage = %(to)s, revision = revision + 1, maker_id = %(account)s, moved_at = now() WHERE id = %(case)s",
    """INSERT INTO cases_step (city, case_id, revision, move, stage, "to", at, account_id, author, reason, is_told)
    VALUES ('349900', %(case)s, %(revision)s, %(move)s, %(stage)s, %(to)s, now(), %(account)s, 'cadre', '', true)""",
    """INSERT INTO journal_entry (ref, city, at, account_id, author, verb, thing, thing_id, place_id, detail, mac)
    VALUES (gen_random_uuid(), '349900', now(), %(account)s, 'cadre', 'move_case', 'case', %(case)s, %(place)s, '{}', '\\x00')""",
)


@dataclass(frozen=True)
class Office:
    """Who acts in these measures, and at which desks."""

    desks: list[Place]
    cadre: Actor
    second: Actor
    small: Actor
    above: Actor


def measure(*, rows: int, repeat: int, parts: Collection[str]) -> list[Figure]:
    """The parts asked for, on cases that stay for the next run where the folder is kept."""
    settings.NIANGJIA_WORKFLOWS = (*settings.NIANGJIA_WORKFLOWS, TABLES)
    settings.NIANGJIA_CASE_KINDS = (*settings.NIANGJIA_CASE_KINDS, *KINDS)
    if not keyring_file().exists():
        create_keyring(keyring_file().parent)
    call_command("migrate", database="owner", verbosity=0)
    call_command("createcachetable", database="owner", verbosity=0)
    _enough_connections()
    office = _office()
    does = {
        "moves": lambda: _moves(office.cadre, office.desks[0], repeat),
        "bulk": lambda: _bulk(office, min(rows // 10, MOST_IN_BULK)),
        "today": lambda: _todays(office, rows),
        "closed": lambda: _beside_closed(office, rows),
    }
    return [figure for part in PARTS if part in parts for figure in does[part]()]


def _office() -> Office:
    """The county with its towns and who works there; found again where an earlier run made it."""
    with acting(Actor.operator()):
        if not Account.objects.filter(login="bench").exists():
            desks = _desks()
            above = Place.objects.get(pk=desks[0].parent_id or 0)
            for login, place in (("bench", desks[0]), ("second", desks[0]), ("small", desks[1]), ("above", above)):
                an_account(login, at=place)
        actors = [
            actor_of(Account.objects.get(login=login), on=clock.today())
            for login in ("bench", "second", "small", "above")
        ]
        return Office(list(Place.objects.filter(level=Level.TOWN.value).order_by("pk")), *actors)


def _todays(office: Office, rows: int) -> Iterator[Figure]:
    """What a large desk, a small one and the county above wait for, beside so many open cases and ten times as many."""
    found = Case.objects.filter(number__startswith="B").count()
    for size in (rows, rows * 10):
        if found > size:
            continue
        _fill(office, found + 1, size)
        found = size
        for name, actor in (("large desk", office.cadre), ("small desk", office.small), ("county above", office.above)):
            slow, processor = _waited(actor)
            yield Figure(f"cases.today {name} p99 ms, {size:,} open", slow, None, None, "below 50 ms")
            yield Figure(f"cases.today {name} processor ms, {size:,} open", processor)


def _enough_connections() -> None:
    """As many as clients: none waits for another's."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # of the wrapper for PostgreSQL
    connections.settings["default"]["OPTIONS"]["pool"] |= {"max_size": CLIENTS + 2, "timeout": 60}


def _moves(cadre: Actor, place: Place, repeat: int) -> Iterator[Figure]:
    """The same move of as many cases by fifty clients: by the service, and by the bare statements; medians of the repetitions."""
    times: dict[str, list[tuple[float, float]]] = {"made": [], "bare": []}
    for _each in range(repeat):
        cases = _opened(cadre, place, 2 * MOVES)
        times["made"].append(_by_clients(partial(_made_one, cadre=cadre), cases[:MOVES]))
        times["bare"].append(_by_clients(partial(_bare_one, told=_told(cadre, place)), cases[MOVES:]))
        _is_whole(cases)
    made, bare = (median(rate for rate, _slow in times[name]) for name in ("made", "bare"))
    slow, bare_slow = (median(slow for _rate, slow in times[name]) for name in ("made", "bare"))
    yield Figure(f"cases.moves /s, {CLIENTS} clients", made, bare, made / bare, "ratio at least 0.2")
    yield Figure(f"cases.move p95 ms, {CLIENTS} clients", slow, bare_slow, slow / bare_slow, "ratio at most 5")


def _opened(cadre: Actor, place: Place, number: int) -> list[int]:
    with acting(Actor.operator()):
        return [open_case(POOL_ANY, place=place, askers=[], by=cadre, at=AT).pk for _case in range(number)]


def _by_clients(work: Callable[[int], None], cases: list[int]) -> tuple[float, float]:
    """Moves in a second, and the 95th percentile of one in milliseconds."""
    ready = Barrier(CLIENTS, timeout=60)

    def client(own: list[int]) -> list[tuple[float, float]]:
        """When each of its moves began and ended; every client has its connection before the first."""
        try:
            connection.ensure_connection()
            ready.wait()
            return [_timed(work, case) for case in own]
        finally:
            connection.close()

    with ThreadPoolExecutor(CLIENTS) as clients:
        found = clients.map(client, [cases[first::CLIENTS] for first in range(CLIENTS)])
        times = [each for own in found for each in own]
    took = max(ended for _began, ended in times) - min(began for began, _ended in times)
    return len(cases) / took, quantiles([(ended - began) * 1000 for began, ended in times], n=20)[18]


def _timed(work: Callable[[int], None], case: int) -> tuple[float, float]:
    began = perf_counter()
    work(case)
    return began, perf_counter()


def _made_one(case: int, *, cadre: Actor) -> None:
    with transaction.atomic(), acting(cadre):
        make(case, "bring", by=cadre, at=AT)


def _bare_one(case: int, *, told: dict[str, object]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in BARE:
            cursor.execute(statement, told | {"case": case})


def _told(cadre: Actor, place: Place) -> dict[str, object]:
    told: dict[str, object] = {
        "who": str(cadre.account_id),
        "account": cadre.account_id,
        "place": place.pk,
        "revision": 1,
    }
    return told | {"move": "bring", "stage": "asked", "to": "decided"}


def _is_whole(cases: list[int]) -> None:
    """Every case moved once, with one step and one entry."""
    with acting(Actor.operator()):
        moved = Case.objects.filter(pk__in=cases, stage="decided", revision__gt=0).count()
        steps = Step.objects.filter(case__in=cases, move="bring").count()
        entries = Entry.objects.filter(verb="move_case", thing="case", thing_id__in=cases).count()
    # Opening has an entry of its own.
    if (moved, steps, entries) != (len(cases), len(cases), 2 * len(cases)):
        message = f"{len(cases)} cases, {moved} moved, {steps} steps, {entries} entries"
        raise RuntimeError(message)


def _beside_closed(office: Office, rows: int) -> Iterator[Figure]:
    """What waits, and moves, beside so many closed cases and ten times as many: how both grow with them."""
    found = Case.objects.filter(number__startswith="C").count()
    small, large = max(rows // 10, found), max(rows // 10, found) * 10
    _fill(office, found + 1, small, letter="C")
    todays, moves = [_p99(office.cadre)], [_rate(office)]
    _fill(office, small + 1, large, letter="C")
    todays.append(_p99(office.cadre))
    moves.append(_rate(office))
    goal = "growth 0: constant in closed cases"
    yield Figure(
        f"cases.today p99 ms, {large:,} closed", todays[1], todays[0], todays[1] / todays[0], goal,
        log10(todays[1] / todays[0]),
    )  # fmt: skip
    yield Figure(
        f"cases.moves /s, {large:,} closed", moves[1], moves[0], moves[1] / moves[0], goal, log10(moves[0] / moves[1])
    )


def _rate(office: Office) -> float:
    rate, _slow = _by_clients(partial(_made_one, cadre=office.cadre), _opened(office.cadre, office.desks[0], MOVES))
    return rate


def _bulk(office: Office, number: int) -> Iterator[Figure]:
    """Many cases looked at, then decided with the same words, each by itself."""
    last = Case.objects.aggregate(last=Max("pk"))["last"] or 0
    _fill(office, last + 1, last + number, letter="D", all_checked=True)
    with acting(office.second):
        cases = list(Case.objects.filter(pk__gt=last, number__startswith="D").select_related("place"))
        looked = seconds(lambda: why_not_each(office.second, "grant", cases))
        keys = [case.pk for case in cases]
        decided: list[Many] = []
        took = seconds(lambda: decided.append(decide_many(keys, "grant", act=Act(office.second, AT))))
    if len(decided[0].done) != number:
        message = f"{number} cases, {len(decided[0].done)} decided: {Counter(decided[0].failed.values())}"
        raise RuntimeError(message)
    yield Figure("cases.looked at in bulk /s", number / looked, None, None, f"{looked:.1f} s for {number:,}")
    yield Figure("cases.decided in bulk /s", number / took, None, None, f"{took:.1f} s for {number:,}")


def _p99(actor: Actor) -> float:
    return _waited(actor)[0]


def _waited(actor: Actor) -> tuple[float, float]:
    """Milliseconds that a desk waits for its first page, the 99th percentile of two hundred looks after some that warm it.

    And how long program and database work for one: where others load the machine this moves less.
    """
    with acting(actor):
        for _look in range(WARMED):
            things_to_do(actor, DAY)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
        before = _worked(backend)
        times = [seconds(lambda: things_to_do(actor, DAY)) * 1000 for _look in range(LOOKS)]
        return quantiles(times, n=100)[98], (_worked(backend) - before) / LOOKS


def _worked(backend: Path) -> float:
    """Milliseconds of processor that this program and its session in the database have had."""
    return process_time() * 1000 + int(backend.read_text(encoding="utf-8").split()[0]) / 1_000_000


def _fill(office: Office, first: int, rows: int, *, letter: str = "B", all_checked: bool = False) -> None:
    """Cases with these numbers, open unless they are numbered C; written past all guards, which are not what is measured."""
    if first > rows:
        return
    places = office.desks[:1] if all_checked else office.desks
    told = {
        "kind": TRIAL.kind,
        "pooled": POOL_ANY.kind,
        "stage": TRIAL.start,
        "places": [desk.pk for desk in places],
        "desks": len(places),
        "first": first,
        "rows": rows,
        "at": AT,
        "letter": letter,
        "closed": letter == "C",
        "all_checked": all_checked,
        "maker": office.cadre.account_id if all_checked else None,
        "keeps_away": office.second.account_id,
        "people": PEOPLE,
    }
    with connect(
        environment().data / "postgres", port=int(connection.settings_dict["PORT"]), database=DATABASE
    ) as made:
        made.autocommit = True
        made.execute("SET session_replication_role = replica")
        made.execute("SET maintenance_work_mem = '256MB'")
        since = made.execute("SELECT coalesce(max(id), 0) FROM cases_case").fetchone()
        away = made.execute(INDEXES, [list(FILLED)]).fetchall() if rows - first > LARGE else []
        for name, _definition in away:
            made.execute(f'DROP INDEX "{name}"')
        try:
            for statement in (FILL, *BESIDE):
                made.execute(statement, told | {"since": since[0] if since else 0})
        finally:
            for _name, definition in away:
                made.execute(definition)
        made.execute(f"VACUUM ANALYZE {', '.join(FILLED)}, access_grant, access_account, places_place")


def _desks() -> list[Place]:
    county = open_place(Level.COUNTY, city="349900", on=DAY - timedelta(days=1))
    return [open_place(Level.TOWN, city="349900", on=DAY, parent=county) for _desk in range(DESKS)]


if __name__ == "__main__":
    asked = sys.argv[4].split(",") if sys.argv[4:] else PARTS
    show(measure(rows=int(sys.argv[1]), repeat=int(sys.argv[2]), parts=asked), as_json=sys.argv[3] == "json")
