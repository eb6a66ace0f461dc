"""The pages of asking for a union, through the client; and what hangs at a union's door."""

from http import HTTPStatus

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.queries import digits_of
from niangjia.kernel.access.phone_code.tests.door import gateway
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.people.masks import masked_phone
from niangjia.kernel.reveal.models import Look
from niangjia.registers.founding.door_signs import Sign, hang
from niangjia.registers.founding.models import DoorSign, FoundingApplication
from niangjia.registers.founding.tests.site import LI, Site
from niangjia.registers.members.tests.people import CHEN, enrol
from niangjia.registers.orgs.rules.credit_codes import check_character, organisation_check_character

__all__ = ["gateway"]
pytestmark = pytest.mark.django_db(transaction=True)
ASKED = {"size": "under_25", "form": "organiser", "name": LI.name, "phone": LI.phone, "agrees": "on", "version": "1"}


@pytest.fixture
def site() -> Site:
    return Site()


def a_code() -> str:
    """A credit code of an employer that nobody registered."""
    first = "91349921" + "MA0000A1" + organisation_check_character("MA0000A1")
    return first + check_character(first)


def test_who_is_not_found_is_written_with_where_it_lies(site: Site, gateway: list[object]) -> None:
    client = Client()
    found = client.get("/found/", {"q": "新兴包装有限公司"}).content.decode()
    assert site.town.name in found
    assert "登记里没有这个代码" in client.get("/found/", {"q": a_code()}).content.decode()
    assert client.get("/found/ask/").status_code == HTTPStatus.FOUND
    address = f"/found/ask/?as=employer&name=新兴包装有限公司&uscc={a_code()}&in={site.park.pk}"
    page = client.get(address).content.decode()
    assert "可以告诉单位" not in page
    sent = client.post(address, ASKED).content.decode()
    assert "填验证码" in sent
    answer = client.post(address.replace("/ask/", "/code/"), ASKED | {"code": digits_of(PhoneCode.objects.get())})
    assert answer.status_code == HTTPStatus.FOUND
    application = FoundingApplication.objects.get()
    assert (application.side, application.employer_name, application.employer_uscc) == (
        "employer", "新兴包装有限公司", a_code()
    )  # fmt: skip
    assert (application.form, application.case.place_id, application.is_named) == ("organiser", site.park.pk, True)


def test_what_is_missing_is_said_and_stays_typed(site: Site, gateway: list[object]) -> None:
    address = f"/found/ask/?employer={site.shop.pk}"
    page = Client().post(address, ASKED | {"size": "", "phone": "1370000", "agrees": ""}).content.decode()
    assert "还没有选大约多少人" in page
    assert "请看过告知书" in page
    assert 'value="1370000"' in page
    assert not PhoneCode.objects.exists()


def test_a_wrong_code_is_said_and_nothing_is_written(site: Site, gateway: list[object]) -> None:
    client, address = Client(), f"/found/ask/?employer={site.shop.pk}"
    client.post(address, ASKED)
    code = digits_of(PhoneCode.objects.get())
    wrong = "000000" if code != "000000" else "111111"
    page = client.post(address.replace("/ask/", "/code/"), ASKED | {"code": wrong}).content.decode()
    assert "验证码不对" in page
    assert not FoundingApplication.objects.exists()


def test_who_is_signed_in_is_asked_for_no_name_and_no_phone(site: Site) -> None:
    chen = enrol(CHEN, site.mill)
    client = open_session(Client(), an_account("chen", role=None, subject_id=chen.pk))
    address = f"/found/ask/?employer={site.shop.pk}"
    page = client.get(address).content.decode()
    assert 'name="phone"' not in page
    answer = client.post(address, {"size": "under_100", "agrees": "on", "version": "1"})
    application = FoundingApplication.objects.get()
    assert answer.headers["Location"] == f"/mine/founding/{application.pk}/"
    assert (application.subject_id, application.form) == (chen.pk, "committee")
    assert site.shop.name in client.get(answer.headers["Location"]).content.decode()


