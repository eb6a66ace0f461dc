"""A chair changes: the list opens by itself, both tick by their own accounts, what is missing waits, rights are taken back."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden, revoke
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.messages.models import Message
from niangjia.registers.cadres.handing.models import Handover, HandoverItem
from niangjia.registers.cadres.handing.rules import Mark, Marked, Side, Thing, why_not_side
from niangjia.registers.cadres.handing.services import (
    HandoverRefused,
    chair_changed,
    confirm_side,
    mark_things,
    settle_missing,
)
from niangjia.registers.cadres.handing.today import things_to_do
from niangjia.registers.cadres.models import Cadre
from niangjia.registers.cadres.rules.posts import CadreKind, CadrePost, PostFacts
from niangjia.registers.cadres.services import Who, begin_post, end_post
from niangjia.registers.cadres.tests.people import AT, TODAY, Staff
from niangjia.registers.committees.models import Seat
from niangjia.registers.committees.services import Elected, leave_seat

FINE = dict.fromkeys(Thing, Marked(Mark.FINE))
LATER = date(2026, 11, 10)


class Change(Staff):
    """The mill's chair leaves by a new term, and another comes; both have accounts."""

    def __init__(self) -> None:
        """The old chair works with the account that has the right."""
        super().__init__()
        Account.objects.filter(pk=self.chair.pk).update(subject=self.people[0].subject)
        self.chair.refresh_from_db()
        self.heir = self.account("heir", Role.CHAIR, self.mill, subject=self.people[10].subject, name="新主席")
        self.security = self.account("security", Role.SECURITY_ADMIN, self.county, name="安全管理员")

    def elect(self) -> Handover:
        """Another chair from a new term on."""
        self.term(LATER, elected=Elected(self.committee(start=10)))
        return Handover.objects.get()


@pytest.fixture
def change(db: None) -> Iterator[Change]:
    del db
    with clock.at(AT):
        yield Change()


def test_a_new_term_with_another_chair_opens_the_list_once(change: Change) -> None:
    row = change.elect()
    assert row.incoming is not None
    assert (row.outgoing.person_id, row.incoming.person_id) == (change.people[0].pk, change.people[10].pk)
    assert row.left_on == LATER - timedelta(days=1)
    assert row.due_on == TODAY + timedelta(days=30)
    assert row.items.count() == len(Thing)
    told = Message.objects.filter(template="handover_opened")
    assert {message.account for message in told} == {change.chair, change.heir}
    assert chair_changed(change.mill.pk, by=change.actor(change.zhou), on=TODAY) is None


def test_the_same_chair_again_hands_nothing_over(change: Change) -> None:
    change.term(LATER)
    assert not Handover.objects.exists()


def test_a_vacant_chair_waits_for_whoever_comes_and_is_told_to_the_union_above(change: Change) -> None:
    seat = Seat.objects.get(post="chair", body__kind="committee", until=None)
    leave_seat(seat, by=change.actor(change.zhou), on=TODAY)
    row = Handover.objects.get()
    assert row.incoming_id is None
    assert Message.objects.filter(template="chair_vacant", account=change.li).count() == 1
    (vacant,) = [each for each in things_to_do(change.actor(change.li), TODAY) if each.kind == "chair_vacant"]
    assert vacant.due == TODAY + timedelta(days=90)
    mark_things(row.pk, Side.INCOMING, FINE, by=change.actor(change.li))
    with pytest.raises(HandoverRefused) as refused:
        confirm_side(row.pk, Side.INCOMING, by=change.actor(change.li), because="还没有人")
    assert refused.value.reasons["__all__"].code == "nobody_came"
    change.term(TODAY, elected=Elected(change.committee(start=10)))
    row.refresh_from_db()
    assert row.incoming is not None
    assert row.incoming.person_id == change.people[10].pk
    assert not [each for each in things_to_do(change.actor(change.li), TODAY) if each.kind == "chair_vacant"]


def test_whoever_comes_back_hands_nothing_over(change: Change) -> None:
    by, cadre = change.actor(change.zhou), Who(person_id=change.people[20].pk)
    facts = PostFacts(CadrePost.CHAIR, CadreKind.PART_TIME, date(2025, 1, 1))
    first = begin_post(cadre, change.plant.pk, facts, by=by, on=TODAY)
    end_post(first.pk, TODAY - timedelta(days=1), "辞任", by=by, on=TODAY)
    assert Handover.objects.exists()
    again = PostFacts(CadrePost.CHAIR, CadreKind.PART_TIME, TODAY)
    begin_post(cadre, change.plant.pk, again, by=by, on=TODAY)
    assert not Handover.objects.exists()


def test_a_union_without_a_term_hands_over_by_posts(change: Change) -> None:
    by = change.actor(change.zhou)
    first = begin_post(
        Who(person_id=change.people[20].pk),
        change.plant.pk,
        PostFacts(CadrePost.CHAIR, CadreKind.PART_TIME, date(2025, 1, 1)),
        by=by,
        on=TODAY,
    )
    assert not Handover.objects.exists()
    end_post(first.pk, TODAY, "退休", by=by, on=TODAY)
    row = Handover.objects.get(union=change.plant)
    facts = PostFacts(CadrePost.CHAIR, CadreKind.PART_TIME, TODAY)
    begin_post(Who(person_id=change.people[21].pk), change.plant.pk, facts, by=by, on=TODAY)
    row.refresh_from_db()
    assert row.incoming == Cadre.objects.get(person=change.people[21])


