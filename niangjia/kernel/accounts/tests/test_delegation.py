"""A cadre hands her role down: never wider than her own right, never longer, never again, and it ends with hers."""

from datetime import date, timedelta

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access import accounts, delegation
from niangjia.kernel.access.delegation import delegate
from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Right, Role, why_not_delegate
from niangjia.kernel.access.services import Forbidden, NotGranted, revoke
from niangjia.kernel.access.tests.signing_in import an_account, open_session, with_codes
from niangjia.kernel.journal.models import Entry
from niangjia.registers.orgs.tests.office import Office

pytestmark = pytest.mark.django_db
OPERATOR = Actor.operator()
DAY = date(2026, 3, 2)
TOWN = Right(Role.CADRE, 2, "1.2.")


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def cadre(office):
    return with_codes(an_account("chen", at=office.town.place, name="陈丽"))


@pytest.fixture
def below(office):
    return with_codes(an_account("zhang", role=Role.CHAIR, at=office.mill.place, name="张建国"))


def as_actor(account):
    return actor_of(account, on=clock.today())


def month():
    today = clock.today()
    return today, today + timedelta(days=30)


@pytest.mark.parametrize(
    ("role", "path", "days", "own_last", "code"),
    [
        (Role.CADRE, "1.2.", 30, None, None),
        (Role.OFFICER, "1.2.9.", 365, None, None),
        (Role.CHAIR, "1.2.", 30, DAY + timedelta(days=30), None),
        (Role.CADRE, "1.2.", 366, None, "too_long"),
        (Role.CADRE, "1.2.", 30, DAY + timedelta(days=29), "outlives_own"),
        (Role.CADRE, "1.2.", -1, None, "ends_before_it_begins"),
        (Role.CADRE, "1.3.", 30, None, "out_of_scope"),
        (Role.CADRE, "1.", 30, None, "out_of_scope"),
        (Role.AUDITOR, "1.2.", 30, None, "role_not_lower"),
        (Role.SECURITY_ADMIN, "1.2.", 30, None, "role_not_lower"),
        (Role.WORKER, "1.2.", 30, None, "role_not_lower"),
    ],
)
def test_what_may_be_handed_down(role, path, days, own_last, code):
    assert why_not_delegate(TOWN, role, path=path, days=(DAY, DAY + timedelta(days=days)), own_last=own_last) == code


def test_only_a_cadre_hands_down():
    for role in set(Role) - {Role.CADRE}:
        own = Right(role, 2, "1.2.")
        assert why_not_delegate(own, Role.OFFICER, path="1.2.", days=(DAY, DAY), own_last=None) == "role_not_lower"


@pytest.mark.guard(
    "delegation-not-wider", "A delegated right is never wider, longer or higher than the right it came from."
)
def test_nothing_is_delegated_beyond_ones_own_right(office, cadre, below):
    Grant.objects.filter(account=cadre).update(valid_to=month()[1])
    chen = as_actor(cadre)
    day = clock.today()
    with pytest.raises(Forbidden):
        delegate(below, Role.CADRE, at=office.county.place, days=month(), by=chen)
    for role, last in ((Role.AUDITOR, month()[1]), (Role.CADRE, month()[1] + timedelta(days=1))):
        with pytest.raises(NotGranted):
            delegate(below, role, at=office.town.place, days=(day, last), by=chen)
    assert below.grants.count() == 1


@pytest.mark.control("delegation-not-wider")
def test_without_the_rule_a_right_would_outlive_the_one_it_came_from(office, cadre, below, monkeypatch):
    Grant.objects.filter(account=cadre).update(valid_to=month()[1])
    monkeypatch.setattr(delegation, "why_not_delegate", lambda *_own, **_asked: None)
    grant = delegate(
        below,
        Role.AUDITOR,
        at=office.town.place,
        days=(clock.today(), month()[1] + timedelta(days=1)),
        by=as_actor(cadre),
    )
    assert grant.valid_to == month()[1] + timedelta(days=1)


@pytest.mark.guard(
    "delegation-ends-with-its-source", "When a cadre loses her right, what she delegated from it is gone, too."
)
def test_a_delegated_right_ends_with_the_right_it_came_from(office, cadre, below):
    delegate(below, Role.CADRE, at=office.mill.place, days=month(), by=as_actor(cadre))
    assert {right.role for right in as_actor(below).rights} == {Role.CHAIR, Role.CADRE}
    revoke(Grant.objects.get(account=cadre), by=OPERATOR)
    assert {right.role for right in as_actor(below).rights} == {Role.CHAIR}
    verbs = list(Entry.objects.filter(thing_id=below.pk, thing="account").order_by("id").values_list("verb", flat=True))
    assert verbs == ["delegate_role", "revoke_role"]


