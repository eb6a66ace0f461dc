"""Erasure is asked for under one's own name: drawn or typed, kept sealed, shown to who settles it and to nobody else."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.tests.test_signatures import written
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.kernel.privacy.tests.people import World, proved_now
from niangjia.registers.orgs.tests.office import client_at

pytestmark = pytest.mark.django_db
AT = "/mine/erase/"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.NIANGJIA_DATA = tmp_path
    return tmp_path


@pytest.fixture
def world() -> World:
    """陈桂兰 has left the union, so that nothing stands against it."""
    world = World()
    world.leaves()
    return world


def asks(world: World, **given: Any) -> Any:
    return proved_now(world.browser()).post(AT, given)


def said(response: Any) -> str:
    return str(response.content.decode())


def test_a_drawn_signature_comes_with_the_request_and_the_desk_sees_it(world: World) -> None:
    assert asks(world, signature=written()).status_code == 302
    asked, stored = RightsRequest.objects.get(), StoredFile.objects.get()
    assert (stored.owner, stored.owner_thing) == ("correction", asked.pk)
    desk = client_at(world.office.town)
    page = said(desk.get(f"/privacy/requests/{asked.pk}/"))
    assert "本人签名" in page
    assert f"/files/{stored.pk}/" in page
    assert desk.get(f"/files/{stored.pk}/").status_code == 200
    assert world.browser().get(f"/files/{stored.pk}/").status_code == 200
    elsewhere = client_at(world.office.park)
    worker = open_session(Client(), an_account("liu", role=None, subject_id=world.liu.pk, name="刘秀英"))
    chair = open_session(Client(), an_account("chair", role=Role.CHAIR, at=world.office.mill.place))
    assert [each.get(f"/files/{stored.pk}/").status_code for each in (elsewhere, worker, chair)] == [404, 404, 404]


def test_a_typed_name_counts_as_much_and_rests_sealed(world: World) -> None:
    assert asks(world, typed_name=" 陈 桂兰").status_code == 302
    asked = RightsRequest.objects.get()
    assert "陈桂兰".encode() not in bytes(asked.says_sealed or b"")
    page = said(client_at(world.office.town).get(f"/privacy/requests/{asked.pk}/"))
    assert "写下姓名，作为签名" in page


def test_without_a_signature_or_with_an_empty_one_nothing_is_asked(world: World) -> None:
    assert "还没有签名" in said(asks(world))
    assert "签名板上还没有写字" in said(asks(world, signature=written(ink=False)))
    assert "和登记的姓名不一样" in said(asks(world, typed_name="刘秀英"))
    assert not RightsRequest.objects.exists()


def test_what_stands_against_it_is_said_and_signed_nothing_is_asked() -> None:
    world = World()
    assert "先办退会" in said(asks(world, typed_name="陈桂兰"))
    assert not RightsRequest.objects.exists()


def test_who_has_not_proved_herself_just_now_signs_nothing(world: World) -> None:
    assert world.browser().post(AT, {"typed_name": "陈桂兰"}).status_code == 302
    assert not RightsRequest.objects.exists()