@pytest.mark.guard(
    "handover-by-two", "each side of a handing over is confirmed by its own account, and never both by one"
)
def test_each_side_confirms_by_its_own_account(change: Change) -> None:
    row = change.elect()
    heir, old, above = (change.actor(each) for each in (change.heir, change.chair, change.li))
    with pytest.raises(Forbidden):
        mark_things(row.pk, Side.OUTGOING, FINE, by=heir)
    with pytest.raises(Forbidden):
        confirm_side(row.pk, Side.INCOMING, by=old)
    with pytest.raises(HandoverRefused) as refused:
        confirm_side(row.pk, Side.OUTGOING, by=old)
    assert refused.value.reasons["__all__"].code == "still_open"
    mark_things(row.pk, Side.OUTGOING, FINE, by=above)
    with pytest.raises(HandoverRefused) as refused:
        confirm_side(row.pk, Side.OUTGOING, by=above)
    assert refused.value.reasons["because"].code == "no_reason"
    confirm_side(row.pk, Side.OUTGOING, by=above, because="住院，电话核对过")
    mark_things(row.pk, Side.INCOMING, FINE, by=above)
    with pytest.raises(HandoverRefused) as refused:
        confirm_side(row.pk, Side.INCOMING, by=above, because="一起办了")
    assert refused.value.reasons["__all__"].code == "both_sides"
    assert confirm_side(row.pk, Side.INCOMING, by=heir).is_done
    with pytest.raises(HandoverRefused):
        mark_things(row.pk, Side.INCOMING, FINE, by=heir)


@pytest.mark.control("handover-by-two")
def test_without_the_rule_one_person_would_confirm_both(change: Change) -> None:
    del change
    assert why_not_side(is_oneself=False, is_above=True, did_other=True, because="一起办了") is not None
    assert why_not_side(is_oneself=False, is_above=True, did_other=False, because="一起办了") is None


def test_what_is_missing_waits_until_it_has_come_and_rights_are_taken_back(change: Change) -> None:
    row = change.elect()
    heir, old = change.actor(change.heir), change.actor(change.chair)
    with pytest.raises(HandoverRefused):
        mark_things(row.pk, Side.OUTGOING, {Thing.SEAL: Marked(Mark.MISSING)}, by=old)
    missing = FINE | {Thing.SEAL: Marked(Mark.MISSING, "印章在厂办，下周一补")}
    mark_things(row.pk, Side.OUTGOING, missing, by=old)
    confirm_side(row.pk, Side.OUTGOING, by=old)
    assert "handover_rights" not in {each.kind for each in things_to_do(change.actor(change.security), TODAY)}
    mark_things(row.pk, Side.INCOMING, FINE, by=heir)
    confirm_side(row.pk, Side.INCOMING, by=heir)
    (thing,) = [each for each in things_to_do(heir, TODAY) if each.kind == "handover"]
    assert thing.address == f"/handovers/{row.pk}/"
    item = HandoverItem.objects.get(thing="seal")
    settle_missing(item.pk, by=heir, on=TODAY)
    assert not [each for each in things_to_do(heir, TODAY) if each.kind == "handover"]
    security = change.actor(change.security)
    with acting(security):
        (rights,) = things_to_do(security, TODAY)
    assert rights.address == f"/accounts/{change.chair.pk}/"
    revoke(Grant.objects.get(account=change.chair), by=security)
    assert things_to_do(security, TODAY) == []


def test_the_page_shows_what_is_held_is_ticked_and_printed(change: Change) -> None:
    row = change.elect()
    client = open_session(Client(), change.chair)
    address = f"/handovers/{row.pk}/"
    shown = client.get(address).content.decode()
    assert "30 名会员" in shown
    assert "第 2 届" in shown
    assert "工会印章" in shown
    ticks = {thing.value: "fine" for thing in Thing} | {"side": "incoming"}
    partly = client.post(address, {"seal": "fine", "keep": "1"})
    assert partly.status_code == 302
    assert HandoverItem.objects.get(thing="seal").given == "fine"
    assert "还有 12 样没有勾" in client.post(address, {"seal": "fine", "confirm": "1"}).content.decode()
    assert client.post(address, ticks | {"confirm": "1"}).status_code == 302
    row.refresh_from_db()
    assert (row.given_by, row.taken_by) == (change.chair, None), (
        "a side that is named is not taken from who has her own"
    )
    heir = open_session(Client(), change.heir)
    assert heir.post(address, ticks | {"confirm": "1", "seal": "missing", "seal_note": "还没有见到"}).status_code == 302
    shown = heir.get(address).content.decode()
    assert "两边都确认了" in shown
    assert "还没有见到" in shown
    item = HandoverItem.objects.get(thing="seal")
    assert heir.post(f"/handovers/things/{item.pk}/settle/").status_code == 302
    assert "补上了" in heir.get(address).content.decode()
    assert "主席交接" in heir.get(f"/unions/{change.mill.code}/").content.decode()


def test_strangers_find_no_list_and_the_union_above_may_stand_in(change: Change) -> None:
    row = change.elect()
    address = f"/handovers/{row.pk}/"
    stranger = open_session(Client(), change.account("plant", Role.CHAIR, change.plant))
    assert stranger.get(address).status_code == 404
    above = open_session(Client(), change.li)
    assert "替交出的一方勾" in above.get(address).content.decode()
    assert above.post(address, {"seal": "fine", "keep": "1"}).status_code == 404
    written = {thing.value: "fine" for thing in Thing} | {"side": "outgoing", "confirm": "1"}
    assert "为什么" in above.post(address, written).content.decode()
    assert above.post(address, written | {"because": "住院，电话核对过"}).status_code == 302
    assert "代办：住院，电话核对过" in above.get(address).content.decode()
