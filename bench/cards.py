"""Checks of member cards: a signed code verified, decided and written down, against one bare question and one bare row."""

import os
import sys
from collections.abc import Callable
from functools import partial
from statistics import median

import psycopg
from django.core.management import call_command
from django.db import connection, transaction

import bench.ready  # noqa: F401 - before the models below
from bench.figures import Figure, seconds, show
from bench.reveal import county
from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor
from niangjia.registers.cards.checking import check_card
from niangjia.registers.cards.models import Card
from niangjia.registers.cards.rules.checking import CheckPurpose, Verdict
from niangjia.registers.cards.services import issue_cards
from niangjia.registers.cards.showing import shown

BARE = "CREATE TABLE bench_check (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, card bigint, at timestamptz)"
WARM = 20
PEOPLE = 100


def measure(*, checks: int, repeat: int) -> Figure:
    """Checks in a second, and how many times as long one takes as a select and an insert by the same role."""
    with acting(Actor.operator()):
        account, members, _place = county(PEOPLE)
        issue_cards(members, by=Actor.operator())
        cards = list(Card.objects.order_by("pk"))
        counter = actor_of(account, on=clock.today())
    checked, bare = [], []
    for _each in range(repeat):
        with acting(counter):
            checked.append(_each_s(lambda card: _checked_s(card, counter), cards, checks))
        bare.append(_each_s(lambda card: seconds(partial(_bare, card.pk)), cards, checks))
    took, least = median(checked), median(bare)
    return Figure("cards.checks /s", 1 / took, 1 / least, took / least)


def _each_s(step: Callable[[Card], float], cards: list[Card], many: int) -> float:
    """How long one takes, once warm."""
    times = [step(cards[at % len(cards)]) for at in range(WARM + many)]
    return sum(times[WARM:]) / many


def _checked_s(card: Card, counter: Actor) -> float:
    """How long the check of a fresh code takes; that her phone makes the code is not counted."""
    code = shown(card, at=clock.now())[0].code
    return seconds(partial(_check, code, counter))


def _check(code: str, counter: Actor) -> None:
    found = check_card(code, purpose=CheckPurpose.VENUE, by=counter).verdict
    if found is not Verdict.VALID:
        sys.exit(f"a good card was refused: {found.value}")


def _bare(card: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT state FROM cards_card WHERE id = %s", [card])
        cursor.fetchone()
        cursor.execute("INSERT INTO bench_check (card, at) VALUES (%s, now())", [card])


def main(arguments: list[str]) -> int:
    """Migrate the bench's own database, and measure."""
    checks = min(max(int(arguments[0]) // 500, 100), 2_000)
    call_command("migrate", database="owner", verbosity=0)
    _make_bare(os.environ["NIANGJIA_OWNER_URL"])
    show([measure(checks=checks, repeat=int(arguments[1]))], as_json=arguments[2] == "json")
    return 0


def _make_bare(owner_url: str) -> None:
    with psycopg.connect(owner_url) as owner:
        owner.execute(BARE)
        owner.execute("GRANT SELECT, INSERT ON bench_check TO niangjia_app")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
