"""What towns that become one mean to committees, to legal persons, to parks, leads and unions away from home."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.services import NotMade
from niangjia.registers.committees.elections.preparing import begin_election
from niangjia.registers.committees.models import Body, Seat, Term
from niangjia.registers.committees.queries import people_of, present_term
from niangjia.registers.employers.away.models import AwayUnion
from niangjia.registers.employers.models import Coverage, Employer, Park
from niangjia.registers.employers.targets.models import Lead, Target
from niangjia.registers.founding.legal.models import LegalPerson
from niangjia.registers.founding.legal.queries import standing_of, visible_to
from niangjia.registers.founding.legal.rules import LegalState
from niangjia.registers.founding.legal.services import cancel
from niangjia.registers.founding.legal.today import things_to_do
from niangjia.registers.members.models import Membership
from niangjia.registers.members.tests.people import a_number, enrol
from niangjia.registers.orgs.closing import effects_of
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.reorganising.models import Reorganisation
from niangjia.registers.orgs.reorganising.parts import splitting
from niangjia.registers.orgs.reorganising.queries import Wish, report_on
from niangjia.registers.orgs.reorganising.rules.plans import Operation
from niangjia.registers.orgs.reorganising.rules.workflow import SUBMIT
from niangjia.registers.orgs.reorganising.services import carry_out, tell_members
from niangjia.registers.orgs.reorganising.tests.land import AT, BEFORE, NIGHT, ON, Land
from niangjia.registers.orgs.tests.office import OPERATOR

pytestmark = pytest.mark.django_db
BEGAN = date(2024, 12, 1)
LATER = datetime(2026, 12, 10, 10, 0, tzinfo=clock.PEOPLE_ZONE)


class Settled(Land):
    """Both towns have a term; 陈桂兰 leads the park's committee."""

    def __init__(self) -> None:
        super().__init__()
        self.terms = {union.pk: self.term(union) for union in (self.park, self.town)}
        body = Body.objects.create(
            city=self.park.city, term=self.terms[self.park.pk], union=self.park, kind="committee", since=BEGAN
        )
        Seat.objects.create(
            city=self.park.city, body=body, union=self.park, person_id=self.chen.pk, post="chair", since=BEGAN
        )

    @staticmethod
    def term(union: Union) -> Term:
        """A term of five years."""
        return Term.objects.create(
            city=union.city, union=union, number=3, years=5, begins_on=BEGAN, ends_on=date(2029, 11, 30),
            document_number="安工发〔2024〕9号", approved_on=BEGAN,
        )  # fmt: skip

    def certified(self) -> LegalPerson:
        """The park is a legal person."""
        return LegalPerson.objects.create(
            union=self.park, city=self.park.city, certificate_no="工法证字第 7 号", name=self.park.name, address="园区路 1 号",
            representative=self.chen, term=self.terms[self.park.pk], registered_on=BEGAN, issued_on=BEGAN,
        )  # fmt: skip

    def elects(self, union: Union) -> None:
        """It begins an election."""
        with clock.at(AT):
            begin_election(union, by=OPERATOR)


@pytest.fixture
def land() -> Settled:
    return Settled()


def carried(land: Land, wish: Wish) -> Reorganisation:
    kept = land.approved(wish)
    assert carry_out(kept.pk, at=NIGHT)
    return Reorganisation.objects.get(pk=kept.pk)


def said(wish: Wish) -> str:
    return "\n".join(str(each.words) for each in report_on(wish))


def test_a_committee_ends_on_the_eve_and_the_one_of_the_union_that_stays_goes_on(land: Settled) -> None:
    words = said(land.merged())
    assert f"「{land.park.name}」第 3 届到那天的前一天为止" in words
    assert f"「{land.town.name}」第 3 届委员会不变" in words
    kept = carried(land, land.merged())
    assert kept.effects["terms"] == 1
    former, staying = (Term.objects.get(pk=land.terms[union.pk].pk) for union in (land.park, land.town))
    assert (former.ended_on, staying.ended_on) == (BEFORE, None)
    assert Seat.objects.get(person=land.chen).until == BEFORE
    # what was elected there is not sitting here: who leads is elected, not handed over
    assert not Seat.objects.filter(union=land.town).exists()


@pytest.mark.parametrize("operation", [Operation.MERGE, Operation.DISSOLVE])
def test_an_election_under_way_is_in_the_way(land: Settled, operation: Operation) -> None:
    source = land.park if operation is Operation.MERGE else land.plant
    land.term(land.plant)
    land.elects(source)
    wish = land.merged() if operation is Operation.MERGE else Wish(operation, (land.fresh(source),), ON)
    assert [each.address for each in report_on(wish) if each.blocks] == ["/desk/election/"]
    kept = land.planned(wish)
    with pytest.raises(NotMade) as why:
        land.pressed(kept, SUBMIT, land.zhou)
    assert "选举还没有办完" in why.value.reason.sentence
    assert any(each.blocks for each in effects_of(land.fresh(source), on=ON))


def test_who_elects_at_the_union_that_stays_is_told_that_others_come(land: Settled) -> None:
    land.elects(land.town)
    effects = [each for each in report_on(land.merged()) if "也有选举权" in str(each.words)]
    assert [each.blocks for each in effects] == [False]
    before = people_of(land.town).members
    carried(land, land.merged())
    assert people_of(land.fresh(land.town)).members == before + 1


