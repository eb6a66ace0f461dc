"""Cases: moves against the bare SQL of the same change, decisions in bulk, and what waits at a desk beside a million open ones."""

import os
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from statistics import quantiles

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

import bench.ready  # noqa: F401 - before the models below
from bench.figures import Figure, median, seconds, show
from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.services import Act, decide_many, make
from niangjia.kernel.cases.tests.tables import POOL_ANY, TRIAL
from niangjia.kernel.cases.today import things_to_do
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.kernel.places.services import open_place
from niangjia.kernel.sealed.keys import create_keyring, keyring_file

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 10, 0, tzinfo=clock.PEOPLE_ZONE)
# Desks of a city; the first one has a tenth of everything.
DESKS = 200
MOVES, LOOKS = 200, 200
MOST_IN_BULK = 10_000
TABLES = "niangjia.kernel.cases.tests.tables.FLOWS"
KIND = "niangjia.kernel.cases.tests.tables.TRIAL_KIND"
FILL = """
INSERT INTO cases_case (city, kind, version, number, stage, place_id, handler_id, round, revision, opened_at, moved_at, due_at, waits_for)
SELECT '349900', %(kind)s, 1, 'B' || n, %(stage)s, (%(places)s::bigint[])[CASE WHEN n %% 10 = 0 THEN 1 ELSE 1 + n %% %(desks)s END],
  NULL, 0, 0, %(at)s, %(at)s, %(at)s::timestamptz + (n %% 90) * interval '1 day', 'desk' FROM generate_series(%(first)s::int, %(rows)s::int) n
"""
HOLD = """
INSERT INTO cases_holding (city, case_id, place_id, part, knows_who, since)
SELECT city, id, place_id, 'handles', true, opened_at FROM cases_case WHERE number LIKE 'B%%' AND substr(number, 2)::int >= %(first)s::int
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
    settings.NIANGJIA_CASE_KINDS = (*settings.NIANGJIA_CASE_KINDS, KIND)
    create_keyring(keyring_file().parent)
    call_command("migrate", database="owner", verbosity=0)
    call_command("createcachetable", database="owner", verbosity=0)
    with acting(Actor.operator()):
        desks = _desks()
        cadre, second = (_cadre(login, desks[0]) for login in ("bench", "second"))
        other = _cadre("small", desks[1])
    figures = [*_moves(cadre, desks[0], repeat), _bulk(cadre, second, desks[0], min(rows // 10, MOST_IN_BULK))]
    for first, size in ((1, rows), (rows + 1, rows * 10)):
        _fill(desks, first, size)
        figures += [_today("large desk", cadre, size), _today("small desk", other, size)]
    return figures


def _moves(cadre: Actor, place: Place, repeat: int) -> Iterator[Figure]:
    """The same move of as many cases: by the service, and by the bare statements."""
    made, bare = [], []
    for _each in range(repeat):
        with acting(Actor.operator()):
            cases = [open_case(POOL_ANY, place=place, askers=[], by=cadre, at=AT).pk for _case in range(2 * MOVES)]
        made.append(MOVES / seconds(partial(_made, cases[:MOVES], cadre)))
        bare.append(MOVES / seconds(partial(_bare, cases[MOVES:], cadre, place)))
    yield Figure("cases.moves /s", median(made), median(bare), median(made) / median(bare), "ratio at least 0.2")


def _made(cases: list[int], cadre: Actor) -> None:
    for case in cases:
        with transaction.atomic(), acting(cadre):
            make(case, "bring", by=cadre, at=AT)


def _bare(cases: list[int], cadre: Actor, place: Place) -> None:
    told = {"who": str(cadre.account_id), "account": cadre.account_id, "place": place.pk, "revision": 1}
    told |= {"move": "bring", "stage": "asked", "to": "decided"}
    for case in cases:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in BARE:
                cursor.execute(statement, told | {"case": case})


def _bulk(cadre: Actor, second: Actor, place: Place, number: int) -> Figure:
    """Many cases decided with the same words, each by itself."""
    with acting(Actor.operator()):
        cases = [open_case(POOL_ANY, place=place, askers=[], by=cadre, at=AT).pk for _case in range(number)]
    _made(cases, cadre)
    with acting(second):
        took = seconds(lambda: decide_many(cases, "grant", act=Act(second, AT)))
    return Figure("cases.decided in bulk /s", number / took, None, None, f"{took:.1f} s for {number:,}")


def _today(name: str, actor: Actor, rows: int) -> Figure:
    with acting(actor):
        times = [seconds(lambda: things_to_do(actor, DAY)) * 1000 for _look in range(LOOKS)]
    return Figure(f"cases.today {name} p99 ms, {rows:,} open", quantiles(times, n=100)[98], None, None, "below 50 ms")


def _fill(desks: list[Place], first: int, rows: int) -> None:
    """Open cases up to so many; the owner writes them past the table of changes, which is not what is measured."""
    told = {
        "kind": TRIAL.kind,
        "stage": TRIAL.start,
        "places": [desk.pk for desk in desks],
        "desks": DESKS,
        "first": first,
        "rows": rows,
        "at": AT,
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
