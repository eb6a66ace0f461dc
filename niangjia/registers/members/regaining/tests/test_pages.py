"""Filing from her page, deciding at the desk, her own page; nothing whole is shown, and nobody else meets any of it."""

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.models import Case
from niangjia.registers.members.models import Person
from niangjia.registers.members.regaining.models import Regaining
from niangjia.registers.members.regaining.rules.workflow import CHECKED, NOT_ME, STOPPED
from niangjia.registers.members.regaining.tests.lost import AT, NEW_PHONE, SAID, Lost
from niangjia.registers.members.tests.people import ID_CHEN, PHONE_CHEN

pytestmark = pytest.mark.django_db
SENT = {"phone": NEW_PHONE, "why": "lost", "paper": "id_card", "is_compared": "on"}


@pytest.fixture
def lost() -> Lost:
    return Lost()


def desk(account) -> Client:
    return open_session(Client(), account)


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_from_her_page_to_the_case_and_nothing_whole_on_the_way(lost: Lost) -> None:
    chair = desk(lost.chair)
    address = f"/members/{lost.chen.pk}/lost-phone/"
    assert address in words(chair, f"/members/{lost.chen.pk}/")
    page = words(chair, address)
    assert "两位干部" in page
    answer = chair.post(address, SENT)
    case = Regaining.objects.get()
    assert answer["Location"] == f"/desk/regaining/{case.pk}/"
    shown = page + words(chair, answer["Location"]) + words(chair, "/desk/regaining/") + words(chair, address)
    for number in (NEW_PHONE, PHONE_CHEN, ID_CHEN):
        assert number not in shown
    for part in ("139****1111", "138****2206", "居民身份证", "手机丢了", "陈桂兰", "她已经有一件在办"):
        assert part in shown, part


def test_what_is_missing_is_said_and_what_was_typed_stays(lost: Lost) -> None:
    page = desk(lost.chair).post(f"/members/{lost.chen.pk}/lost-phone/", SENT | {"is_compared": "", "phone": "123"})
    shown = page.content.decode()
    assert "请当面对着证件看过" in shown
    assert "手机号是 11 位数字" in shown
    assert 'value="123"' in shown
    assert not Regaining.objects.exists()


def test_a_phone_that_nobody_confirmed_is_simply_changed(lost: Lost) -> None:
    Person.objects.filter(pk=lost.chen.pk).update(phone_confirmed_at=None)
    chair = desk(lost.chair)
    assert "lost-phone" not in words(chair, f"/members/{lost.chen.pk}/")
    assert "直接改手机" in words(chair, f"/members/{lost.chen.pk}/lost-phone/")


def test_two_agree_on_their_pages_and_the_chair_has_no_button(lost: Lost) -> None:
    case = lost.files()
    address = f"/desk/regaining/{case.pk}/"
    assert f"{address}agree/" not in words(desk(lost.chair), address)
    for account in (lost.zhou, lost.wang):
        client = desk(account)
        assert f"{address}agree/" in words(client, address)
        answer = client.post(
            f"{address}agree/", {"says": SAID, "seen-says": "null", "revision": Case.objects.get(pk=case.pk).revision}
        )
        assert answer.status_code == 302, answer.content.decode()[-9000:]
    assert "同意了，等几天再换" in words(desk(lost.zhou), address)


def test_her_own_page_has_the_one_press_and_says_who_did_it(lost: Lost) -> None:
    case = lost.files()
    herself = desk(lost.account)
    assert f"/mine/regaining/{case.pk}/" in words(herself, "/")
    page = words(herself, f"/mine/regaining/{case.pk}/")
    assert "不是我" in page
    assert "鸿远纺织有限公司工会" in page
    assert NEW_PHONE not in page
    assert herself.post(f"/mine/regaining/{case.pk}/{NOT_ME}/").status_code == 302
    assert Case.objects.get(pk=case.pk).stage == STOPPED
    assert "停下来了" in words(herself, f"/mine/regaining/{case.pk}/")


def test_nobody_else_meets_it(lost: Lost) -> None:
    case = lost.files()
    plant = desk(lost.somebody("plant", Role.CHAIR, lost.plant))
    colleague = desk(lost.chair)
    for client, address in (
        (plant, f"/desk/regaining/{case.pk}/"),
        (plant, f"/members/{lost.chen.pk}/lost-phone/"),
        (colleague, f"/mine/regaining/{case.pk}/"),
        (desk(lost.account), f"/desk/regaining/{case.pk}/"),
        (desk(lost.account), f"/members/{lost.chen.pk}/lost-phone/"),
    ):
        assert client.get(address).status_code == 404, address
    assert Case.objects.get(pk=case.pk).stage == CHECKED


def test_afterwards_her_own_data_say_who_filed_and_who_agreed(lost: Lost) -> None:
    lost.handed()
    with clock.at(AT.replace(day=28)):
        page = words(desk(lost.account), "/mine/")
    assert "登录的手机换过" in page
    assert "安禾县总工会" in page
