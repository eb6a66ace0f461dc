"""The phone page without a browser: three steps, what was typed stays, a stranger learns nothing; the county's page."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.queries import digits_of
from niangjia.kernel.access.phone_code.services import Nobody, WhichOne, ask_for_code, enter, say_who, try_code
from niangjia.kernel.access.phone_code.tests.door import gateway, wrong
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.privacy.consenting import standing_of
from niangjia.kernel.privacy.retaining import retain
from niangjia.registers.members.joining.catching import set_catch_all
from niangjia.registers.members.joining.models import Application, CatchAll
from niangjia.registers.members.joining.personal import FRUITLESS_DAYS
from niangjia.registers.members.joining.tests.hall import AT, ID_MA, MA, PHONE_MA, Hall, other
from niangjia.registers.members.models import Membership
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, PHONE_CHEN, a_number, enrol

__all__ = ["gateway"]
pytestmark = pytest.mark.django_db(transaction=True)
WRITTEN = {"name": "马小军", "id_number": ID_MA, "phone": PHONE_MA, "agrees": "on", "version": "1"}


@pytest.fixture
def hall(gateway: object) -> Hall:
    return Hall()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code, answer.content.decode()[-3000:])
    return answer.content.decode()


def posted(client: Client, address: str, written: dict[str, str]) -> str:
    answer = client.post(address, written)
    assert answer.status_code == 200, (address, answer.status_code, answer.headers.get("Location"))
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def digits() -> str:
    return digits_of(PhoneCode.objects.latest("asked_at"))


def sent(client: Client, union: str, written: dict[str, str]) -> str:
    """Both steps; answers where she lands."""
    posted(client, f"/join/{union}/", written)
    answer = client.post(f"/join/{union}/code/", written | {"code": digits()})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_the_union_is_found_by_name_by_initials_and_by_what_she_does(hall: Hall) -> None:
    client = Client()
    for words in ("鸿远", "hyfz"):
        assert f"/join/{hall.mill.code}/" in page(client, f"/join/?q={words}")
    assert "没有找到" in page(client, "/join/?q=查无此厂")
    assert "还没有定收您这一行的工会" in page(client, "/join/?as=food_delivery")
    set_catch_all("food_delivery", hall.park.code, by=hall.actor(hall.zhou))
    answer = client.get("/join/?as=food_delivery")
    assert answer["Location"] == f"/join/{hall.park.code}/?as=food_delivery"


def test_a_union_that_takes_nobody_in_leads_back_to_the_search(hall: Hall) -> None:
    assert "不直接收会员" in page(Client(), f"/join/{hall.county.code}/")
    assert "不直接收会员" in page(Client(), "/join/NOSUCHUNION/")
    assert f'href="/join/{hall.mill.code}/"' in page(Client(), f"/u/{hall.mill.code}/")


def test_three_steps_four_typed_fields_and_she_is_in(hall: Hall) -> None:
    client, union = Client(), hall.park.code
    shown = page(client, f"/join/{union}/?as=food_delivery")
    assert len(re.findall(r'<input type="(?:text|tel)"', shown)) == 3
    asked = posted(client, f"/join/{union}/?as=food_delivery", WRITTEN)
    assert "137****0021" in asked
    answer = client.post(f"/join/{union}/code/?as=food_delivery", WRITTEN | {"code": digits()})
    application = Application.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/mine/joining/{application.pk}/")
    own = page(client, str(answer["Location"]))
    assert "工会在审批" in own
    assert ID_MA not in own
    assert PHONE_MA not in own
    assert application.trade == "food_delivery"


def test_what_is_wrong_is_said_and_what_was_typed_stays(hall: Hall) -> None:
    client, address = Client(), f"/join/{hall.mill.code}/"
    shown = posted(client, address, WRITTEN | {"id_number": ID_MA[:17]})
    assert "还差 1 位" in shown
    assert 'value="马小军"' in shown
    assert f'value="{PHONE_MA}"' in shown
    young = posted(client, address, WRITTEN | {"id_number": a_number("34992120150612", 113)})
    assert "《劳动法》第十五条" in young
    assert "勾上再往下" in posted(client, address, WRITTEN | {"agrees": ""})
    assert not PhoneCode.objects.exists()


def test_a_wrong_code_asks_again_and_loses_nothing(hall: Hall) -> None:
    client, address = Client(), f"/join/{hall.mill.code}/"
    posted(client, address, WRITTEN)
    again = posted(client, f"{address}code/", WRITTEN | {"code": wrong(digits())})
    assert "验证码不对" in again
    assert f'name="id_number" value="{ID_MA}"' in again
    assert "刚刚发过一条" in posted(client, f"{address}code/", WRITTEN | {"again": "1"})
    assert client.post(f"{address}code/", WRITTEN | {"code": digits()}).status_code == 302
    assert client.get(f"{address}code/")["Location"] == address


@pytest.mark.guard(
    "joining-looks-alike", "the pages of joining are the same for a number that is a member's and one that is not"
)
def test_every_page_is_the_same_for_a_member_s_number(hall: Hall) -> None:
    enrol(CHEN, hall.mill)
    hers = WRITTEN | {"name": "陈桂兰", "id_number": ID_CHEN}
    pages = []
    with clock.at(AT):
        for written, phone in ((hers, "13700000031"), (WRITTEN | {"name": "陈桂兰"}, "13700000032")):
            client, mine = Client(), written | {"phone": phone}
            told = [page(client, f"/join/{hall.mill.code}/"), posted(client, f"/join/{hall.mill.code}/", mine)]
            told.append(page(client, sent_on(client, hall, mine)))
            pages.append([plain(each, mine) for each in told])
    assert pages[0] == pages[1]


@pytest.mark.control("joining-looks-alike")
def test_a_page_that_told_would_be_another_one(hall: Hall) -> None:
    enrol(CHEN, hall.mill)
    hers = WRITTEN | {"name": "陈桂兰", "id_number": ID_CHEN, "phone": PHONE_CHEN}
    assert sent(Client(), hall.mill.code, hers) == "/mine/union/"
    assert sent(Client(), hall.mill.code, WRITTEN).startswith("/mine/joining/")


def sent_on(client: Client, hall: Hall, written: dict[str, str]) -> str:
    answer = client.post(f"/join/{hall.mill.code}/code/", written | {"code": digits()})
    assert answer.status_code == 302
    return str(answer["Location"])


def plain(shown: str, written: dict[str, str]) -> str:
    """A page without what she wrote herself, without numbers drawn for everybody anew."""
    tails = (written["id_number"], written["phone"], written["id_number"][-4:], written["phone"][-4:])
    for own in tails:
        shown = shown.replace(own, "…")
    shown = re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|name="idempotency_key" value="[^"]+"', "", shown
    )
    shown = re.sub(r"\d{4}-\d{4}-\d{4}|/mine/joining/\d+/|\b(男|女)，\d+ 岁|about=\d+", "", shown)
    return re.sub(r"[0-9a-zA-Z_-]{32,}", "", shown)


def test_who_applied_signs_in_by_her_phone_later_and_a_family_by_the_end_of_the_number(hall: Hall) -> None:
    first = hall.applies()

    def knocks(at: datetime) -> tuple[object, UUID]:
        with clock.at(at):
            code = ask_for_code(PHONE_MA, address="", is_shown=False)
            assert isinstance(code, PhoneCode)
            try_code(code.pk, digits_of(code))
            return (enter(code.pk), code.pk)

    found, _ref = knocks(AT.replace(hour=12))
    assert isinstance(found, Account)
    assert found.subject_id == first.subject_id
    second = hall.applies(other(name="刘娟", id_number=a_number("34992119960101", 124)), at=AT.replace(hour=13))
    found, ref = knocks(AT.replace(hour=14))
    assert isinstance(found, WhichOne)
    with clock.at(AT.replace(hour=14, minute=1)):
        account = say_who(ref, a_number("34992119960101", 124)[-4:])
    assert isinstance(account, Account)
    assert account.subject_id == second.subject_id


def test_what_came_to_nothing_is_forgotten_after_its_days_and_opens_nothing_any_more(hall: Hall) -> None:
    application = hall.applies()
    hall.presses(hall.chair, application, "refuse", reason="works_elsewhere")
    assert standing_of(application.subject_id).name == "马小军"
    with clock.at(AT.replace(year=2027)):
        assert FRUITLESS_DAYS < 365
        retain()
    kept = Application.objects.get()
    assert (kept.name, kept.id_sealed, kept.phone_blind, kept.case.stage) == ("", None, None, "refused")
    assert not Account.objects.get(subject=application.subject_id).is_active
    with clock.at(AT.replace(year=2027, month=12)):
        code = ask_for_code(PHONE_MA, address="", is_shown=False)
        assert isinstance(code, PhoneCode)
        try_code(code.pk, digits_of(code))
        assert isinstance(enter(code.pk), Nobody)


def test_what_waits_is_not_forgotten(hall: Hall) -> None:
    hall.applies()
    with clock.at(AT.replace(year=2028)):
        retain()
    assert Application.objects.get().name == "马小军"


def test_the_desk_sees_what_is_checked_and_what_is_not_and_approves_many(hall: Hall) -> None:
    application = hall.applies()
    client = open_session(Client(), hall.chair)
    assert "马小军" in page(client, "/desk/joining/")
    assert f"/desk/joining/{application.pk}/" in page(client, "/"), "it waits on the first page"
    shown = page(client, f"/desk/joining/{application.pk}/")
    assert "没有联网核对" in shown
    assert ID_MA not in shown
    assert PHONE_MA not in shown
    assert "批准入会" in shown
    sent = {"says": "", "seen-decided_on": "null", "seen-says": "null"}
    later = client.post(f"/desk/joining/{application.pk}/approve/", sent | {"decided_on": "2099-01-01"})
    assert "委员会同意的日子还没有到" in later.content.decode()
    answer = client.post(f"/desk/joining/{application.pk}/approve/", sent | {"decided_on": "2026-11-18"})
    assert (answer.status_code, Membership.objects.get().union_id) == (302, hall.mill.pk)
    stranger = open_session(Client(), hall.plant_chair)
    assert stranger.get(f"/desk/joining/{application.pk}/").status_code == 404
    assert "马小军" not in page(stranger, "/desk/joining/")


def test_many_are_looked_at_and_approved_on_one_page(hall: Hall) -> None:
    good = [
        hall.applies(other(id_number=a_number("34992119900101", 100 + n), phone=f"1370000010{n}")) for n in range(2)
    ]
    chair = open_session(Client(), hall.chair)
    address = "/lists/joining_cases/act/approve/?all=yes&value="
    assert "委员会哪天同意的" in page(chair, address)
    shown = page(chair, f"{address}2026-11-19")
    agreed = re.findall(r'name="agreed" value="(\w+)"', shown)[0]
    assert chair.post(f"{address}2026-11-19", {"agreed": agreed}).status_code == 302
    assert {each.case.stage for each in Application.objects.select_related("case")} == {"joined"}
    assert Membership.objects.filter(person__in=[each.subject_id for each in good]).count() == 2


def test_the_county_alone_says_which_union_takes_them_in(hall: Hall) -> None:
    client = open_session(Client(), hall.zhou)
    answer = client.post("/desk/joining-unions/", {"trade": "courier", "union": hall.county.code})
    assert "不直接收会员" in answer.content.decode()
    assert client.post("/desk/joining-unions/", {"trade": "courier", "union": hall.park.code}).status_code == 302
    assert hall.park.name in page(client, "/desk/joining-unions/")
    client.post("/desk/joining-unions/", {"trade": "courier", "union": ""})
    assert (CatchAll.objects.filter(until=None).count(), CatchAll.objects.count()) == (0, 1)
    for account in (hall.chair, hall.li, hall.account("auditor", Role.AUDITOR, hall.county)):
        assert open_session(Client(), account).get("/desk/joining-unions/").status_code == 404


def test_where_no_message_can_be_sent_the_page_says_so(hall: Hall, settings: Any) -> None:
    settings.NIANGJIA_TEXTS = "niangjia.kernel.messages.texts.NoTexts"
    assert "带身份证到工会办" in page(Client(), f"/join/{hall.mill.code}/")
    assert MA.name not in page(Client(), f"/join/{hall.mill.code}/")
