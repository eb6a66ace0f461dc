"""The file of a case for who reads English: all that the program says is English; what people wrote stays as they wrote it."""

import re
from dataclasses import fields
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.rules import HandOverKind
from niangjia.kernel.cases.services import Act, Offer, accept, decide, make, offer
from niangjia.kernel.cases.tests.tables import ANSWER, TRIAL, TRIAL_KIND
from niangjia.kernel.cases.tests.world import AT, World, later, wired

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
LAW = TRIAL.tier(ANSWER).term.source
SAID = ("收到了，三天内去厂里看。", "依据齐了。", "请帮着看看。")


@pytest.fixture
def world(settings: object) -> World:
    wired(settings)
    return World()


def passed_on(world: World) -> Case:
    """Taken, proposed, agreed to, and handed to the other town."""
    case = world.opened()
    with acting(world.zhou):
        make(case.pk, "take", by=world.zhou, at=AT, says=SAID[0])
        make(case.pk, "propose", by=world.zhou, at=AT)
    with acting(world.wang):
        decide(case.pk, "agree", by=world.wang, at=later(hours=1), says=SAID[1])
    with acting(world.zhou):
        given = offer(
            case.pk, Offer(HandOverKind.HELP, world.park.pk), act=Act(world.zhou, later(hours=2), says=SAID[2])
        )
    with acting(world.park_cadre):
        accept(given.pk, act=Act(world.park_cadre, later(hours=3)))
    return case


def words_of_the_kind() -> set[str]:
    """What the line of work of the tests calls things, which has no English, and the law it goes by, which is cited as it is."""
    values = [getattr(TRIAL_KIND, each.name) for each in fields(TRIAL_KIND)]
    words = [str(word) for value in values if isinstance(value, dict) for word in value.values()]
    return {run for word in (*words, str(TRIAL_KIND.words), LAW) for run in CHINESE.findall(word)}


def read_in(language: str, case: Case, login: str) -> str:
    Account.objects.filter(login=login).update(language=language)
    page = open_session(Client(), Account.objects.get(login=login)).get(f"/cases/{case.pk}/file/").content.decode()
    assert f'lang="{"en" if language == "en" else "zh-CN"}"' in page
    return unescape(strip_tags(page.partition("<main")[2].partition("</main>")[0]))


def of_the_program(shown: str) -> set[str]:
    """The Chinese of a page that neither a person nor the line of work wrote."""
    written = {run for said in SAID for run in CHINESE.findall(said)}
    return set(CHINESE.findall(shown)) - written - words_of_the_kind()


def test_the_file_is_whole_in_english(world: World) -> None:
    case = passed_on(world)
    shown = read_in("en", case, "zhou")
    assert of_the_program(shown) == set()
    for said in SAID:
        assert said in shown
    assert of_the_program(read_in("zh-hans", case, "zhou"))
