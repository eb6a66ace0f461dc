"""Towns merged, moved, split and dissolved: tried out, decided by two, carried out as a whole; what was stays what it was."""

from contextlib import nullcontext
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.db.models import Count

from niangjia.kernel.access.models import Grant
from niangjia.kernel.cases.models import Case, Holding
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.models import Message
from niangjia.kernel.places.models import Place
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.members.models import Membership
from niangjia.registers.members.tests.people import a_number, enrol
from niangjia.registers.orgs.reorganising import services
from niangjia.registers.orgs.reorganising.models import Reorganisation
from niangjia.registers.orgs.reorganising.queries import Wish, report_on
from niangjia.registers.orgs.reorganising.rules.workflow import APPROVE, DONE, SUBMIT
from niangjia.registers.orgs.reorganising.services import carry_out, carry_out_due, tell_members
from niangjia.registers.orgs.reorganising.tests.land import AT, BEFORE, DOCUMENT, NIGHT, ON, Killed, Land, killed_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def land() -> Land:
    return Land()


def said(wish: Wish) -> str:
    return "\n".join(str(each.words) for each in report_on(wish))


def held(person_id: int) -> list[Membership]:
    return list(Membership.objects.filter(person=person_id).order_by("period"))


def test_a_dry_run_says_what_goes_along_and_changes_nothing(land: Land) -> None:
    before = land.tree(AT.date())
    words = said(land.merged())
    for part in ("1 个工会，连同它们的下级", "1 名会员", "1 家单位", "没办结的 1 件事", "1 个权限"):
        assert part in words
    assert land.tree(AT.date()) == before
    assert not any(each.blocks for each in report_on(land.merged()))


@pytest.mark.guard("no-reorganisation-alone", "Unions are merged, moved, split and dissolved by two people only.")
def test_nobody_approves_what_she_planned_herself(land: Land) -> None:
    kept = land.planned(land.merged())
    land.pressed(kept, SUBMIT, land.zhou)
    with pytest.raises(NotMade) as refused:
        land.pressed(kept, APPROVE, land.zhou, document=DOCUMENT)
    assert refused.value.reason.code == "same_person"
    assert carry_out(kept.pk, at=NIGHT) is False
    assert land.fresh(land.park).place.closed_on is None


@pytest.mark.control("no-reorganisation-alone")
def test_approved_by_another_it_is_carried_out(land: Land) -> None:
    kept = land.approved(land.merged())
    assert carry_out(kept.pk, at=NIGHT) is True
    assert land.fresh(land.park).place.closed_on == BEFORE


def test_without_a_document_nothing_is_approved(land: Land) -> None:
    kept = land.planned(land.merged())
    land.pressed(kept, SUBMIT, land.zhou)
    with pytest.raises(NotMade) as refused:
        land.pressed(kept, APPROVE, land.han, document=" ")
    assert refused.value.reason.code == "document_missing"


def test_on_its_day_everything_goes_over_and_nothing_before(land: Land) -> None:
    kept = land.approved(land.merged())
    assert carry_out_due(at=NIGHT - timedelta(hours=1)) == 0
    assert carry_out_due(at=NIGHT) == 1
    kept.refresh_from_db()
    assert (kept.carried_on, kept.case.stage) == (ON, DONE)
    assert land.fresh(land.plant).place.parent_id == land.town.pk
    covering = dict(Coverage.objects.values_list("union", "valid_to"))
    assert covering == {land.park.pk: BEFORE, land.town.pk: None}
    assert Employer.objects.get(pk=land.employer.pk).place_id == land.town.pk
    assert Grant.objects.get(account=land.hers).revoked_at is not None
    # never more rights than before: nobody of the park has one in 柳林 because of it
    assert not Grant.objects.filter(place=land.town.pk).exists()
    assert Case.objects.get(pk=land.open.pk).place_id == land.town.pk
    assert list(Holding.objects.filter(case=land.open, until=None).values_list("place", flat=True)) == [land.town.pk]
    assert Entry.objects.filter(verb="reorganise", thing="union").count() == 2
    # again, it is done already
    assert carry_out_due(at=NIGHT + timedelta(hours=1)) == 0


