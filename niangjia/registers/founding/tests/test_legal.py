"""Unions as legal persons: a certificate holds as long as its term and as long as it says what is so."""

from dataclasses import replace
from datetime import date, datetime
from http import HTTPStatus

import pytest
from django.db import transaction
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.phone_code.tests.door import gateway
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.registers.committees.queries import present_term
from niangjia.registers.committees.services import begin_term
from niangjia.registers.founding.legal.models import LegalPerson
from niangjia.registers.founding.legal.queries import Standing, standing_of, visible_to
from niangjia.registers.founding.legal.rules import LegalState, Says, differing, due_on, state_of
from niangjia.registers.founding.legal.services import LegalRefused, cancel, register_legal_person, reissue
from niangjia.registers.founding.legal.today import things_to_do
from niangjia.registers.founding.tests.site import APPROVAL, AT, Site
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.services import close_union, edit_union, facts_of

__all__ = ["gateway"]
DAY = date(2026, 11, 20)
CODE = "81340800123456788R"
CERTIFIED = Says(1, "恒通工会", "工业路 8 号", 7)


@pytest.mark.parametrize(
    ("now", "on", "state"),
    [
        (CERTIFIED, DAY, LegalState.VALID),
        (replace(CERTIFIED, name="恒通新工会"), DAY, LegalState.CHANGED),
        (replace(CERTIFIED, representative_id=None), DAY, LegalState.CHANGED),
        (CERTIFIED, date(2029, 11, 20), LegalState.RUN_OUT),
        (replace(CERTIFIED, term_id=2), DAY, LegalState.RUN_OUT),
    ],
)
def test_a_certificate_never_holds_after_its_term(now: Says, on: date, state: LegalState) -> None:
    assert state_of(CERTIFIED, now, term_last_on=date(2029, 11, 19), is_cancelled=False, on=on) is state
    assert state_of(CERTIFIED, now, term_last_on=on, is_cancelled=True, on=on) is LegalState.CANCELLED


def test_what_differs_is_due_within_thirty_days() -> None:
    assert differing(CERTIFIED, replace(CERTIFIED, name="x", address="y")) == ("name", "address")
    assert due_on(date(2026, 11, 20)) == date(2026, 12, 20)


pages = pytest.mark.django_db(transaction=True)


class Founded(Site):
    """The shop's union was founded by a document of the town."""

    def __init__(self) -> None:
        super().__init__()
        founding = self.prepares()
        self.members(founding)
        self.reports(founding)
        self.presses(self.wang, founding, "approve", answers=APPROVAL)
        self.edited(address="工业路 8 号", pk=founding.union_id)
        self.union = Union.objects.select_related("place").get(pk=founding.union_id)

    def edited(self, *, pk: int | None = None, at: datetime = AT, **facts: str) -> None:
        """The county changes what is registered of it."""
        pk = pk or self.union.pk
        actor, union = self.actor(self.zhou), Union.objects.select_related("place").get(pk=pk)
        with clock.at(at), transaction.atomic(), acting(actor):
            edit_union(pk, replace(facts_of(union), **facts), by=actor, on=at.date())

    def registers(self, who: Account | None = None, uscc: str = CODE, number: str = "工法证字第 341 号") -> LegalPerson:
        """The county registers it."""
        actor = self.actor(who or self.zhou)
        with clock.at(AT), transaction.atomic(), acting(actor):
            return register_legal_person(self.union.pk, uscc=uscc, certificate_no=number, by=actor, on=DAY)

    def stands(self, on: date = DAY) -> Standing:
        """How its certificate stands."""
        return standing_of(visible_to(self.actor(self.zhou)).get(pk=self.union.pk), on=on)


@pages
def test_the_county_registers_a_union_that_has_name_seat_and_head() -> None:
    site = Founded()
    legal = site.registers()
    site.union.refresh_from_db()
    assert (site.union.uscc, legal.name, legal.address) == (CODE, site.union.name, "工业路 8 号")
    standing = site.stands()
    assert (standing.state, standing.valid_to, standing.differs) == (LegalState.VALID, date(2031, 11, 19), ())
    assert site.stands(date(2031, 11, 20)).state is LegalState.RUN_OUT
    with pytest.raises(LegalRefused):
        site.registers()


