"""Two records of one person become one by two people's eyes, and are taken apart again exactly as they were."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.cases.models import Party
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.refusals import NotMade
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.models import Message
from niangjia.kernel.messages.rules import ToPerson
from niangjia.kernel.messages.services import send
from niangjia.kernel.people.models import Subject
from niangjia.kernel.privacy.models import Consent, Notice
from niangjia.kernel.privacy.notices import load_notices
from niangjia.kernel.reveal.models import Look
from niangjia.kernel.reveal.queries import looks_at_her
from niangjia.kernel.sealed import seal
from niangjia.registers.members.joining.rules.workflow import JOINING
from niangjia.registers.members.masked import number_of, phone_of
from niangjia.registers.members.merging.models import Merge, Pair
from niangjia.registers.members.merging.proposing import keep_apart, propose_merge
from niangjia.registers.members.merging.queries import gone_into, phone_of_gone
from niangjia.registers.members.merging.rules.deciding import LEFT, NUMBER, RIGHT
from niangjia.registers.members.merging.rules.workflow import AGREE_PAPERS, PAPERS_CHECKED
from niangjia.registers.members.merging.tests.two import AT, BY_PASSPORT, Two
from niangjia.registers.members.merging.undoing import object_to_merge, undo_merge
from niangjia.registers.members.models import Membership, Person, PhoneProposal, TransferProposal
from niangjia.registers.members.rules.sealed_columns import SEALED_PHONE
from niangjia.registers.members.tests.people import CHEN, ID_CHEN, PHONE_CHEN, a_number, enrol

pytestmark = pytest.mark.django_db
HELD = (
    "members_person", "members_membership", "members_transferproposal", "members_phoneproposal", "access_account",
    "inbox_message", "privacy_consent", "people_subject",
)  # fmt: skip


@pytest.fixture
def two() -> Two:
    return Two()


def rows(table: str) -> list[dict[str, Any]]:
    """All rows of a table as the database has them; how often they were changed counts on, sealed bytes are drawn anew."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) FROM {table} t ORDER BY 1")
        found = [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]
    return [{k: v for k, v in row.items() if k != "revision" and not k.endswith("_sealed")} for row in found]


def periods(person: Person) -> list[tuple[str, date, date | None]]:
    held = Membership.objects.filter(person=person).order_by("period")
    return [(each.union.name, each.period.lower, each.period.upper) for each in held]


def test_they_are_found_with_reasons_and_never_merged_by_themselves(two: Two) -> None:
    pair = two.pair()
    assert (pair.state, pair.excluded, pair.place_id) == ("open", "", two.county.pk)
    assert {"phone.same_own", "birth_on.same"} <= set(pair.levels)
    assert Person.objects.count() == 3
    assert not Merge.objects.exists()


def test_registering_somebody_finds_her_at_once(two: Two) -> None:
    assert Pair.objects.filter(left=two.left.pk, right=two.right.pk).exists()


def test_two_proven_papers_are_ruled_out_and_shown_with_the_sentence(two: Two) -> None:
    twin = enrol(CHEN | {"id_number": a_number("34992119800302", 304)}, two.mill)
    pair = Pair.objects.get(left=two.left.pk, right=twin.pk)
    assert pair.excluded == "two_papers"


def test_what_was_decided_comes_back_only_when_something_changed(two: Two) -> None:
    pair = keep_apart(two.pair().pk, "kin", by=two.actor(two.zhou), at=AT)
    assert two.pair().state == "apart"
    Person.objects.filter(pk=pair.right_id).update(workplace="别处")
    assert two.pair().state == "apart"
    Person.objects.filter(pk=pair.right_id).update(name="陈桂蘭")
    assert two.pair().state == "open"


