"""Each event tells whom it concerns, by the service that makes it happen."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from niangjia.kernel import clock
from niangjia.kernel.access.accounts import password_link, renew_second_factor
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.delegation import delegate
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import grant_role, revoke
from niangjia.kernel.access.sessions import begin
from niangjia.kernel.access.telling import ENDS_SOON, tell_of_ends
from niangjia.kernel.access.tests.signing_in import SECRET, an_account, open_session
from niangjia.kernel.exports import services as exports
from niangjia.kernel.exports.declaration import source_named
from niangjia.kernel.exports.jobs import make_export
from niangjia.kernel.exports.rules import Format
from niangjia.kernel.exports.services import Wish
from niangjia.kernel.messages.models import Message
from niangjia.kernel.messages.queries import messages_of
from niangjia.kernel.messages.reading import words_of
from niangjia.kernel.privacy.asking import ask_correction, ask_erasure, refuse_erasure, settle_correction
from niangjia.kernel.privacy.consenting import Act, answer
from niangjia.kernel.privacy.jobs import make_own_file
from niangjia.kernel.privacy.own_file import ask_file
from niangjia.kernel.privacy.tests.people import World
from niangjia.kernel.reveal.rules import Field, Purpose
from niangjia.kernel.reveal.services import Occasion, record_looks, reveal
from niangjia.kernel.reveal.tests.offices import County, worker
from niangjia.registers.members.tests.people import CHEN, enrol
from niangjia.registers.orgs.tests.office import OPERATOR, Office

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"


def told(account: Account) -> list[str]:
    """What an account was told, the oldest first, each in words."""
    return [words_of(message).title for message in messages_of(account).order_by("id")]


def keys() -> list[str]:
    return list(Message.objects.order_by("id").values_list("template", flat=True))


def acts(account: Account) -> Actor:
    return actor_of(account, on=clock.today())


def test_a_right_given_and_taken_is_told_to_whoever_it_is_about():
    office = Office()
    account = an_account(role=None)
    grant = grant_role(account, Role.CADRE, at=office.town.place, days=(clock.today(), None), by=OPERATOR)
    revoke(grant, by=OPERATOR)
    assert told(account) == ["给了您一项权限：柳林镇总工会的工会干部", "收回了您一项权限：柳林镇总工会的工会干部"]


def test_a_delegation_is_told_when_it_begins_and_once_before_it_ends():
    office = Office()
    zhou, liu = an_account(at=office.county.place), an_account("liu", at=office.town.place)
    last = clock.today() + ENDS_SOON
    with acting(acts(zhou)):
        delegate(liu, Role.OFFICER, at=office.town.place, days=(clock.today(), last), by=acts(zhou))
    assert (tell_of_ends(), tell_of_ends()) == (1, 0)
    assert told(liu) == ["委托给您：柳林镇总工会的经办人", "委托快到期了：柳林镇总工会的经办人"]
    assert told(zhou) == []


def test_a_device_is_told_once_and_a_demo_account_is_everybody_s():
    zhou, demo = an_account(), an_account("demo", is_demo=True)
    request = RequestFactory().get("/", headers={"User-Agent": CHROME})
    request.session = SessionStore()
    for account in (zhou, zhou, demo):
        begin(request, account)
    zhou.open_sessions.all().delete()
    begin(request, zhou)
    assert [message.facts for message in messages_of(zhou)] == [{"device": "Chrome · Windows"}]
    assert told(demo) == []


def test_a_second_factor_that_comes_or_is_renewed_and_a_password_link_are_told_to_the_owner(client):
    office = Office()
    security = an_account("security", role=Role.SECURITY_ADMIN, at=office.county.place)
    system = an_account("system", role=Role.SYSTEM_ADMIN, at=office.county.place)
    zhou = an_account(at=office.town.place)
    open_session(client, zhou, proved=False)
    page = client.get("/second-factor/set-up/")
    assert page.status_code == 200
    session = client.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    with acting(acts(security)):
        renew_second_factor(zhou, by=acts(security))
    with acting(acts(system)):
        password_link(zhou, by=acts(system))
    assert told(zhou)[-2:] == ["管理员停用了您的登录验证", "管理员给您做了设密码的链接"]


def test_a_look_is_told_to_the_member_at_once_and_only_once_while_it_stands_on_the_page():
    county = County()
    member = county.member()
    account, cadre = worker(member), county.actor()
    with acting(cadre):
        for _ in range(2):
            reveal(county.sealed(member), purpose="verify_identity", by=cadre)
    message = messages_of(account).get()
    assert (message.template, message.facts["what"]) == ("looked_at", "id_number")


def test_a_look_that_would_betray_a_report_is_told_from_its_day_on():
    county = County()
    member = county.member()
    account, cadre = worker(member), county.actor()
    later = clock.now() + timedelta(days=30)
    with acting(cadre):
        reveal(county.sealed(member), purpose="verify_identity", by=cadre, withheld_until=later)
    assert told(account) == []
    with clock.at(later):
        assert len(told(account)) == 1


def test_a_file_with_many_people_tells_each_of_them():
    county = County()
    members = [county.member() for _ in range(3)]
    cadre = county.actor()
    occasion = Occasion(Purpose.REPORT_UP, cadre)
    with acting(cadre):
        fields = (Field.ID_NUMBER, Field.PHONE)
        record_looks([each.pk for each in members], fields, occasion=occasion, place=("349900", county.mill.pk))
    assert [each.facts["what"] for each in Message.objects.order_by("id")] == ["several"] * 3


def test_what_people_ask_of_their_own_data_waits_at_the_desk_and_its_end_is_told_to_them():
    world = World()
    desk = an_account("desk", at=world.office.town.place)
    with acting(world.herself):
        first = ask_correction("name", "陈桂兰", by=world.herself)
        second = ask_correction("name", "陈桂芝", by=world.herself)
    with acting(acts(desk)):
        settle_correction(first.pk, by=acts(desk))
        settle_correction(second.pk, by=acts(desk), refused_because="证件上不是这个字")
    assert told(desk) == ["有一件个人资料的申请等您办"] * 2
    assert words_of(messages_of(desk).first()).address == f"/privacy/requests/{second.pk}/"
    assert told(world.account) == ["您说的那项资料改好了", "您说的那项资料没有改"]


def test_a_refused_erasure_is_told():
    world = World()
    desk = an_account("desk", at=world.office.county.place)
    world.leaves()
    with acting(world.herself):
        asked = ask_erasure(by=world.herself)
    with acting(acts(desk)):
        refuse_erasure(asked.pk, by=acts(desk), because="还有一件帮扶没有办完")
    assert told(world.account) == ["您的删除申请没有办成"]


def test_a_file_of_one_s_own_and_a_consent_withdrawn_are_told():
    world = World()
    with acting(world.herself):
        file = ask_file(by=world.herself)
        for given in (True, False):
            answer(Act("health", 1, given), by=world.herself, on=clock.today())
    make_own_file(file_id=file.pk)
    assert told(world.account) == ["您撤回的同意已经生效", "您要的资料文件做好了"]


def test_an_export_waits_for_the_second_person_and_its_end_is_told_to_who_asked():
    office = Office()
    enrol(CHEN, office.mill)
    zhou, wang = an_account("zhou", at=office.county.place), an_account("wang", at=office.county.place)
    source = source_named("members")
    assert source is not None
    wish = Wish({}, Format.CSV, "report_up", in_clear=frozenset({"id_number"}))
    with acting(acts(zhou)):
        yes, no = exports.ask(source, wish, by=acts(zhou)), exports.ask(source, wish, by=acts(zhou))
    with acting(acts(wang)):
        exports.approve(yes, by=acts(wang), words="同意")
        exports.refuse(no, by=acts(wang), words="太多了")
    make_export(export_id=yes.pk)
    assert told(wang) == [f"导出 {each.number} 等您同意：1 行" for each in (yes, no)]
    assert told(zhou) == [
        f"导出 {yes.number} 批准了",
        f"导出 {no.number} 没有批",
        f"导出 {yes.number} 的文件做好了：1 行",
    ]
    assert "looked_at" in keys()