@pytest.mark.control("delegation-ends-with-its-source")
def test_without_the_thread_to_its_source_it_would_stay(office, cadre, below):
    delegate(below, Role.CADRE, at=office.mill.place, days=month(), by=as_actor(cadre))
    Grant.objects.update(delegated_from=None)
    revoke(Grant.objects.get(account=cadre), by=OPERATOR)
    assert Role.CADRE in {right.role for right in as_actor(below).rights}


def test_an_account_switched_off_takes_its_delegations_along(office, cadre, below):
    delegate(below, Role.CADRE, at=office.mill.place, days=month(), by=as_actor(cadre))
    accounts.switch_off(cadre, by=OPERATOR)
    assert {right.role for right in as_actor(below).rights} == {Role.CHAIR}


def test_a_delegated_right_is_not_handed_on(office, cadre, below):
    deputy = an_account("deputy", role=Role.OFFICER, at=office.town.place, name="刘洋")
    delegate(deputy, Role.CADRE, at=office.town.place, days=month(), by=as_actor(cadre))
    with pytest.raises(NotGranted) as refused:
        delegate(below, Role.OFFICER, at=office.mill.place, days=month(), by=as_actor(deputy))
    assert refused.value.reason.code == "second_hand"


def test_nobody_elsewhere_nobody_switched_off_and_not_oneself(office, cadre, below):
    elsewhere = an_account("sun", at=office.plant.place)
    accounts.switch_off(below, by=OPERATOR)
    for account in (elsewhere, below, cadre):
        with pytest.raises(NotGranted) as refused:
            delegate(account, Role.OFFICER, at=office.town.place, days=month(), by=as_actor(cadre))
        assert refused.value.reason.code == "not_below"


def test_an_administrator_takes_no_delegation(office, cadre):
    security = an_account("sec", role=Role.SECURITY_ADMIN, at=office.town.place)
    with pytest.raises(NotGranted) as refused:
        delegate(security, Role.OFFICER, at=office.town.place, days=month(), by=as_actor(cadre))
    assert refused.value.reason.code == "duties_apart"


def words(office, **more):
    first, last = month()
    asked = {"login": "zhang", "role": "officer", "place": office.mill.code}
    return asked | {"first": first.isoformat(), "last": last.isoformat()} | more


def test_a_cadre_delegates_and_takes_back_on_her_page(office, cadre, below):
    client = open_session(Client(), cadre)
    assert "没有委托出去的" in client.get("/delegations/").content.decode()
    assert client.post("/delegations/new/", words(office))["Location"] == "/delegations/"
    grant = Grant.objects.get(delegated_from__account=cadre)
    assert "张建国" in client.get("/delegations/").content.decode()
    client.post(f"/delegations/{grant.pk}/end/")
    grant.refresh_from_db()
    assert grant.revoked_at is not None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"login": "nobody"}, "没有这个账号"),
        ({"login": "sun"}, "没有这个账号"),
        ({"place": "nowhere"}, "nowhere"),
        ({"last": "2100-01-01"}, "一次最多委托"),
        ({"role": "auditor"}, "id_role_wrong"),
        ({"last": ""}, "还没有写最后一天"),
    ],
)
def test_what_cannot_be_delegated_is_said(office, cadre, below, more, said):
    an_account("sun", at=office.plant.place)
    client = open_session(Client(), cadre)
    assert said in client.post("/delegations/new/", words(office, **more)).content.decode()
    assert not Grant.objects.exclude(delegated_from=None).exists()


def test_nobody_takes_back_what_another_delegated(office, cadre, below):
    grant = delegate(below, Role.OFFICER, at=office.mill.place, days=month(), by=as_actor(cadre))
    other = open_session(Client(), with_codes(an_account("he", at=office.town.place)))
    assert other.post(f"/delegations/{grant.pk}/end/").status_code == 404
    for role in (Role.CHAIR, Role.SYSTEM_ADMIN, Role.WORKER):
        client = open_session(Client(), with_codes(an_account(role.value, role=role, at=office.county.place)))
        assert client.get("/delegations/").status_code == 404