@pages
def test_a_code_of_another_kind_and_a_town_s_cadre_are_refused() -> None:
    site = Founded()
    for uscc, number in (("91350100M000100Y43", "1"), ("81340800123456788X", "1"), ("", "1"), (CODE, " ")):
        with pytest.raises(LegalRefused):
            site.registers(uscc=uscc, number=number)
    with pytest.raises(Forbidden):
        site.registers(site.li)
    site.union.refresh_from_db()
    assert (site.union.uscc, LegalPerson.objects.count()) == (None, 0)


@pages
def test_a_union_in_preparation_is_no_legal_person() -> None:
    site = Site()
    union = site.prepares().union
    actor = site.actor(site.zhou)
    with pytest.raises(LegalRefused), transaction.atomic(), acting(actor):
        register_legal_person(union.pk, uscc=CODE, certificate_no="1", by=actor, on=DAY)


@pages
def test_a_new_name_is_registered_within_thirty_days_and_stands_on_today() -> None:
    site = Founded()
    site.registers()
    later = datetime(2026, 12, 1, 10, 0, tzinfo=clock.PEOPLE_ZONE)
    site.edited(at=later, name="恒通机械集团有限公司工会")
    standing, actor = site.stands(later.date()), site.actor(site.zhou)
    assert (standing.state, standing.differs) == (LegalState.CHANGED, ("name",))
    assert standing.due_on is not None
    (thing,) = things_to_do(actor, later.date())
    assert (thing.due, thing.address) == (standing.due_on, f"/unions/{site.union.code}/legal-person/")
    with clock.at(later), transaction.atomic(), acting(actor):
        reissue(site.union.pk, certificate_no="", by=actor, on=later.date())
    assert site.stands(later.date()).state is LegalState.VALID
    assert things_to_do(actor, later.date()) == []
    with pytest.raises(LegalRefused), transaction.atomic(), acting(actor):
        reissue(site.union.pk, certificate_no="", by=actor, on=later.date())


@pages
def test_an_election_asks_for_a_new_certificate() -> None:
    site = Founded()
    site.registers()
    actor, day = site.actor(site.zhou), datetime(2029, 3, 1, 10, 0, tzinfo=clock.PEOPLE_ZONE)
    with clock.at(day), transaction.atomic(), acting(actor):
        begin_term(
            site.union.place,
            years=3,
            begins_on=day.date(),
            document_number="柳工发〔2029〕3号",
            approved_on=day.date(),
            by=actor,
        )
    standing = site.stands(day.date())
    assert (standing.state, standing.due_on) == (LegalState.RUN_OUT, date(2029, 3, 31))
    assert [thing.due for thing in things_to_do(actor, day.date())] == [date(2029, 3, 31)]
    assert present_term(site.union.pk) is not None


@pages
def test_what_is_cancelled_takes_its_code_along_and_closing_cancels() -> None:
    site = Founded()
    site.registers()
    actor = site.actor(site.zhou)
    with clock.at(AT), transaction.atomic(), acting(actor):
        cancel(site.union.pk, by=actor, on=DAY)
    site.union.refresh_from_db()
    assert (site.union.uscc, site.stands().state) == (None, LegalState.CANCELLED)
    site.registers()
    with clock.at(AT), transaction.atomic(), acting(actor):
        close_union(site.union.pk, by=actor, on=date(2026, 11, 21))
    assert LegalPerson.objects.get().cancelled_on == date(2026, 11, 21)


@pages
def test_the_page_registers_and_says_whether_it_holds() -> None:
    site = Founded()
    address = f"/unions/{site.union.code}/legal-person/"
    county, town = open_session(Client(), site.zhou), open_session(Client(), site.li)
    assert "登记法人资格" in county.get(address).content.decode()
    assert "登记法人资格" not in town.get(address).content.decode()
    assert town.post(address, {"act": "register"}).status_code == HTTPStatus.NOT_FOUND
    wrong = county.post(address, {"act": "register", "uscc": "91350100M000100Y43", "certificate_no": "341"})
    assert "81 或 89" in wrong.content.decode()
    assert (
        county.post(address, {"act": "register", "uscc": CODE, "certificate_no": "341"}).status_code == HTTPStatus.FOUND
    )
    shown = town.get(address).content.decode()
    assert CODE in shown
    assert "有效" in shown
    assert "法人资格" in county.get(f"/unions/{site.union.code}/").content.decode()
