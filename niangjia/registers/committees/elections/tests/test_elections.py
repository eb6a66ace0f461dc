"""Elections on PostgreSQL: from the plan to the approval, and everything that the law refuses, with its article."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.messages.models import Message
from niangjia.registers.committees.elections.approving import CountRefused
from niangjia.registers.committees.elections.models import Candidate, Election
from niangjia.registers.committees.elections.tests.steps import Renewal
from niangjia.registers.committees.models import Seat, Term
from niangjia.registers.committees.queries import present_term
from niangjia.registers.committees.services import leave_seat
from niangjia.registers.committees.tests.hall import AT, Hall
from niangjia.registers.members.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def renewal() -> Iterator[Renewal]:
    """The mill, in the last months of its first term."""
    with clock.at(AT):
        hall = Hall()
        hall.term()
        yield Renewal(hall)


def said(act: Callable[[], object]) -> str:
    """Why a move was refused."""
    with pytest.raises(NotMade) as refused:
        act()
    return str(refused.value.reason)


def test_a_committee_is_renewed_from_the_plan_to_the_approval(renewal: Renewal) -> None:
    hall, first = renewal.hall, present_term(renewal.hall.mill.pk)
    renewal.plan()
    renewal.candidates()
    renewal.convene()
    assert (renewal.election.entitled, renewal.election.members, renewal.election.women) == (30, 30, 12)
    renewal.count()
    assert renewal.stage == "elected"
    renewal.press("report")
    assert Message.objects.filter(template="election_reported", account=hall.li).exists()
    renewal.approve()
    term = present_term(hall.mill.pk)
    assert first is not None
    assert term is not None
    assert (term.number, term.begins_on, term.document_number) == (2, date(2026, 11, 18), "安禾工发〔2026〕31号")
    assert Seat.objects.filter(body__term=term, until=None).count() == 8
    chair = Seat.objects.get(body__term=term, body__kind="committee", post="chair")
    assert chair.person_id == hall.people[0].pk
    assert Term.objects.get(pk=first.pk).ended_on == date(2026, 11, 17)
    assert renewal.election.settled_at is not None
    assert Message.objects.filter(template="election_approved", account=hall.chair).exists()


def test_the_union_itself_never_approves_its_own_election(renewal: Renewal) -> None:
    renewal.plan()
    renewal.candidates()
    renewal.convene()
    renewal.count()
    renewal.press("report")
    own = renewal.hall.account("own-cadre", Role.CADRE, renewal.hall.mill)
    for who in (renewal.hall.chair, own):
        with pytest.raises((Forbidden, NotMade)):
            renewal.approve(who)
    assert renewal.stage == "reported"
    assert Term.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "article"),
    [
        ({"seats": 9}, "27号"),
        ({"form": "organiser", "seats": 1}, "第十一条"),
        ({"form": "joint_committee"}, "第十一条"),
        ({"audit_seats": 2}, "第四十五条"),
        ({"meeting": "congress", "representatives": 20}, "会员不到 100 人"),
    ],
)
def test_a_plan_against_the_law_is_refused_with_the_article(
    renewal: Renewal, changed: dict[str, object], article: str
) -> None:
    assert article in said(lambda: renewal.plan(**changed))
    assert renewal.stage == "preparing"


def test_who_may_not_stand_is_told_why(renewal: Renewal) -> None:
    hall = renewal.hall
    renewal.plan()
    assert "第十条" in said(lambda: renewal.nominate(0, relative=True))
    assert "行政正副职" in said(lambda: renewal.nominate(0, post="chair", manager=True))
    assert "人力资源" in said(lambda: renewal.nominate(0, post="chair", personnel=True))
    assert "外籍" in said(lambda: renewal.nominate(0, post="vice_chair", foreign=True))
    renewal.nominate(0, manager=True)
    Membership.objects.filter(person=hall.people[1]).update(state="retained")
    assert "保留会籍" in said(lambda: renewal.nominate(1))
    hall.people[2] = hall.member(77, is_woman=True, union=hall.plant)
    assert "看不出是哪一位" in said(lambda: renewal.nominate(2)), "of members elsewhere nothing is told"
    renewal.nominate(3, post="finance")
    assert "第四十五条" in said(lambda: renewal.nominate(3, "audit"))
    assert "提名过了" in said(lambda: renewal.nominate(0))
    assert Candidate.objects.count() == 2


def test_an_election_needs_more_candidates_than_seats(renewal: Renewal) -> None:
    renewal.plan()
    for number in range(5):
        renewal.nominate(number)
    for number in range(10, 14):
        renewal.nominate(number, "audit")
    assert "差额" in said(renewal.convene)
    renewal.nominate(5)
    renewal.convene()
    assert renewal.stage == "meeting"


def test_a_meeting_below_two_thirds_is_not_valid(renewal: Renewal) -> None:
    renewal.plan()
    renewal.candidates()
    renewal.convene()
    with pytest.raises(CountRefused) as refused:
        renewal.count(present=19, ballots=19)
    assert "三分之二" in str(refused.value.reasons["present"])
    assert renewal.stage == "meeting"
    assert not Candidate.objects.exclude(votes=None).exists()
    renewal.count(present=20, ballots=20, votes=dict.fromkeys((*range(5), *range(10, 13)), 18))
    assert renewal.stage == "elected"


def test_half_of_all_is_not_enough_and_a_second_round_fills_what_is_left(renewal: Renewal) -> None:
    renewal.plan()
    renewal.candidates()
    renewal.convene()
    renewal.count({4: 15, 5: 15})
    assert renewal.stage == "second_round"
    assert Candidate.objects.filter(body="committee", is_elected=True).count() == 4
    renewal.count({4: 16, 5: 10}, present=26, ballots=26)
    assert renewal.stage == "elected"
    assert Candidate.objects.filter(is_elected=True).count() == 8


def test_fewer_seats_only_where_the_law_leaves_room(renewal: Renewal) -> None:
    renewal.plan()
    renewal.candidates()
    renewal.convene()
    renewal.count({2: 3, 3: 3, 4: 3, 5: 3})
    assert "27号" in said(lambda: renewal.press("fewer"))
    renewal.count({2: 20, 3: 3, 4: 3, 5: 3})
    renewal.press("fewer")
    assert (renewal.stage, renewal.election.seats) == ("elected", 3)


def test_an_elected_committee_without_a_chair_is_not_reported_until_one_is_chosen(renewal: Renewal) -> None:
    renewal.plan()
    renewal.candidates()
    renewal.convene()
    renewal.count({0: 3, 5: 25})
    assert "主席" in said(lambda: renewal.press("report"))
    who = {"person": str(renewal.hall.people[5].pk), "body": "committee", "post": "chair"}
    assert "行政正副职" in said(lambda: renewal.press("choose", who | {"manager": True}))
    renewal.press("choose", who)
    renewal.press("report")
    assert renewal.stage == "reported"


def test_a_vacant_chair_is_filled_by_an_election_of_its_own(renewal: Renewal) -> None:
    hall = renewal.hall
    assert "现在有人" in said(
        lambda: renewal.press("plan", {"kind": "by_election", "post": "chair", "meeting": "general"})
    )
    seat = Seat.objects.select_related("body").get(body__kind="committee", post="chair")
    leave_seat(seat, by=hall.actor(hall.chair), on=AT.date())
    renewal.press("plan", {"kind": "by_election", "post": "chair", "meeting": "general"})
    renewal.nominate(20)
    renewal.convene()
    renewal.count({20: 27})
    renewal.press("report")
    renewal.approve()
    now = Seat.objects.get(body__kind="committee", post="chair", until=None)
    assert (now.person_id, Term.objects.count()) == (hall.people[20].pk, 1)


def test_a_small_union_elects_one_organiser() -> None:
    with clock.at(AT):
        hall = Hall(members=8, women=3)
        renewal = Renewal(hall)
        renewal.plan(form="organiser", seats=1, audit_seats=1)
        renewal.nominate(0, post="chair")
        renewal.nominate(1, "audit")
        renewal.convene()
        renewal.count({0: 7, 1: 7}, present=7, ballots=7)
        renewal.press("report")
        renewal.approve()
        term = present_term(hall.mill.pk)
    assert term is not None
    assert (term.form, term.number) == ("organiser", 1)
    assert set(Seat.objects.values_list("body__kind", "post")) == {("committee", "organiser"), ("audit", "member")}


def test_one_election_at_a_time_and_what_is_dropped_leaves_room(renewal: Renewal) -> None:
    again = Renewal(renewal.hall)
    assert again.case.pk == renewal.case.pk
    renewal.press("drop", reason="put_off")
    assert Renewal(renewal.hall).case.pk != renewal.case.pk
    assert Election.objects.filter(settled_at=None).count() == 1
