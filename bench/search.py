"""The search box: what it answers while somebody types, with every wall on, against the bare question to the index of names."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial

import psycopg
from django.core.management import call_command

import bench.ready  # noqa: F401 - before the models below
from bench.figures import Figure, median, seconds, show
from niangjia.demo.services import seed
from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting, acting_as_account
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.dated.services import load_reference
from niangjia.kernel.search.rules import Asked
from niangjia.kernel.search.searching import Group, groups_for
from niangjia.registers.members.queries import _asked
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import Level

# About 90,000 people; ten times that.
COUNTY, CITY_FROM = "county", 500_000
GOAL = "below 50 ms"
WORDS = {
    "name": "桂兰",
    "surname": "王",
    "pinyin": "wang",
    "initials": "cgl",
    "tail": "3021",
    "union": "工会",
    "initials of a union": "yxgs",
    "nobody": "龘龘",
}
BARE = """
SELECT subject_id FROM members_person
WHERE name_keys @> %(keys)s OR (%(opening)s <> '' AND name_sort >= %(opening)s AND name_sort < %(opening)s || '{')
LIMIT 101
"""


def measure(*, rows: int, repeat: int) -> list[Figure]:
    """Median milliseconds of one answer, by who asks and by what is asked, and their ratio to the bare question."""
    call_command("migrate", database="owner", verbosity=0)
    with acting(Actor.operator()):
        load_reference()
        seed("city" if rows >= CITY_FROM else COUNTY, on=clock.today(), progress=lambda _words: None)
        askers = {"county": _account(Level.COUNTY), "mill": _account(Level.BASE)}
    with psycopg.connect(os.environ["NIANGJIA_OWNER_URL"], autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")
        bare = {words: _bare(owner, words, repeat) for words in WORDS.values()}
    return [figure for who, account in askers.items() for figure in _figures(who, account, bare, repeat)]


def _account(level: Level) -> Account:
    union = Union.objects.filter(place__level=level.value, place__closed_on=None).order_by("pk").first()
    if union is None:
        sys.exit(f"no union of level {level}")
    account = Account.objects.create_account(f"search-{level.value}", name="周敏", password="柳林镇 细纱 车间 2026")  # noqa: S106 - of the bench
    role = Role.CADRE if level is Level.COUNTY else Role.CHAIR
    Grant.objects.create(city=union.city, account=account, role=role.value, place=union.place, valid_from=clock.today())
    return account


def _figures(who: str, account: Account, bare: dict[str, float], repeat: int) -> Iterator[Figure]:
    with acting_as_account(account.pk):
        actor = actor_of(account, on=clock.today())
        for name, words in WORDS.items():
            value = _milliseconds(partial(_asked_for, actor, words), repeat)
            yield Figure(f"search.{who}.{name} ms", value, bare[words], value / bare[words], GOAL)


def _asked_for(actor: Actor, words: str) -> list[Group]:
    return groups_for(actor, Asked.typed(words), is_typing=True)


def _bare(owner: psycopg.Connection, words: str, repeat: int) -> float:
    keys, _part, opening = _asked(words)
    asked = {"keys": keys or [words], "opening": opening}
    return _milliseconds(lambda: owner.execute(BARE, asked).fetchall(), repeat)


def _milliseconds(work: Callable[[], object], repeat: int) -> float:
    work()
    return median(seconds(work) for _ in range(repeat)) * 1000


if __name__ == "__main__":
    scale, repetitions, shape = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    show(measure(rows=scale, repeat=repetitions), as_json=shape == "json")