def test_an_employer_with_a_union_leads_to_its_door(site: Site) -> None:
    founding = site.prepares()
    found = Client().get("/found/", {"q": "恒通"}).content.decode()
    assert "工会在筹建" in found
    assert f"/u/{founding.union.code}/" in found
    door = Client().get(f"/u/{founding.union.code}/").content.decode()
    assert "这个工会在筹建" in door
    assert LI.name not in door


def test_the_desk_lists_what_was_asked_and_the_union_in_preparation_says_so(site: Site) -> None:
    founding = site.prepares()
    desk = open_session(Client(), site.li)
    assert "恒通机械有限公司" in desk.get("/desk/founding/").content.decode()
    page = desk.get(f"/desk/founding/{founding.case_id}/").content.decode()
    assert "李卫东、周建国、王丽" in page
    assert "<h1>建工会：恒通机械有限公司</h1>" in page
    assert "建工会：恒通机械有限公司" in desk.get("/").content.decode()
    assert "筹建中" in desk.get(f"/unions/{founding.union.code}/").content.decode()
    assert founding.union.name in desk.get("/unions/?preparing=yes").content.decode()
    assert founding.union.name not in desk.get("/unions/?preparing=no").content.decode()
    assert open_session(Client(), an_account("park", at=site.park.place)).get(
        f"/desk/founding/{founding.case_id}/"
    ).status_code == HTTPStatus.NOT_FOUND  # fmt: skip


def test_the_phone_of_who_asked_is_masked_and_shown_for_a_purpose_which_she_reads(site: Site) -> None:
    founding = site.prepares()
    desk, page = open_session(Client(), site.li), f"/desk/founding/{founding.case_id}/"
    with beyond(Purpose.CASES):
        application = FoundingApplication.objects.get(pk=founding.case_id)
    assert masked_phone(LI.phone) in desk.get(page).content.decode()
    assert LI.phone not in desk.get(page).content.decode()
    address = f"{page}asker/phone/"
    assert LI.phone not in desk.get(address).content.decode()
    assert LI.phone not in desk.post(address).content.decode()
    assert LI.phone in desk.post(address, {"purpose": "contact_member"}).content.decode()
    with beyond(Purpose.OWN_DATA):
        look = Look.objects.get(subject=application.subject_id)
    assert (look.account_id, look.purpose) == (site.li.pk, "contact_member")
    elsewhere = open_session(Client(), an_account("park2", at=site.park.place))
    assert elsewhere.post(address, {"purpose": "contact_member"}).status_code == HTTPStatus.NOT_FOUND


def test_a_door_says_hours_and_a_name_only_with_her_word(site: Site) -> None:
    chair = site.account("chair", Role.CHAIR, site.mill)
    client, address = open_session(Client(), chair), f"/unions/{site.mill.code}/door/"
    refused = client.post(address, {"hours": "工作日 9:00–17:00", "contact": "陈桂兰"})
    assert "要她本人同意" in refused.content.decode()
    assert client.post(address, {"hours": "工作日 9:00–17:00", "way": "东门二楼"}).status_code == HTTPStatus.FOUND
    door = Client().get(f"/u/{site.mill.code}/").content.decode()
    assert "工作日 9:00–17:00" in door
    assert "陈桂兰" not in door
    assert "东门二楼" in client.get(f"/unions/{site.mill.code}/sheet/").content.decode()
    assert client.get(f"/unions/{site.plant.code}/door/").status_code == HTTPStatus.NOT_FOUND


def test_no_name_hangs_there_without_her_word_whoever_writes_it(site: Site) -> None:
    actor = site.actor(site.li)
    with transaction.atomic(), acting(actor):
        assert hang(site.mill.pk, Sign(contact="陈桂兰"), by=actor).contact == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        DoorSign.objects.filter(pk=site.mill.pk).update(contact="陈桂兰")
    with pytest.raises(Forbidden):
        hang(site.plant.pk, Sign(), by=actor)
