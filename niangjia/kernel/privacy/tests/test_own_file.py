"""Everything held about a person, as one file for her alone."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, acting, beyond
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.privacy import own_file
from niangjia.kernel.privacy.consenting import Act, answer
from niangjia.kernel.privacy.models import PersonalFile
from niangjia.kernel.privacy.own_file import ask_file, make_file, take_file
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable, Told
from niangjia.kernel.privacy.tests.people import SECRETS, World, own_account, proved_now
from niangjia.registers.members.services import edit_member
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, LIU, PHONE_CHEN, TODAY
from niangjia.registers.orgs.tests.office import OPERATOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def texts(packed: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def made(world: World) -> PersonalFile:
    asked = ask_file(by=world.herself)
    make_file(asked.pk)
    asked.refresh_from_db()
    return asked


def test_her_file_tells_her_everything_in_clear_for_people_and_programs(world: World) -> None:
    edit_member(world.chen.pk, CHEN | SECRETS | {"workplace": "鸿远纺织二车间"}, by=OPERATOR, on=TODAY)
    answer(Act("health", 1, given=True), by=world.herself, on=TODAY)
    both = texts(take_file(made(world).pk, by=world.herself))
    assert set(both) == {"我的资料.html", "我的资料.json"}
    for text in both.values():
        for words in (
            "陈桂兰", ID_CHEN, PHONE_CHEN, "鸿远纺织二车间", "HY-2014-7731", "鸿远纺织有限公司工会", "edit_member",
            "give_consent", "health",
        ):  # fmt: skip
            assert words in text
        assert LIU["id_number"] not in text
        assert "刘秀英" not in text
    told = json.loads(both["我的资料.json"])
    assert {"会员登记", "会籍", "日志", "同意和撤回", "账号"} <= {part["名称"] for part in told["资料"]}
    assert all(part["理由"] for part in told["没有列出的"])


def test_the_file_rests_sealed_and_is_made_by_a_job_that_knows_a_number_alone(world: World) -> None:
    asked = made(world)
    assert asked.body_sealed is not None
    assert b"PK" not in bytes(asked.body_sealed)[:40]
    job = ProcrastinateJob.objects.get(task_name=own_file.MAKE)
    assert job.args == {"file_id": asked.pk}


def test_there_is_one_file_a_day_and_it_is_gone_after_a_day(world: World) -> None:
    asked = made(world)
    assert ask_file(by=world.herself).pk == asked.pk
    with clock.at(asked.expires_at + timedelta(seconds=1)), pytest.raises(Forbidden):
        take_file(asked.pk, by=world.herself)
    assert asked.expires_at - asked.asked_at == timedelta(hours=24)


@pytest.mark.guard("my-data-is-only-mine", "The file of somebody's data holds, and reaches, nobody but her.")
def test_nobody_else_takes_the_file_and_no_row_of_anybody_else_comes_into_it(world: World, monkeypatch: Any) -> None:
    asked = made(world)
    other = own_account(world.liu, "liu")
    client = proved_now(open_session(Client(), other))
    assert client.get(f"/mine/file/{asked.pk}/").status_code == client.get("/mine/file/999999/").status_code == 404
    answered = proved_now(world.browser()).get(f"/mine/file/{asked.pk}/")
    assert ID_CHEN in texts(answered.content)["我的资料.json"]
    _ask_too_much(monkeypatch)
    PersonalFile.objects.all().delete()
    both = texts(take_file(made(world).pk, by=world.herself))
    assert "刘秀英" not in both["我的资料.json"]
    with acting(world.herself):
        assert PersonalFile.objects.count() == 1
    PersonalFile.objects.create(
        city="349900", subject_id=world.liu.pk, asked_on=TODAY, expires_at=clock.now() + timedelta(hours=1)
    )
    with acting(world.herself):
        assert PersonalFile.objects.count() == 1


@pytest.mark.control("my-data-is-only-mine")
def test_gathered_outside_her_own_scope_a_careless_table_would_tell_her_of_others(
    world: World, monkeypatch: Any
) -> None:
    _ask_too_much(monkeypatch)
    monkeypatch.setattr(own_file, "acting_as_account", lambda *_who, **_how: beyond(Purpose.OWN_DATA))
    assert "刘秀英" in texts(take_file(made(world).pk, by=world.herself))["我的资料.json"]


def _ask_too_much(monkeypatch: Any) -> None:
    """A table is declared so that its rows lead to everybody of her city."""
    careless = PersonalTable(
        "members.Person",
        "会员登记",
        "",
        Keep("", End.KEEP),
        tell=Told("subject_id__gte", (("name", "姓名"),)),
        erase="",
    )
    monkeypatch.setattr("niangjia.kernel.privacy.queries.personal_tables", lambda: (careless,))
    monkeypatch.setattr(own_file, "personal_tables", lambda: ())
