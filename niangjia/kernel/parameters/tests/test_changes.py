"""Values of parameters: entered by one, put in force by another, and shown with where they come from."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account, open_session, with_codes
from niangjia.kernel.dated.queries import parameter
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.parameters import services
from niangjia.kernel.parameters.models import ParameterChange
from niangjia.kernel.parameters.rules import MOVES, Refusal, State, why_not_decide
from niangjia.kernel.parameters.services import NewValue, NotChanged
from niangjia.kernel.parameters.today import things_to_do
from niangjia.kernel.parameters.words import said_value
from niangjia.registers.orgs.rules import Level
from niangjia.registers.orgs.tests.office import register

DAY = date(2026, 3, 2)
KEY = "office_hours"
OLD, NEW = "09:00-12:00,14:00-18:00", "08:30-12:00,14:00-17:30"


class Desk:
    """A city, its county and a town, with cadres who act there."""

    def __init__(self) -> None:
        """Two cadres in the county, one in the city, one in the town, one in another county."""
        self.city = register("安宁市总工会", Level.CITY, region_code="349900")
        self.county = register("安禾县总工会", Level.COUNTY, self.city, region_code="349921")
        self.town = register("柳林镇总工会", Level.TOWN, self.county)
        self.other = register("安平县总工会", Level.COUNTY, self.city, region_code="349922")
        self.enters = with_codes(an_account("enters", at=self.county.place))
        self.decides = with_codes(an_account("decides", at=self.county.place))
        self.above = with_codes(an_account("above", at=self.city.place))
        self.below = with_codes(an_account("below", at=self.town.place))
        self.beside = with_codes(an_account("beside", at=self.other.place))

    def entered(self, value: str = NEW, since: date = date(2026, 5, 1)) -> ParameterChange:
        """A value that waits for somebody."""
        return services.enter(
            NewValue(KEY, value, since, "安禾工发〔2026〕示例号"), place=self.county.place, by=acts(self.enters)
        )


def acts(account: Account) -> Actor:
    return actor_of(account, on=DAY)


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


def hours(region: str, on: date) -> str:
    return parameter(KEY, region=region, on=on).value


def test_a_value_holds_once_another_cadre_agrees(desk: Desk) -> None:
    change = desk.entered()
    assert hours("349921", date(2026, 5, 1)) == OLD
    services.agree(change.pk, by=acts(desk.decides))
    assert (hours("349921", date(2026, 4, 30)), hours("349921", date(2026, 5, 1))) == (OLD, NEW)
    assert hours("349922", date(2026, 5, 1)) == OLD
    found = parameter(KEY, region="349921", on=date(2026, 5, 1))
    assert (found.source, found.is_default) == ("安禾工发〔2026〕示例号", False)
    verbs = list(Entry.objects.order_by("id").filter(thing=services.THING).values_list("verb", flat=True))
    assert verbs == ["enter_parameter", "put_parameter_in_force"]


def test_nobody_puts_her_own_value_in_force(desk: Desk) -> None:
    change = desk.entered()
    with pytest.raises(NotChanged) as refused:
        services.agree(change.pk, by=acts(desk.enters))
    assert refused.value.reason.code == "own_change"
    with pytest.raises(IntegrityError, match="parameter_change_never_own_decision"), transaction.atomic():
        ParameterChange.objects.filter(pk=change.pk).update(decided_by=desk.enters)
    assert hours("349921", date(2026, 5, 1)) == OLD


def test_the_union_above_decides_where_a_cadre_is_alone(desk: Desk) -> None:
    services.agree(desk.entered().pk, by=acts(desk.above))
    assert hours("349921", date(2026, 5, 1)) == NEW


def test_below_and_beside_nobody_decides_or_enters(desk: Desk) -> None:
    change = desk.entered()
    for account in (desk.below, desk.beside):
        with pytest.raises(ParameterChange.DoesNotExist):
            services.agree(change.pk, by=acts(account))
    for account, union in ((desk.below, desk.town), (desk.beside, desk.county), (desk.below, desk.county)):
        with pytest.raises(Forbidden):
            services.enter(NewValue(KEY, NEW, DAY, "x"), place=union.place, by=acts(account))


@pytest.mark.parametrize(
    ("value", "source", "field", "code"),
    [
        ("9-5", "示例", "value", "value_no_hours"),
        (NEW, "  ", "source", "source_missing"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(
    desk: Desk, value: str, source: str, field: str, code: str
) -> None:
    with pytest.raises(NotChanged) as refused:
        services.enter(NewValue(KEY, value, DAY, source), place=desk.county.place, by=acts(desk.enters))
    assert (refused.value.field, refused.value.reason.code) == (field, code)


def test_one_change_waits_at_a_time_and_a_later_value_comes_first(desk: Desk) -> None:
    change = desk.entered()
    with pytest.raises(NotChanged) as refused:
        desk.entered()
    assert refused.value.reason.code == "one_waits"
    services.agree(change.pk, by=acts(desk.decides))
    with pytest.raises(NotChanged) as refused:
        desk.entered(OLD, since=date(2026, 5, 1))
    assert refused.value.reason.code == "later_value"
    desk.entered(OLD, since=date(2026, 5, 2))


def test_a_refusal_says_why_and_leaves_the_old_value(desk: Desk) -> None:
    change = services.refuse(desk.entered().pk, why=Refusal.DAY_DIFFERS, by=acts(desk.decides))
    assert (change.state, change.refusal, hours("349921", date(2026, 5, 1))) == ("refused", "day_differs", OLD)
    with pytest.raises(NotChanged):
        services.agree(change.pk, by=acts(desk.above))


def test_only_who_entered_takes_it_back(desk: Desk) -> None:
    change = desk.entered()
    with pytest.raises(NotChanged):
        services.withdraw(change.pk, by=acts(desk.decides))
    assert services.withdraw(change.pk, by=acts(desk.enters)).state == "withdrawn"
    with pytest.raises(NotChanged):
        services.withdraw(change.pk, by=acts(desk.enters))


@pytest.mark.parametrize("state", list(State))
def test_only_what_waits_is_decided(state: State) -> None:
    reason = why_not_decide(state, entered_by=1, decides=2)
    assert (reason is None) == (state is State.WAITS)
    assert set(MOVES.values()) == set(State) - {State.WAITS}


def test_it_is_a_thing_to_do_for_others_alone(desk: Desk) -> None:
    change = desk.entered()
    for account, number in ((desk.decides, 1), (desk.above, 1), (desk.enters, 0), (desk.below, 0), (desk.beside, 0)):
        found = things_to_do(acts(account), DAY)
        assert [each.address for each in found] == [f"/parameters/changes/{change.pk}/"] * number, account.login


def test_the_pages_lead_from_the_value_to_the_second_person(desk: Desk) -> None:
    client = open_session(Client(), desk.enters)
    page = client.get("/parameters/").content.decode()
    assert "09:00–12:00、14:00–18:00" in page
    assert "本系统默认值" in page
    one = client.get(f"/parameters/of/{KEY}/").content.decode()
    assert "349900" in one
    assert "填新的值" in one
    form: dict[str, Any] = {"value": "９点", "valid_from": "2026-05-01", "source": "安禾工发〔2026〕示例号"}
    assert "看不出是几点到几点" in client.post(f"/parameters/of/{KEY}/new/", form).content.decode()
    answer = client.post(f"/parameters/of/{KEY}/new/", form | {"value": NEW})
    change = ParameterChange.objects.get()
    assert answer.headers["Location"] == f"/parameters/changes/{change.pk}/"
    own = client.get(answer.headers["Location"]).content.decode()
    assert "等另一位看" in own
    assert "和文件一样，生效" not in own
    assert "填新的值" not in client.get(f"/parameters/of/{KEY}/").content.decode()
    other = open_session(Client(), desk.decides)
    assert "和文件一样，生效" in other.get(f"/parameters/changes/{change.pk}/").content.decode()
    assert "还没有选" in other.post(f"/parameters/changes/{change.pk}/decide/", {"verb": "refuse"}).content.decode()
    other.post(f"/parameters/changes/{change.pk}/decide/", {"verb": "agree"})
    assert hours("349921", date(2026, 5, 1)) == NEW
    assert "安禾工发〔2026〕示例号" in other.get("/parameters/of/office_hours/").content.decode()
    assert other.post(f"/parameters/changes/{change.pk}/decide/", {"verb": "dance"}).status_code == 404


def test_who_has_no_parameters_finds_none(desk: Desk) -> None:
    change = desk.entered()
    beside = open_session(Client(), desk.beside)
    assert beside.get(f"/parameters/changes/{change.pk}/").status_code == 404
    assert open_session(Client(), desk.below).get(f"/parameters/of/{KEY}/new/").status_code == 404
    assert beside.get("/parameters/of/no_such_key/").status_code == 404
    admin = open_session(Client(), with_codes(an_account("sys", role=Role.SYSTEM_ADMIN, at=desk.county.place)))
    assert admin.get("/parameters/").status_code == 404


@pytest.mark.parametrize(
    ("value", "measure", "said"),
    [
        ("5", "working_days", "5 个工作日"),
        ("65000", "fen", "650.00 元"),
        ("0.5", "percent", "0.5%"),
        ("12", "months", "12 个月"),
    ],
)
def test_values_are_said_as_people_say_them(value: str, measure: str, said: str) -> None:
    assert said_value(value, measure) == said


def test_the_wall_stands_between_counties(desk: Desk) -> None:
    desk.entered()
    for account, number in ((desk.decides, 1), (desk.above, 1), (desk.beside, 0)):
        with acting(acts(account)):
            assert ParameterChange.objects.count() == number, account.login
