"""Fields of a move's form that are more than typed: a union that is picked, a name that is signed."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.pages.tests.bursary import BURSARY, HERE, KEPT, wired_line
from niangjia.kernel.cases.services import make
from niangjia.kernel.cases.tests.world import AT
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.tests.test_signatures import written
from niangjia.kernel.privacy.tests.people import World
from niangjia.kernel.web.picking import FIND
from niangjia.registers.members.tests.people import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.urls(HERE)]
FINDING = {f"seen-{name}": "null" for name in ("amount", "why", "school", "note")} | {"amount": "2400", "revision": "1"}
PAPERS = {f"seen-{name}": "null" for name in ("says", "signature")} | {"says": "补一张在读证明。", "revision": "2"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.NIANGJIA_DATA = tmp_path
    return tmp_path


@pytest.fixture
def world(settings: Any) -> World:
    wired_line(settings)
    return World()


@pytest.fixture
def zhou(world: World) -> Account:
    return an_account("zhou", at=world.office.town.place, name="周敏")


@pytest.fixture
def case(world: World, zhou: Account) -> Case:
    """A case of 陈桂兰, in the hands of 周敏."""
    by = actor_of(zhou, on=TODAY)
    case = open_case(BURSARY, place=world.office.town.place, askers=[world.chen.pk], by=by, at=AT)
    with acting(by):
        return make(case.pk, "take", by=by, at=AT)


def test_a_union_is_found_picked_and_kept(world: World, zhou: Account, case: Case) -> None:
    desk, address = open_session(Client(), zhou), f"/desk/bursary/{case.pk}/propose/"
    mill = world.office.mill
    found = desk.post(address, {**FINDING, "school": "鸿远", FIND: "school"}).content.decode()
    assert mill.name in found
    assert mill.code in found
    assert 'value="2400.00"' in found
    nowhere = desk.post(address, {**FINDING, "school": "没有这个工会"})
    assert "没有找到" in nowhere.content.decode()
    case.refresh_from_db()
    assert case.stage == "in_work"
    assert desk.post(address, {**FINDING, "school": mill.code}).status_code == HTTPStatus.FOUND
    assert KEPT.answers[case.pk, "propose"]["school"] == mill.code


def test_a_union_beyond_her_reach_is_none(world: World, zhou: Account, case: Case) -> None:
    desk, address = open_session(Client(), zhou), f"/desk/bursary/{case.pk}/propose/"
    answer = desk.post(address, {**FINDING, "school": world.office.plant.code}).content.decode()
    assert "没有找到" in answer
    assert world.office.plant.name not in answer


def test_who_asked_signs_and_the_sheet_comes_with_the_move(world: World, zhou: Account, case: Case) -> None:
    by = actor_of(zhou, on=TODAY)
    with acting(by):
        make(case.pk, "ask", by=by, at=AT, reason="no_proof")
    chen, address = world.browser(), f"/mine/bursary/{case.pk}/bring/"
    shown = chen.get(address).content.decode()
    assert "签个名" in shown
    unsigned = chen.post(address, PAPERS).content.decode()
    assert "签个名" in unsigned
    case.refresh_from_db()
    assert case.stage == "waits"
    blank = chen.post(address, {**PAPERS, "signature": written(ink=False)}).content.decode()
    assert "补一张在读证明。" in blank
    case.refresh_from_db()
    assert case.stage == "waits"
    assert chen.post(address, {**PAPERS, "signature": written()}).status_code == HTTPStatus.FOUND
    case.refresh_from_db()
    assert case.stage == "in_work"
    assert [StoredFile.objects.get(pk=pk).kind for pk in KEPT.files] == ["picture"]
    assert "补一张在读证明。" in open_session(Client(), zhou).get(f"/desk/bursary/{case.pk}/").content.decode()