def test_a_merge_joins_what_was_picked_without_a_day_twice(two: Two) -> None:
    merge = two.merged()
    assert not Person.objects.filter(pk=two.right.pk).exists()
    kept = Person.objects.get(pk=two.left.pk)
    assert (number_of(kept), phone_of(kept), kept.title) == (ID_CHEN, PHONE_CHEN, "挡车工")
    assert periods(kept) == [
        ("鸿远纺织有限公司工会", date(2014, 5, 1), date(2016, 1, 1)),
        ("宏达五金制品有限公司工会", date(2016, 1, 1), None),
    ]
    assert merge.merged_at == AT
    assert gone_into(two.right.pk) == two.left.pk
    assert Subject.objects.get(pk=two.right.pk).key_blind is None
    assert Entry.objects.filter(verb="merge_members", thing_id=kept.pk).count() == 1
    assert Pair.objects.get(pk=merge.pair_id).state == "merged"


def test_who_looked_at_the_record_that_went_stands_among_her_looks(two: Two) -> None:
    merge = two.merged()
    her = an_account("chen", role=None)
    her.subject_id = merge.kept_id
    her.save(update_fields=["subject"])
    with acting(two.actor(her)):
        looks = list(looks_at_her(merge.kept_id, at=clock.now() + timedelta(days=1)))
        assert {look.subject_id for look in looks} == {merge.kept_id, merge.gone_id}
    page = open_session(Client(), her).get("/my/looks/").content.decode()
    assert f"{len(looks)}" in page


@pytest.mark.guard("merge-by-two", "Two records become one only when two people have looked at them.")
def test_who_proposed_does_not_agree(two: Two) -> None:
    merge = two.proposes()
    with pytest.raises(NotMade):
        two.agrees(merge, by=two.zhou)
    assert Person.objects.filter(pk=two.right.pk).exists()


@pytest.mark.control("merge-by-two")
def test_without_the_second_person_one_would_be_enough(two: Two) -> None:
    assert two.agrees(two.proposes(), by=two.wang).merged_at is not None


@pytest.mark.guard(
    "two-papers-stay-two",
    "Two numbers that passed their check stay two people, but for papers that two people have seen.",
)
def test_two_numbers_need_a_correction_with_papers_by_both(two: Two) -> None:
    twin = enrol(CHEN | {"id_number": a_number("34992119800302", 304)}, two.plant)
    pair, zhou = Pair.objects.get(left=two.left.pk, right=twin.pk), two.actor(two.zhou)
    held = Membership.objects.get(person=twin).pk
    for reason, proof in (("paper_seen", "看过"), ("id_corrected", "")):
        with pytest.raises(NotMade) as refused:
            propose_merge(pair.pk, two.choice(seen=(1, 1), goes_on=held, reason=reason, proof=proof), by=zhou, at=AT)
        assert refused.value.reason.code == "two_papers"
    merge = propose_merge(
        pair.pk,
        two.choice(seen=(1, 1), goes_on=held, reason="id_corrected", proof="更正证明，档案柜第 3 格"),
        by=zhou,
        at=AT,
    )
    assert merge.case.stage == PAPERS_CHECKED
    with pytest.raises(NotMade):
        two.agrees(merge)
    assert two.agrees(merge, move=AGREE_PAPERS, says="看过原件", answers={"says": "看过原件"}).merged_at


@pytest.mark.control("two-papers-stay-two")
def test_one_paper_needs_no_correction(two: Two) -> None:
    assert two.merged().reason == "paper_seen"


