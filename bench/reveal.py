"""Looks: a sealed value shown with right, purpose, quota, journal and seal, against a view of one question (goal 6b)."""

import json
import sys
from datetime import date
from functools import partial
from statistics import quantiles
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

import bench.ready  # noqa: F401 - before the models below
from bench.figures import Figure, seconds, show
from niangjia.config.urls import urlpatterns as of_the_program
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.places.models import Place
from niangjia.kernel.reveal.models import Look
from niangjia.registers.members.rules import check_digit
from niangjia.registers.members.services import Registered, register_member
from niangjia.registers.orgs.rules import Level, UnionKind
from niangjia.registers.orgs.rules.union_facts import UnionFacts
from niangjia.registers.orgs.services import register_union

DAY = date(2026, 3, 2)
MANY = 1_000_000
WARM = 20
PURPOSE = {"purpose": "verify_identity"}
HTMX = {"HX-Request": "true"}
WITH_PLAIN = "bench.reveal"


def plain(_request: HttpRequest, pk: int) -> HttpResponse:
    """The limit: one question by its key, and its answer."""
    return HttpResponse(json.dumps({"level": Place.objects.get(pk=pk).level}))


urlpatterns = [*of_the_program, path("plain/<int:pk>/", plain)]


def measure(*, looks: int) -> list[Figure]:
    """Median and 99th percentile of a look over HTTP, and their ratio to the plain view."""
    with acting(Actor.operator()):
        account, members, place = county(looks + WARM)
    with override_settings(ROOT_URLCONF=WITH_PLAIN):
        pressing = open_session(Client(), account)
        shown = [seconds(partial(_press, pressing, pk)) for pk in members][WARM:]
    with override_settings(ROOT_URLCONF=WITH_PLAIN, MIDDLEWARE=[]):
        asking = Client()
        limit = [seconds(lambda: asking.get(f"/plain/{place.pk}/")) for _ in range(looks + WARM)][WARM:]
    with acting(Actor.operator()):
        if Look.objects.count() != len(members):
            sys.exit("not every look was written down")
    return [_figure("p50", shown, limit, 50), _figure("p99", shown, limit, 99)]


def _figure(name: str, shown: list[float], limit: list[float], percent: int) -> Figure:
    value, least = (quantiles(times, n=100)[percent - 1] * 1000 for times in (shown, limit))
    return Figure(f"reveal.{name} ms", value, least, value / least)


def _press(client: Client, pk: int) -> None:
    answer = client.post(f"/members/{pk}/sealed/id_number/", PURPOSE, headers=HTMX)
    if b"data-sealed" not in answer.content:
        sys.exit("the value was not shown")


def county(people: int) -> tuple[Account, list[int], Place]:
    """A county with a mill and its members, and a cadre of the county."""
    operator = Actor.operator()
    top = UnionFacts(name="安禾县总工会", level=Level.COUNTY, kind=UnionKind.TERRITORIAL, region_code="349921")
    county = register_union(top, by=operator, on=DAY)
    below = UnionFacts(name="鸿远纺织有限公司工会", level=Level.BASE, kind=UnionKind.BASE, parent_id=county.pk)
    mill = register_union(below, by=operator, on=DAY)
    account = Account.objects.create_account("bench", name="周敏")
    Grant.objects.create(city=county.city, account=account, role=Role.CADRE.value, place=county.place, valid_from=DAY)
    members = []
    for number in range(people):
        head = f"3499211990{1 + number // 28 % 12:02d}{1 + number % 28:02d}{number // 336:03d}"
        written: dict[str, Any] = {"name": "王小明", "id_number": head + check_digit(head)}
        answer = register_member(written, union_id=mill.pk, by=operator, on=DAY)
        if isinstance(answer, Registered):
            members.append(answer.person.pk)
    return account, members, county.place


def main(arguments: list[str]) -> int:
    """Migrate the bench's own database, and measure."""
    looks = min(max(int(arguments[0]) // 300, 200), 2_000)
    call_command("migrate", database="owner", verbosity=0)
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.NIANGJIA_LOOKS_PER_HOUR = settings.NIANGJIA_LOOKS_PER_DAY = MANY
    show(measure(looks=looks), as_json=arguments[2] == "json")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
