"""The file of a case on paper: what stands in it for whom, and that the journal keeps who took it out."""

import re
from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client

from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.dossier import taken_out
from niangjia.kernel.cases.models import Case, HandOverKind
from niangjia.kernel.cases.services import Act, Offer, accept, decide, make, offer
from niangjia.kernel.cases.tests.world import AT, World, later, wired
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.people.models import Subject
from niangjia.kernel.web.templatetags.niangjia_web import day

pytestmark = pytest.mark.django_db
WHOLE_NUMBER = re.compile(r"\d{17}[\dX]")


@pytest.fixture
def world(settings: object) -> World:
    wired(settings)
    return World()


def checked(world: World) -> Case:
    """A case that was taken, proposed and agreed to."""
    case = world.opened()
    with acting(world.zhou):
        make(case.pk, "take", by=world.zhou, at=AT, says="收到了，三天内去厂里看。")
        make(case.pk, "propose", by=world.zhou, at=AT)
    with acting(world.wang):
        decide(case.pk, "agree", by=world.wang, at=later(hours=1), says="依据齐了。")
    return case


def file_of(case: Case, by: Actor) -> str:
    """The page as somebody prints it."""
    browser = open_session(Client(), Account.objects.get(login=by.name))
    answer = browser.get(f"/cases/{case.pk}/file/")
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def test_it_tells_what_happened_who_decided_and_how_the_times_were_counted(world: World) -> None:
    case = checked(world)
    shown = file_of(case, world.wang)
    for words in (
        case.number,
        "试办",
        "收到了，三天内去厂里看。",
        "依据齐了。",
        "把关的意见",
        "《信访工作条例》第三十四条",
        "停表",
        "打印",
    ):
        assert words in shown, words
    assert not WHOLE_NUMBER.search(shown)


def test_a_time_in_days_ends_with_its_last_day_and_not_at_midnight(world: World) -> None:
    case = world.opened()
    with acting(world.zhou):
        line = taken_out(case.pk, by=world.zhou, at=AT).times[0]
    assert line.day == date(2026, 3, 9)
    assert f">{day(line.day)}<" in file_of(case, world.zhou)


def test_the_journal_keeps_who_took_it_out_each_time(world: World) -> None:
    case = checked(world)
    for _time in range(2):
        with acting(world.wang):
            taken_out(case.pk, by=world.wang, at=later(hours=2))
    kept = Entry.objects.filter(verb="print_case", thing="case", thing_id=case.pk)
    assert [entry.account_id for entry in kept] == [world.wang.account_id] * 2
    assert kept[0].detail == {"kind": "trial", "number": case.number, "move": "print", "to": "answered"}


def test_handed_on_without_a_name_it_names_nobody(world: World) -> None:
    case = world.opened()
    with acting(world.zhou):
        row = offer(case.pk, Offer(HandOverKind.HELP, world.park.pk), act=Act(world.zhou, AT))
    with acting(world.park_cadre):
        accept(row.pk, act=Act(world.park_cadre, AT))
        assert (there := taken_out(case.pk, by=world.park_cadre, at=AT)).parties == ()
        assert [line.who for line in there.hand_overs] == ["zhou"]
    with acting(world.zhou):
        assert len(taken_out(case.pk, by=world.zhou, at=AT).parties) == 1
    assert "交到这里的时候没有带姓名" in file_of(case, world.park_cadre)


def test_for_others_there_is_none_and_nothing_is_kept(world: World) -> None:
    case = checked(world)
    for stranger in (world.chen, world.chair, world.park_cadre, world.auditor):
        with pytest.raises(Forbidden), acting(stranger):
            taken_out(case.pk, by=stranger, at=AT)
        answer = open_session(Client(), Account.objects.get(login=stranger.name)).get(f"/cases/{case.pk}/file/")
        assert answer.status_code == HTTPStatus.NOT_FOUND, stranger.name
    assert not Entry.objects.filter(verb="print_case").exists()
    assert Client().get(f"/cases/{case.pk}/file/").status_code == HTTPStatus.FOUND


def test_nobody_takes_out_the_file_of_her_own(world: World) -> None:
    both = world.somebody("both", world.town, subject=Subject.objects.create(city="349900"))
    case = world.opened(asker=both)
    with pytest.raises(Forbidden), acting(both):
        taken_out(case.pk, by=both, at=AT)
