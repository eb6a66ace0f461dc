"""Cases: moves of fifty clients against the bare SQL of the same change, decisions in bulk, what waits at a desk beside a million.

Both are done by the same fifty threads over as many connections, one after the other in one run; afterwards every case is
looked at: it stands where it should, with its step and its entry.
"""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from math import log10
from statistics import quantiles
from threading import Barrier
from time import perf_counter

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction

import bench.ready  # noqa: F401 - before the models below
from bench.figures import Figure, median, seconds, show
from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.cases.models import Case, Step
from niangjia.kernel.cases.opening import open_case
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
CLIENTS, MOVES, LOOKS = 50, 500, 200
MOST_IN_BULK = 10_000
TABLES = "niangjia.kernel.cases.tests.tables.FLOWS"
KINDS = ("niangjia.kernel.cases.tests.tables.TRIAL_KIND", "bench.cases.POOLED")
POOLED = replace(TRIAL_KIND, kind=POOL_ANY.kind, stages={stage.name: stage.name for stage in POOL_ANY.stages})
FILL = """
INSERT INTO cases_case (city, kind, version, number, stage, place_id, handler_id, round, revision, opened_at, moved_at, due_at, waits_for, closed_at)
SELECT '349900', CASE WHEN n / 7 %% 5 = 1 THEN %(pooled)s ELSE %(kind)s END, 1, %(letter)s || n,
  CASE WHEN n / 7 %% 5 = 1 THEN 'decided' ELSE %(stage)s END, (%(places)s::bigint[])[CASE WHEN n %% 10 = 0 THEN 1 ELSE 1 + n %% %(desks)s END],
  NULL, 0, 0, %(at)s, %(at)s, CASE WHEN NOT %(closed)s THEN %(at)s::timestamptz + (n %% 90) * interval '1 day' END,
  CASE WHEN %(closed)s THEN 'nobody' WHEN n / 7 %% 5 = 1 THEN 'second' ELSE 'desk' END, CASE WHEN %(closed)s THEN %(at)s::timestamptz END FROM generate_series(%(first)s::int, %(rows)s::int) n
"""
HOLD = """
INSERT INTO cases_holding (city, case_id, place_id, part, knows_who, since)
SELECT city, id, place_id, 'handles', true, opened_at FROM cases_case WHERE number LIKE %(letter)s || '%%' AND substr(number, 2)::int >= %(first)s::int
"""
BARE = (
    "SELECT set_config('niangjia.actor', %(who)s, true)",
    "SELECT id, stage, revision FROM cases_case WHERE id = %(case)s FOR UPDATE",
    "UPDATE cases_case SET stage = %(to)s, revision = revision + 1, maker_id = %(account)s, moved_at = now() WHERE id = %(case)s",
    """INSERT INTO cases_step (city, case_id, revision, move, stage, "to", at, account_id, author, reason, is_told)
    VALUES ('349900', %(case)s, %(revision)s, %(move)s, %(stage)s, %(to)s, now(), %(account)s, 'cadre', '', true)""",
    """INSERT INTO journal_entry (ref, city, at, account_id, author, verb, thing, thing_id, place_id, detail, mac)
    VALUES (gen_random_uuid(), '349900', now(), %(account)s, 'cadre', 'move_case', 'case', %(case)s, %(place)s, '{}', '\\x00')""",
)