def test_a_union_that_is_set_up_by_it_has_no_committee_yet(land: Settled) -> None:
    wish = Wish(Operation.MERGE, (land.fresh(land.park), land.fresh(land.town)), ON, name="新城街道总工会")
    assert said(wish).count("「新城街道总工会」那天还没有委员会") == 1
    made = carried(land, wish).made
    assert made is not None
    assert present_term(made.pk) is None
    split = Wish(
        Operation.SPLIT, (land.fresh(made),), ON + timedelta(days=9), name="东城总工会", goes=(land.fresh(land.plant),)
    )
    assert "「东城总工会」那天还没有委员会" in said(split)


def test_a_legal_person_that_went_is_cancelled_within_thirty_days_by_who_registers_it(land: Settled) -> None:
    legal = land.certified()
    assert "12月30日以前到登记机关注销" in said(land.merged())
    kept = carried(land, land.merged())
    assert kept.effects["legal_persons"] == 1
    actor, town = land.actor(land.zhou), land.actor(land.hers)
    standing = standing_of(visible_to(actor).get(pk=legal.pk), on=LATER.date())
    assert (standing.state, standing.due_on) == (LegalState.ENDED, BEFORE + timedelta(days=30))
    (thing,) = things_to_do(actor, LATER.date())
    assert (thing.due, "要注销" in str(thing.title)) == (standing.due_on, True)
    assert things_to_do(town, LATER.date()) == []
    with clock.at(LATER):
        page = open_session(Client(), land.zhou).get(thing.address).content.decode()
    assert "注销法人资格" in page
    assert "按现在的情况换证" not in page
    with clock.at(LATER), transaction.atomic(), acting(actor):
        cancel(land.park.pk, by=actor, on=LATER.date())
    assert things_to_do(actor, LATER.date()) == []


def test_parks_leads_and_unions_away_go_along(land: Settled) -> None:
    park = Park.objects.create(city=land.park.city, place=land.park.place, name="东区工业园")
    Employer.objects.filter(pk=land.employer.pk).update(park=park)
    lead = Lead.objects.create(
        city=land.park.city, place=land.park.place, name="同心超市", name_key="同心超市", members=3, found_on=AT.date()
    )
    away = AwayUnion.objects.create(
        union=land.plant, city=land.park.city, home=land.park, host_region="310000", host_place="上海", since_on=BEGAN
    )
    words = said(land.merged())
    assert "1 个园区归新的工会管" in words
    assert "1 个驻外农民工工会" in words
    effects = carried(land, land.merged()).effects
    assert (effects["parks"], effects["leads"], effects["away_unions"]) == (1, 1, 1)
    for row in (park, lead):
        row.refresh_from_db()
        assert row.place_id == land.town.pk
    away.refresh_from_db()
    assert (away.home_id, away.until_on) == (land.town.pk, None)
    assert Employer.objects.get(pk=land.employer.pk).park_id == park.pk


def test_what_was_handed_to_the_cadre_who_loses_her_right_is_said(land: Settled) -> None:
    Target.objects.create(
        city=land.park.city,
        employer=land.employer,
        cadre=land.hers,
        due_on=ON + timedelta(days=30),
        handed_on=AT.date(),
    )
    assert "要另外交给人" in said(land.merged())
    carried(land, land.merged())
    assert Target.objects.get().ended_on is None


def test_members_of_an_employer_go_along_when_a_union_is_split(land: Settled) -> None:
    Membership.objects.filter(person=land.chen).update(employer=land.employer)
    stays = enrol({"name": "赵春梅", "id_number": a_number("34992119790225", 2)}, land.park)
    (group,) = splitting().groups(land.park)
    assert (group.key, group.words, group.members) == (str(land.employer.pk), land.employer.name, 1)
    wish = Wish(Operation.SPLIT, (land.fresh(land.park),), ON, name="东区联合工会", groups=(group.key,))
    assert "1 名会员（1 家单位）" in said(wish)
    kept = carried(land, wish)
    assert kept.made is not None
    assert (kept.effects["members"], kept.effects["employers"]) == (1, 1)
    rows = list(Membership.objects.filter(person=land.chen).order_by("period"))
    assert [(row.union_id, row.period.upper) for row in rows] == [(land.park.pk, ON), (kept.made.pk, None)]
    assert Membership.objects.get(person=stays, period__upper_inf=True).union_id == land.park.pk
    assert Coverage.objects.get(employer=land.employer, valid_to=None).union_id == kept.made.pk
    assert tell_members(kept.pk) == 1


def test_who_has_gone_meanwhile_is_not_split(land: Settled) -> None:
    wish = Wish(Operation.SPLIT, (land.fresh(land.park),), ON, name="东区联合工会", groups=(str(land.employer.pk),))
    assert [each.blocks for each in report_on(wish)][:1] == [True]


def test_the_form_of_a_split_asks_whose_members_go(land: Settled) -> None:
    Membership.objects.filter(person=land.chen).update(employer=land.employer)
    client, address = open_session(Client(), land.zhou), f"/unions/{land.park.code}/reorganise/split/"
    given = {
        "name": "东区联合工会",
        "planned_on": str(clock.today() + timedelta(days=3)),
        "groups": str(land.employer.pk),
    }
    assert f"{land.employer.name}（1）" in client.get(address).content.decode()
    assert "1 名会员（1 家单位）" in client.post(address, given | {"try": "1"}).content.decode()
    assert client.post(address, given | {"keep": "1"}).status_code == 302
    assert Reorganisation.objects.get().groups == [str(land.employer.pk)]