@pytest.mark.guard("past-stays", "A reorganisation changes no tree and no figure of a day before it.")
def test_the_tree_and_the_figures_of_past_days_stay_what_they_were(land: Land) -> None:
    days = (AT.date(), BEFORE)
    before = [land.tree(day) for day in days]
    kept = land.approved(land.merged())
    assert carry_out(kept.pk, at=NIGHT)
    assert [land.tree(day) for day in days] == before
    assert before[1] != land.tree(ON)
    assert land.figures(land.town, ON) == {"memberships": 2, "employers": 1, "unions": 2}
    assert land.figures(land.park, BEFORE) == {"memberships": 2, "employers": 1, "unions": 1}


@pytest.mark.control("past-stays")
def test_counted_by_what_rows_say_now_last_year_would_be_another_one(land: Land) -> None:
    kept = land.approved(land.merged())
    assert carry_out(kept.pk, at=NIGHT)
    assert not Membership.objects.filter(union=land.park, period__contains=BEFORE, state="active").exists()
    assert not Place.objects.filter(parent=land.park.pk).exists()


def test_membership_goes_on_without_a_gap_and_without_an_overlap(land: Land) -> None:
    kept = land.approved(land.merged())
    carry_out(kept.pk, at=NIGHT)
    first, second = held(land.chen.pk)
    assert (first.union_id, first.state, first.period.upper) == (land.park.pk, "transferred", ON)
    assert (second.union_id, second.state, second.kind) == (land.town.pk, "active", "reorganised")
    assert (second.period.lower, second.period.upper) == (ON, None)
    assert second.joined_on == first.joined_on
    # whoever is in a union that goes along as it is, is not touched
    assert len(held(land.liu.pk)) == 1


def test_everybody_touched_is_told_once_however_often_the_worker_is_killed(
    land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        name = "甲乙丙丁"[number]
        enrol({"name": f"王{name}", "id_number": a_number("34992119900101", 100 + number)}, land.park)
    monkeypatch.setattr(services, "CHUNK", 2)
    kept = land.approved(land.merged())
    carry_out(kept.pk, at=NIGHT)
    for statement in range(1, 40, 4):
        try:
            with killed_at(statement):
                tell_members(kept.pk)
        except Killed:
            continue
    assert tell_members(kept.pk) == 5
    told = Message.objects.filter(template="membership_reorganised")
    assert told.count() == 5
    assert set(told.values("subject").annotate(n=Count("pk")).values_list("n", flat=True)) == {1}
    kept.refresh_from_db()
    assert kept.told_at is not None
    assert services.untold() == []


def every(statements: int, step: int) -> range:
    return range(1, statements + 1, step)


def counted(land: Land) -> int:
    """How many statements one reorganisation takes."""
    kept = land.approved(land.merged())
    with killed_at(0) as sent:
        assert carry_out(kept.pk, at=NIGHT)
    return sent[0]


def state_of(land: Land) -> list[object]:
    return [
        land.tree(ON),
        land.tree(BEFORE),
        *Membership.objects.order_by("pk").values_list("union", "state", "period"),
    ]


@pytest.mark.guard(
    "reorganised-whole", "A reorganisation that is killed at any statement has not happened, and goes on."
)
@pytest.mark.parametrize("step", [17, pytest.param(1, marks=pytest.mark.deep)])
def test_killed_at_any_statement_nothing_has_happened_and_it_can_be_done_again(land: Land, step: int) -> None:
    kept = land.approved(land.merged())
    before = state_of(land)
    sent, statement = [10_000], 0
    while statement < sent[0]:
        statement += step
        try:
            # A process that dies takes its whole transaction with it.
            with transaction.atomic(), killed_at(statement) as sent:
                carry_out(kept.pk, at=NIGHT)
        except Killed:
            assert state_of(land) == before, statement
            sent = [10_000]
            continue
        break
    assert statement > 50
    assert Reorganisation.objects.get(pk=kept.pk).carried_on == ON
    assert state_of(land) != before


@pytest.mark.control("reorganised-whole")
def test_without_one_transaction_a_kill_would_leave_half_of_it(land: Land, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = land.approved(land.merged())
    before = state_of(land)
    monkeypatch.setattr(services, "transaction", SimpleNamespace(atomic=nullcontext))
    with pytest.raises(Killed), killed_at(0, "INSERT INTO members_membership"):
        carry_out(kept.pk, at=NIGHT)
    assert state_of(land) != before
