"""The desk of the three administrators: each does her part, nobody her own account, nobody beyond her places."""

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access import accounts
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import MANAGE_ACCOUNTS, Actor, Role
from niangjia.kernel.access.services import Forbidden, NotGranted, grant_role
from niangjia.kernel.access.tests.signing_in import BEGAN, an_account, open_session, with_codes
from niangjia.kernel.journal.models import Entry
from niangjia.registers.orgs.tests.office import Office

pytestmark = pytest.mark.django_db
ADMINS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
ACTS = ("switch-off", "switch-on", "unlock", "renew", "sign-out", "link")


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def cadre(office):
    return with_codes(an_account("he", at=office.town.place, name="何静", post="副主席", place=office.town.place))


def admin(role, union):
    return an_account(f"{role.value}-{union.pk}", role=role, at=union.place, name="吴晓峰")


def browser(role, union):
    return open_session(Client(), with_codes(admin(role, union)))


def actor(role, union):
    return actor_of(admin(role, union), on=clock.today())


def given(union, **more):
    return {"role": "officer", "place": union.code, "first": clock.today().isoformat(), "last": "", **more}


def test_the_list_shows_the_accounts_of_ones_own_places_and_no_workers(office, cadre):
    an_account("plant", at=office.plant.place, name="孙海")
    an_account("worker", role=Role.WORKER, at=office.mill.place, name="刘秀英")
    page = browser(Role.AUDIT_ADMIN, office.town).get("/accounts/").content.decode()
    assert "何静" in page
    assert "工会干部" in page
    assert "孙海" not in page
    assert "刘秀英" not in page


def test_the_list_is_not_there_for_whoever_keeps_no_accounts(office, cadre):
    for role in (Role.CADRE, Role.CHAIR, Role.OFFICER, Role.AUDITOR):
        assert browser(role, office.county).get("/accounts/").status_code == 404
        assert browser_again(role, office.county).get(f"/accounts/{cadre.pk}/").status_code == 404


def browser_again(role, union):
    return open_session(Client(), Account.objects.get(login=f"{role.value}-{union.pk}"))


def test_an_account_elsewhere_and_one_that_is_not_there_answer_alike(office):
    elsewhere = an_account("plant", at=office.plant.place)
    client = browser(Role.SYSTEM_ADMIN, office.town)
    assert {client.get(f"/accounts/{number}/").status_code for number in (elsewhere.pk, 10**9)} == {404}


def test_the_system_administrator_opens_an_account_that_can_do_nothing_yet(office):
    client = browser(Role.SYSTEM_ADMIN, office.county)
    words = {"login": "wangfang", "name": "王芳", "post": "干事", "place": office.town.code}
    page = client.post("/accounts/new/", words).content.decode()
    account = Account.objects.get(login="wangfang")
    assert "只显示这一次" in page
    assert (account.place_id, account.must_change_password) == (office.town.pk, True)
    assert not account.grants.exists()
    assert "王芳" in client.get("/accounts/").content.decode()
    again = client.post("/accounts/new/", words).content.decode()
    assert "已经有了" in again


def test_an_account_is_opened_in_ones_own_places_only(office):
    client = browser(Role.SYSTEM_ADMIN, office.town)
    words = {"login": "wangfang", "name": "王芳", "post": "", "place": office.plant.code}
    assert client.post("/accounts/new/", words).status_code == 200
    assert not Account.objects.filter(login="wangfang").exists()


@pytest.mark.guard(
    "duties-of-administrators", "Each of the three administrators does her own part, and none another's."
)
def test_each_administrator_does_her_own_part_and_no_other(office, cadre):
    allowed = {
        Role.SYSTEM_ADMIN: {"switch-off", "switch-on", "link"},
        Role.SECURITY_ADMIN: {"unlock", "renew", "sign-out", "give"},
        Role.AUDIT_ADMIN: set(),
    }
    for role in ADMINS:
        client = browser(role, office.county)
        assert client.get(f"/accounts/{cadre.pk}/").status_code == 200
        done = {act for act in ACTS if client.post(f"/accounts/{cadre.pk}/do/{act}/").status_code != 404}
        if client.post(f"/accounts/{cadre.pk}/rights/new/", given(office.town)).status_code != 404:
            done.add("give")
        assert done == allowed[role], role


@pytest.mark.control("duties-of-administrators")
def test_without_the_check_the_audit_administrator_would_switch_off(office, cadre, monkeypatch):
    monkeypatch.setattr(accounts, "is_in_charge", lambda *_who, **_as: True)
    browser(Role.AUDIT_ADMIN, office.county).post(f"/accounts/{cadre.pk}/do/switch-off/")
    cadre.refresh_from_db()
    assert not cadre.is_active