def test_an_undoing_puts_both_back_exactly(two: Two) -> None:
    load_notices()
    for person, login in ((two.left, "one"), (two.right, "two")):
        an_account(login, role=Role.WORKER, at=two.mill.place, subject=person.subject)
        send("looked_at", to=ToPerson(person.pk), facts={"unit": two.mill.pk, "what": "phone"})
        Consent.objects.create(
            city=person.city, subject_id=person.pk, notice=Notice.objects.filter()[0], given=True, channel="own"
        )
    other = seal("13911112222", aad=f"{SEALED_PHONE}.{two.right.pk}")
    PhoneProposal.objects.create(
        city=two.right.city, person=two.right, union=two.plant, phone_sealed=other, phone_blind=b"y" * 16
    )
    TransferProposal.objects.create(city=two.right.city, person=two.right, to_union=two.mill)
    pair = two.pair()
    before = {table: rows(table) for table in HELD}
    merge = two.merged(signs_in=RIGHT, picks={NUMBER: LEFT, "title": RIGHT, "phone": RIGHT, "name": RIGHT})
    assert Consent.objects.filter(subject=two.left.pk).count() == 2
    assert Account.objects.get(login="two").subject_id == two.left.pk
    assert not Account.objects.get(login="one").is_active
    Message.objects.filter(subject=two.left.pk).update(read_at=AT)
    Message.objects.all().update(read_at=None)
    undone = undo_merge(merge.pk, by=two.actor(two.zhou), at=AT)
    assert undone.undone_at == AT
    told = {"merge_made", "merge_undone", "looked_at"}
    for table in HELD:
        now = rows(table)
        if table == "inbox_message":
            known = {row["id"] for row in before[table]}
            assert {row["template"] for row in now if row["id"] not in known} <= told
            now = [row for row in now if row["id"] in known]
        assert now == before[table], table
    assert number_of(Person.objects.get(pk=two.right.pk)) == BY_PASSPORT["id_number"]
    assert phone_of(Person.objects.get(pk=two.right.pk)) == PHONE_CHEN
    assert Pair.objects.get(pk=pair.pk).state == "open"
    assert Entry.objects.filter(verb="undo_merge").count() == 1


def test_an_undoing_is_refused_with_a_list_where_something_changed(two: Two) -> None:
    merge = two.merged()
    Membership.objects.filter(person=two.left, union=two.plant).update(member_no="9")
    with pytest.raises(NotMade) as refused:
        undo_merge(merge.pk, by=two.actor(two.zhou), at=AT)
    assert refused.value.reason.code == "changed_since"
    assert "会籍" in str(refused.value.reason)
    assert not Person.objects.filter(pk=two.right.pk).exists()


def test_who_changed_since_is_not_merged_blindly(two: Two) -> None:
    merge = two.proposes()
    Person.objects.filter(pk=two.left.pk).update(workplace="别处")
    with pytest.raises(NotMade) as refused:
        two.agrees(merge)
    assert refused.value.reason.code == "changed_since"


def test_both_are_told_who_looked_and_what_was_done(two: Two) -> None:
    Person.objects.filter(pk=two.right.pk).update(phone_confirmed_at=AT)
    merge = two.merged()
    assert Look.objects.filter(subject=two.left.pk).count() == 4
    assert Look.objects.filter(subject=two.right.pk).count() == 4
    told = Message.objects.filter(template="merge_made").values_list("subject", flat=True)
    assert set(told) == {two.left.pk, two.right.pk}
    assert phone_of_gone(two.right.pk) == PHONE_CHEN
    assert "总工会" in merge.author, merge.author


def test_she_may_object_and_the_desk_hears_of_it(two: Two) -> None:
    merge = two.merged()
    an_account("herself", subject=two.left.subject)
    herself = two.actor(Account.objects.get(login="herself"))
    assert object_to_merge(merge.pk, "我没有在五金厂上过班", by=herself, at=AT).objected_at == AT
    assert Message.objects.filter(template="merge_objected").exists()
    with pytest.raises(Forbidden):
        object_to_merge(merge.pk, "", by=two.actor(two.zhou), at=AT)


def test_whoever_keeps_only_one_of_them_decides_nothing(two: Two) -> None:
    pair = two.pair()
    with pytest.raises(Forbidden):
        keep_apart(pair.pk, "kin", by=two.actor(two.chair), at=AT)


def test_cases_and_their_parties_come_along(two: Two) -> None:
    case = open_case(JOINING, place=two.mill.place, askers=[two.right.pk], by=two.actor(two.zhou), at=AT)
    two.merged()
    assert Party.objects.get(case=case).subject_id == two.left.pk
