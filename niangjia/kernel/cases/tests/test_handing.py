"""Hand-overs, who meets what, who keeps away, extensions, duplicates, ratings."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.models import Case, HandOver, HandOverKind, HandOverState, Opinion, Party, Rating, Step
from niangjia.kernel.cases.queries import knows_who, own_cases, timeline, visible_to, words_in
from niangjia.kernel.cases.refusals import NotMade
from niangjia.kernel.cases.services import (
    Act,
    Offer,
    accept,
    assign,
    bar,
    decline,
    end_help,
    extend,
    join,
    make,
    offer,
    rate,
    take_back,
)
from niangjia.kernel.cases.tests.world import AT, World, later, wired

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: object) -> World:
    wired(settings)
    return World()


def act(by: Actor, reason: str = "", says: str = "", **after: float) -> Act:
    return Act(by, later(**after) if after else AT, reason, says)


def offered(world: World, case: Case, kind: HandOverKind, *, knows: bool = False, by: Actor | None = None) -> HandOver:
    who = by or world.zhou
    with acting(who):
        return offer(case.pk, Offer(kind, world.park.pk, knows), act=act(who, says="请帮忙办"))


def accepted(row: HandOver, by: Actor) -> Case:
    with acting(by):
        return accept(row.pk, act=act(by, hours=1))


def meets(actor: Actor, case: Case) -> bool:
    with acting(actor):
        return Case.objects.filter(pk=case.pk).exists() and visible_to(actor).filter(pk=case.pk).exists()


def knows(actor: Actor, case: Case) -> bool:
    with acting(actor):
        told = Party.objects.filter(case=case).exists()
        assert told == knows_who(actor, case)
        return told


def refused(call: object) -> str:
    with pytest.raises(NotMade) as why:
        call()  # type: ignore[operator]
    return why.value.reason.code


def test_a_case_stays_where_it_is_until_the_other_side_takes_it(world: World) -> None:
    case = world.opened()
    row = offered(world, case, HandOverKind.TRANSFER)
    case.refresh_from_db()
    assert case.place_id == world.town.pk
    assert meets(world.park_cadre, case)
    assert not knows(world.park_cadre, case)
    case = accepted(row, world.park_cadre)
    assert (case.place_id, case.handler_id) == (world.park.pk, None)
    assert not meets(world.zhou, case)
    assert meets(world.county_cadre, case)
    assert words_in(HandOver.objects.get()) == "请帮忙办"


def test_handed_down_without_a_name(world: World) -> None:
    case = world.opened(place=world.county)
    with acting(world.county_cadre):
        row = offer(case.pk, Offer(HandOverKind.REFER, world.town.pk), act=act(world.county_cadre))
    accepted(row, world.zhou)
    assert meets(world.zhou, case)
    assert not knows(world.zhou, case)
    assert knows(world.county_cadre, case)
    with acting(world.zhou):
        assert Party.objects.count() == 0
        assert not any(told.by_name for told in timeline(Case.objects.get(pk=case.pk), is_desk=True)[:1])


def test_handed_on_with_the_name_where_that_is_said(world: World) -> None:
    case = world.opened()
    accepted(offered(world, case, HandOverKind.TRANSFER, knows=True), world.park_cadre)
    assert knows(world.park_cadre, case)


def test_help_leaves_the_case_where_it_is(world: World) -> None:
    case = accepted(offered(world, world.opened(), HandOverKind.HELP), world.park_cadre)
    assert case.place_id == world.town.pk
    assert meets(world.park_cadre, case)
    with acting(world.zhou):
        end_help(case.pk, world.park.pk, act=act(world.zhou))
    assert not meets(world.park_cadre, case)


def test_no_needs_a_reason_and_shuts_the_door_again(world: World) -> None:
    case = world.opened()
    row = offered(world, case, HandOverKind.TRANSFER)
    with acting(world.park_cadre):
        assert refused(lambda: decline(row.pk, act=act(world.park_cadre))) == "reason_missing"
        decline(row.pk, act=act(world.park_cadre, says="不归我们管"))
    assert not meets(world.park_cadre, case)
    assert HandOver.objects.get().state == HandOverState.DECLINED


def test_an_offer_is_made_once_and_can_be_taken_back(world: World) -> None:
    case = world.opened()
    row = offered(world, case, HandOverKind.TRANSFER)
    assert refused(lambda: offered(world, case, HandOverKind.TRANSFER)) == "waits_for_other_side"
    with acting(world.zhou):
        take_back(row.pk, act=act(world.zhou))
    assert not meets(world.park_cadre, case)
    offered(world, case, HandOverKind.TRANSFER)


def test_who_answers_works_there_and_nobody_is_given_to_an_empty_room(world: World) -> None:
    case = world.opened()
    row = offered(world, case, HandOverKind.TRANSFER)
    for stranger in (world.zhou, world.chair):
        with pytest.raises(Forbidden), acting(stranger):
            accept(row.pk, act=act(stranger))
    with acting(world.zhou):
        assert refused(lambda: offer(case.pk, Offer(HandOverKind.HELP, 10**9), act=act(world.zhou))) == "nobody_there"
        assert (
            refused(lambda: offer(case.pk, Offer(HandOverKind.HELP, world.town.pk), act=act(world.zhou)))
            == "already_there"
        )


def test_who_offered_it_does_not_take_it_herself(world: World) -> None:
    case = world.opened()
    row = offered(world, case, HandOverKind.TRANSFER, by=world.county_cadre)
    with acting(world.county_cadre):
        assert refused(lambda: accept(row.pk, act=act(world.county_cadre))) == "own_offer"
    case.refresh_from_db()
    row.refresh_from_db()
    assert (case.place_id, row.state) == (world.town.pk, HandOverState.OFFERED)
    assert accepted(row, world.somebody("second", world.county)).place_id == world.park.pk


def settled_by_force(row: HandOver, by: Actor) -> None:
    """As a slip in the program would write it."""
    HandOver.objects.filter(pk=row.pk).update(
        state=HandOverState.ACCEPTED.value, settled_at=later(hours=1), settled_by=by.account_id
    )


@pytest.mark.guard("own-offer-never-taken", "Nobody takes a case at the other end that she herself handed over.")
def test_the_database_refuses_that_who_offers_takes(world: World) -> None:
    row = offered(world, world.opened(), HandOverKind.TRANSFER, by=world.county_cadre)
    with pytest.raises(IntegrityError), transaction.atomic():
        settled_by_force(row, world.county_cadre)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.filter(pk=row.pk).update(offered_by=world.zhou.account_id)
    forged = {"kind": "transfer", "state": "accepted", "offered_by_id": world.zhou.account_id, "settled_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.create(
            city=row.city, case=row.case, from_place=world.town, to_place=world.park, **forged | {"settled_by": None}
        )
    settled_by_force(row, world.park_cadre)


@pytest.mark.control("own-offer-never-taken")
def test_offered_in_another_s_name_she_takes_it(world: World) -> None:
    """Where the row names another, her own taking counts: that the row says who offered is what the trigger goes by."""
    row = offered(world, world.opened(), HandOverKind.TRANSFER, by=world.zhou)
    settled_by_force(row, world.county_cadre)
    row.refresh_from_db()
    assert (row.state, row.settled_by_id) == (HandOverState.ACCEPTED, world.county_cadre.account_id)


def test_it_is_given_to_a_colleague_who_works_there(world: World) -> None:
    case = world.opened()
    with acting(world.zhou):
        assert assign(case.pk, world.wang.account_id or 0, act=act(world.zhou)).handler_id == world.wang.account_id
        for stranger in (world.park_cadre, world.chen):
            assert (
                refused(lambda who=stranger: assign(case.pk, who.account_id, act=act(world.zhou))) == "no_right_there"
            )


@pytest.mark.guard(
    "barred-from-case", "Who has to keep away from a case does not meet it, in code and in the database."
)
def test_who_keeps_away_does_not_meet_it(world: World) -> None:
    case = world.opened()
    with acting(world.wang):
        make(case.pk, "take", by=world.wang, at=AT)
    with acting(world.zhou):
        bar(case.pk, world.wang.account_id or 0, act=act(world.zhou, "relative"))
    case.refresh_from_db()
    assert case.handler_id is None
    assert not meets(world.wang, case)
    with acting(world.wang):
        assert not Step.objects.filter(case=case).exists()
        assert not Party.objects.filter(case=case).exists()
        with pytest.raises(Forbidden):
            make(case.pk, "take", by=world.wang, at=AT)


@pytest.mark.control("barred-from-case")
def test_a_colleague_who_is_not_barred_meets_it(world: World) -> None:
    assert meets(world.wang, world.opened())


@pytest.mark.guard(
    "case-unseen-inside", "For the chair of an enterprise it is the same whether her member asked or nobody did."
)
def test_the_chair_of_the_enterprise_meets_nothing_of_it(world: World) -> None:
    def met() -> list[int]:
        with acting(world.chair):
            return [model.objects.count() for model in (Case, Party, Step, HandOver, Rating)] + [
                visible_to(world.chair).count()
            ]

    before = met()
    case = world.opened()
    offered(world, case, HandOverKind.HELP)
    assert met() == before == [0] * 6


@pytest.mark.control("case-unseen-inside")
def test_who_handles_it_meets_what_the_chair_does_not(world: World) -> None:
    world.opened()
    with acting(world.zhou):
        assert (Case.objects.count(), Party.objects.count(), Step.objects.count()) == (1, 1, 1)


def test_somebody_sees_her_own_and_nobody_else_s(world: World) -> None:
    li = world.worker("li")
    mine, hers = world.opened(), world.opened(asker=li)
    with acting(li):
        assert list(own_cases(li)) == [hers]
        assert not Case.objects.filter(pk=mine.pk).exists()
        assert [party.subject_id for party in Party.objects.all()] == [li.subject_id]


def test_a_time_is_lengthened_once_and_with_a_reason(world: World) -> None:
    case = world.opened()
    with acting(world.zhou):
        case = make(case.pk, "take", by=world.zhou, at=AT)
        due = case.due_at
        assert refused(lambda: extend(case.pk, "answer", 30, act=act(world.zhou))) == "reason_missing"
        assert refused(lambda: extend(case.pk, "accept_in_time", 1, act=act(world.zhou, "hard"))) == "nothing_runs"
        longer = extend(case.pk, "answer", 30, act=act(world.zhou, "hard"))
        assert due is not None
        assert longer.due_at is not None
        assert longer.due_at - due >= timedelta(days=28)
        assert refused(lambda: extend(case.pk, "answer", 1, act=act(world.zhou, "hard"))) == "extended_already"


def test_what_is_late_or_never_lengthened_stays(world: World) -> None:
    case = world.opened()
    with acting(world.zhou):
        assert refused(lambda: extend(case.pk, "accept_in_time", 1, act=act(world.zhou, "hard"))) == "never_extended"
        make(case.pk, "take", by=world.zhou, at=AT)
        assert refused(lambda: extend(case.pk, "answer", 9, act=act(world.zhou, "hard", days=90))) == "late_already"


def test_a_duplicate_is_joined_and_goes_its_way_with_the_other(world: World) -> None:
    first, again = world.opened(), world.opened()
    with acting(world.zhou):
        joined = join(again.pk, first.pk, act=act(world.zhou))
        assert (joined.joined_to_id, joined.due_at) == (first.pk, None)
        assert joined.closed_at is not None
        assert refused(lambda: make(again.pk, "take", by=world.zhou, at=AT)) == "joined"
        assert refused(lambda: join(first.pk, first.pk, act=act(world.zhou))) == "not_the_same"
        third = world.opened()
    with acting(world.zhou):
        assert refused(lambda: join(third.pk, again.pk, act=act(world.zhou))) == "joined"
        assert refused(lambda: join(first.pk, third.pk, act=act(world.zhou))) == "not_the_same"
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=first.pk).update(joined_to=first)


def test_the_asker_says_how_it_went_once(world: World) -> None:
    case = world.opened()
    with acting(world.chen):
        assert refused(lambda: rate(case.pk, Opinion.GOOD, by=world.chen, at=AT)) == "not_rated_here"
    with pytest.raises(Forbidden), acting(world.zhou):
        rate(case.pk, Opinion.GOOD, by=world.zhou, at=AT)