def test_nobody_works_on_her_own_account(office):
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
        client = browser(role, office.county)
        own = Account.objects.get(login=f"{role.value}-{office.county.pk}")
        page = client.post(
            f"/accounts/{own.pk}/do/{'switch-off' if role is Role.SYSTEM_ADMIN else 'renew'}/", follow=True
        )
        assert "不能办自己的账号" in page.content.decode()
        own.refresh_from_db()
        assert own.is_active


def test_a_town_does_not_switch_off_who_works_for_the_county_too(office, cadre):
    town = actor(Role.SYSTEM_ADMIN, office.town)
    assert accounts.is_in_charge(cadre, MANAGE_ACCOUNTS, by=town)
    Grant.objects.create(city="349900", account=cadre, role="officer", place=office.county.place, valid_from=BEGAN)
    with pytest.raises(Forbidden):
        accounts.switch_off(cadre, by=town)
    accounts.switch_off(cadre, by=actor(Role.SYSTEM_ADMIN, office.county))


def test_a_right_is_given_and_taken_back_at_the_desk(office, cadre):
    client = browser(Role.SECURITY_ADMIN, office.county)
    answer = client.post(f"/accounts/{cadre.pk}/rights/new/", given(office.mill))
    assert answer["Location"] == f"/accounts/{cadre.pk}/"
    grant = Grant.objects.get(account=cadre, role="officer")
    assert (grant.place_id, grant.valid_to) == (office.mill.pk, None)
    assert "鸿远纺织有限公司工会" in client.get(f"/accounts/{cadre.pk}/").content.decode()
    client.post(f"/accounts/{cadre.pk}/rights/{grant.pk}/revoke/")
    grant.refresh_from_db()
    assert grant.revoked_at is not None


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"role": ""}, "还没有选角色"),
        ({"place": "nowhere"}, "nowhere"),
        ({"role": "audit_admin"}, "不同的人担任"),
        ({"last": "2020-01-01"}, "早于第一天"),
        ({"role": "operator"}, "id_role_wrong"),
    ],
)
def test_what_cannot_be_given_is_said_and_nothing_is_given(office, cadre, more, words):
    client = browser(Role.SECURITY_ADMIN, office.county)
    page = client.post(f"/accounts/{cadre.pk}/rights/new/", given(office.mill, **more)).content.decode()
    assert words in page
    assert cadre.grants.count() == 1


def test_a_security_administrator_of_a_town_gives_nothing_elsewhere(office, cadre):
    client = browser(Role.SECURITY_ADMIN, office.town)
    for union in (office.county, office.plant):
        client.post(f"/accounts/{cadre.pk}/rights/new/", given(union))
    assert cadre.grants.count() == 1
    security = actor_of(Account.objects.get(login__startswith="security"), on=clock.today())
    with pytest.raises(Forbidden):
        grant_role(cadre, Role.OFFICER, at=office.plant.place, days=(BEGAN, None), by=security)


def test_a_lost_phone_ends_the_second_factor_and_the_owner_reads_of_it(office, cadre):
    hers = open_session(Client(), cadre)
    browser(Role.SECURITY_ADMIN, office.county).post(f"/accounts/{cadre.pk}/do/renew/")
    assert not cadre.authenticator_set.exists()
    assert hers.get("/")["Location"].startswith("/sign-in/")
    assert Entry.objects.filter(verb="renew_second_factor", thing_id=cadre.pk).exists()
    open_session(hers, cadre)
    page = hers.get("/settings/sessions/").content.decode()
    assert "停用了动态码和通行密钥" in page
    assert "吴晓峰" in page


def test_a_link_is_shown_once_and_is_whole(office, cadre):
    page = browser(Role.SYSTEM_ADMIN, office.county).post(f"/accounts/{cadre.pk}/do/link/").content.decode()
    assert "http://testserver/set-password/" in page
    cadre.refresh_from_db()
    assert not cadre.has_usable_password()


def test_a_demo_account_keeps_what_everybody_shares(office):
    demo = with_codes(an_account("demo", at=office.town.place, is_demo=True))
    for service in (accounts.password_link, accounts.renew_second_factor):
        with pytest.raises(NotGranted):
            service(demo, by=Actor.operator())


def test_when_somebody_last_signed_in_is_shown_to_nobody_here(office, cadre):
    Account.objects.update(last_login=clock.now())
    for role in ADMINS:
        client = browser(role, office.county)
        for address in ("/accounts/", f"/accounts/{cadre.pk}/"):
            assert f"{clock.now():%Y}-" not in client.get(address).content.decode().replace("datetime=", "")