def measure(*, rows: int, repeat: int) -> list[Figure]:
    """Moves in a second and their ratio, a bulk decision, and the 99th percentile of what waits at small and large desks."""
    settings.NIANGJIA_WORKFLOWS = (*settings.NIANGJIA_WORKFLOWS, TABLES)
    settings.NIANGJIA_CASE_KINDS = (*settings.NIANGJIA_CASE_KINDS, *KINDS)
    create_keyring(keyring_file().parent)
    call_command("migrate", database="owner", verbosity=0)
    call_command("createcachetable", database="owner", verbosity=0)
    _enough_connections()
    with acting(Actor.operator()):
        desks = _desks()
        cadre, second = (_cadre(login, desks[0]) for login in ("bench", "second"))
        other, above = _cadre("small", desks[1]), _cadre("above", Place.objects.get(pk=desks[0].parent_id or 0))
    figures = [*_moves(cadre, desks[0], repeat), _bulk(cadre, second, desks[0], min(rows // 10, MOST_IN_BULK))]
    for first, size in ((1, rows), (rows + 1, rows * 10)):
        _fill(desks, first, size)
        figures += [_today("large desk", cadre, size), _today("small desk", other, size)]
        figures.append(_today("county above them", above, size))
    return [*figures, *_beside_closed(cadre, desks, rows)]


def _enough_connections() -> None:
    """As many as clients: none waits for another's."""
    connection.close()
    connection.close_pool()
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


def _beside_closed(cadre: Actor, desks: list[Place], rows: int) -> Iterator[Figure]:
    """The same beside ten times as many closed cases: what waits, and moves; how both grow with them."""
    before_today, before_moves = _p99(cadre), _rate(cadre, desks[0])
    for first, size in ((1, rows), (rows + 1, rows * 10)):
        _fill(desks, first, size, closed=True)
    after_today, after_moves = _p99(cadre), _rate(cadre, desks[0])
    goal = "growth 0: constant in closed cases"
    growth = log10(after_today / before_today)
    yield Figure(
        f"cases.today p99 ms, {rows * 10:,} closed", after_today, before_today, after_today / before_today, goal, growth
    )
    growth = log10(before_moves / after_moves)
    yield Figure(
        f"cases.moves /s, {rows * 10:,} closed", after_moves, before_moves, after_moves / before_moves, goal, growth
    )


def _rate(cadre: Actor, place: Place) -> float:
    rate, _slow = _by_clients(partial(_made_one, cadre=cadre), _opened(cadre, place, MOVES))
    return rate


def _bulk(cadre: Actor, second: Actor, place: Place, number: int) -> Figure:
    """Many cases decided with the same words, each by itself."""
    cases = _opened(cadre, place, number)
    for case in cases:
        _made_one(case, cadre=cadre)
    with acting(second):
        took = seconds(lambda: decide_many(cases, "grant", act=Act(second, AT)))
    return Figure("cases.decided in bulk /s", number / took, None, None, f"{took:.1f} s for {number:,}")


def _today(name: str, actor: Actor, rows: int) -> Figure:
    return Figure(f"cases.today {name} p99 ms, {rows:,} open", _p99(actor), None, None, "below 50 ms")


def _p99(actor: Actor) -> float:
    """The 99th percentile of what a desk waits for its first page, of two hundred looks after one that warms it."""
    with acting(actor):
        things_to_do(actor, DAY)
        times = [seconds(lambda: things_to_do(actor, DAY)) * 1000 for _look in range(LOOKS)]
        return quantiles(times, n=100)[98]


def _fill(desks: list[Place], first: int, rows: int, *, closed: bool = False) -> None:
    """Open or closed cases up to so many; the owner writes them past the table of changes, which is not what is measured."""
    told = {
        "kind": TRIAL.kind,
        "pooled": POOL_ANY.kind,
        "stage": TRIAL.start,
        "places": [desk.pk for desk in desks],
        "desks": DESKS,
        "first": first,
        "rows": rows,
        "at": AT,
        "closed": closed,
        "letter": "C" if closed else "B",
    }
    with psycopg.connect(os.environ["NIANGJIA_OWNER_URL"]) as owner:
        owner.execute("ALTER TABLE cases_case DISABLE TRIGGER USER")
        owner.execute(FILL, told)
        owner.execute(HOLD, told)
        owner.commit()
        owner.execute("ALTER TABLE cases_case ENABLE TRIGGER USER")
        owner.commit()
        owner.autocommit = True
        owner.execute("VACUUM ANALYZE cases_case, cases_holding")


def _desks() -> list[Place]:
    county = open_place(Level.COUNTY, city="349900", on=DAY - timedelta(days=1))
    return [open_place(Level.TOWN, city="349900", on=DAY, parent=county) for _desk in range(DESKS)]


def _cadre(login: str, at: Place) -> Actor:
    return actor_of(an_account(login, at=at), on=clock.today())


if __name__ == "__main__":
    show(measure(rows=int(sys.argv[1]), repeat=int(sys.argv[2])), as_json=sys.argv[3] == "json")
