"""Setting up a union on PostgreSQL: asked, prepared, joined, elected, approved; and what nobody learns or gets around."""

from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.phone_code.rules import Verdict
from niangjia.kernel.access.phone_code.tests.door import gateway
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.pages.shown import content_of
from niangjia.kernel.cases.queries import own_cases, visible_to
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.models import Message
from niangjia.registers.committees.queries import chosen_in, present_term
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.founding.kind import LINE
from niangjia.registers.founding.models import Founding, FoundingApplication, FoundingState
from niangjia.registers.founding.queries import name_in, phone_in
from niangjia.registers.founding.rules.applying import Wish, Workplace
from niangjia.registers.founding.rules.forms import Side
from niangjia.registers.founding.services import NotApplied, Proof, apply_by_phone
from niangjia.registers.founding.tests.site import APPROVAL, AT, BOSS, LI, NAMES, PLAN, Site, other
from niangjia.registers.members.joining.queries import joinable_with
from niangjia.registers.orgs.listing import standing_badge
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import preparing_or_not, with_children_count

__all__ = ["gateway"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site() -> Site:
    return Site()


def told(subject_id: int) -> list[str]:
    return list(Message.objects.filter(subject=subject_id).order_by("id").values_list("template", flat=True))


def below(union: Union) -> Any:
    """How many unions count as standing below this one."""
    return with_children_count(Union.objects.filter(pk=union.pk)).get().children_count  # type: ignore[attr-defined]  # annotated


def why(refused: pytest.ExceptionInfo[NotMade]) -> str:
    return refused.value.reason.code


def test_a_worker_who_is_nobody_yet_asks_and_follows_it_with_her_phone(site: Site) -> None:
    asked = site.asks()
    application = asked.application
    assert (application.side, application.employer_id, application.case.place_id) == (
        "worker",
        site.shop.pk,
        site.town.pk,
    )
    assert (name_in(application), phone_in(application), application.is_named) == (LI.name, LI.phone, False)
    assert LI.name.encode() not in bytes(application.name_sealed)
    actor = site.actor(asked.account)
    assert [case.pk for case in own_cases(actor)] == [application.pk]
    assert told(application.subject_id) == ["founding_received"]
    assert set(Message.objects.filter(template="founding_new").values_list("account", flat=True)) == {
        site.li.pk,
        site.wang.pk,
    }
    assert site.asks().application.pk == application.pk, "the same again is the same one"


def test_a_wrong_code_opens_nothing(site: Site) -> None:
    applying = site.applying()
    assert apply_by_phone(applying, LI, Proof(None, "000000"), at=AT) is Verdict.DEAD
    assert not FoundingApplication.objects.exists()


def test_an_employer_outside_the_register_is_asked_for_where_it_lies(site: Site) -> None:
    workplace = Workplace(None, "新兴包装有限公司", "", site.park.pk)
    application = site.asks(workplace=workplace).application
    assert (application.employer_id, application.case.place_id) == (None, site.park.pk)
    cadre = site.account("park", Role.CADRE, site.park)
    site.presses(cadre, application, "prepare", answers=PLAN | {"union_name": "新兴包装有限公司工会"})
    employer = Employer.objects.get(name="新兴包装有限公司")
    assert employer.place_id == site.park.pk
    assert Founding.objects.get().of_employers.get().employer_id == employer.pk


def test_an_employer_with_a_union_or_one_under_way_needs_no_other(site: Site) -> None:
    founding = site.prepares()
    with pytest.raises(NotApplied) as refused:
        site.asks(BOSS, side=Side.EMPLOYER)
    assert {reason.code for reason in refused.value.reasons.values()} == {"being_prepared"}
    site.members(founding)
    site.reports(founding)
    site.presses(site.wang, founding, "approve", answers=APPROVAL)
    with pytest.raises(NotApplied) as refused:
        site.asks(BOSS, side=Side.EMPLOYER)
    assert {reason.code for reason in refused.value.reasons.values()} == {"union_there"}


def test_a_union_in_preparation_is_seen_as_one_may_be_joined_and_counts_as_none(site: Site) -> None:
    before = below(site.town)
    founding = site.prepares()
    union = founding.union
    assert (union.is_preparing, union.uscc, union.place.parent_id) == (True, None, site.town.pk)
    assert str(standing_badge(union)) == "筹建中"
    assert joinable_with(union.code) == union
    assert union not in preparing_or_not(Union.objects.all(), "no")
    assert below(site.town) == before
    assert not Coverage.objects.filter(employer=site.shop).exists(), "the employer has no union yet"
    assert [row.name for row in founding.group.order_by("-is_head", "pk")] == ["李卫东", "周建国", "王丽"]
    with transaction.atomic(), pytest.raises(IntegrityError):
        Union.objects.filter(pk=union.pk).update(uscc="81349921MC0123450P")


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        ({"group": "李卫东\n王丽"}, "group_size"),
        ({"form": "joint_committee", "others": ""}, "joint_alone"),
        ({"form": "joint_committee", "others": "没有登记的公司"}, "employer_unknown"),
        ({"union_name": ""}, "name_missing"),
    ],
)
def test_a_plan_that_is_not_whole_is_refused(site: Site, plan: dict[str, Any], code: str) -> None:
    application = site.asks().application
    with pytest.raises(NotMade) as refused:
        site.presses(site.li, application, "prepare", answers=PLAN | plan)
    assert why(refused) == code
    assert not Founding.objects.exists()


def test_from_the_question_to_the_union(site: Site) -> None:
    founding = site.prepares()
    people = site.members(founding)
    site.reports(founding)
    application = site.presses(site.wang, founding, "approve", answers=APPROVAL)
    founding.refresh_from_db()
    union, term = Union.objects.get(pk=founding.union_id), present_term(founding.union_id)
    assert (application.case.stage, application.settled_at) == ("founded", AT)
    assert (founding.state, founding.document_no, founding.members_then) == ("founded", "柳工发〔2026〕12号", 6)
    assert (union.is_preparing, str(standing_badge(union))) == (False, "正常")
    assert Coverage.objects.get(employer=site.shop, valid_to=None).union_id == union.pk
    assert term is not None
    assert (term.document_number, term.years, term.number, term.begins_on.isoformat()) == (
        "柳工发〔2026〕12号",
        5,
        1,
        "2026-11-20",
    )
    assert {(each.person_id, each.body.value, each.post.value) for each in chosen_in(term)} == {
        (people[0].pk, "committee", "chair"),
        (people[1].pk, "committee", "member"),
        (people[2].pk, "committee", "member"),
        (people[3].pk, "audit", "member"),
        (people[4].pk, "women", "member"),
    }
    assert told(application.subject_id) == ["founding_received", "founding_prepared", "founding_founded"]
    assert Entry.objects.filter(verb="approve_founding", thing_id=union.pk).count() == 1


@pytest.mark.parametrize(
    ("result", "code"),
    [
        ({"present": 3, "chair_votes": 3}, "below_quorum"),
        ({"chair_votes": 3}, "below_half"),
        ({"chair": "王不在"}, "not_one_member"),
        ({"no_relatives": False}, "relatives"),
        ({"no_heads": None}, "heads"),
        ({"women": ""}, "women_missing"),
        ({"audit": ""}, "audit_missing"),
        ({"elected_on": "2026-11-21"}, "election_day"),
        ({"by_delegates": True, "delegates": 30}, "below_quorum"),
    ],
)
def test_an_election_that_does_not_count_is_not_reported(site: Site, result: dict[str, Any], code: str) -> None:
    founding = site.prepares()
    site.members(founding)
    with pytest.raises(NotMade) as refused:
        site.reports(founding, **result)
    assert why(refused) == code
    founding.refresh_from_db()
    assert (founding.elected_on, founding.case.stage) == (None, "preparing")


def test_who_leads_alone_is_one_organiser_and_only_of_few(site: Site) -> None:
    founding = site.prepares(form="organiser")
    site.members(founding)
    site.reports(founding, members="")
    site.members(founding, 20, start=6)
    with pytest.raises(NotMade) as refused:
        site.presses(site.wang, founding, "approve", answers=APPROVAL)
    assert why(refused) == "committee_needed"


def test_a_joint_union_is_for_all_its_employers(site: Site) -> None:
    neighbour = site.another_shop("顺达配件有限公司")
    founding = site.prepares(form="joint_committee", others=neighbour.name, union_name="柳林镇机械行业联合工会")
    site.members(founding)
    site.reports(founding)
    site.presses(site.wang, founding, "approve", answers=APPROVAL)
    covered = Coverage.objects.filter(union=founding.union_id, valid_to=None).values_list("employer", flat=True)
    assert set(covered) == {site.shop.pk, neighbour.pk}


def test_a_document_approves_one_union(site: Site) -> None:
    first = site.prepares()
    site.members(first)
    site.reports(first)
    site.presses(site.wang, first, "approve", answers=APPROVAL)
    neighbour = site.another_shop("顺达配件有限公司")
    second = site.prepares(site.asks(workplace=Workplace(neighbour.pk)).application, union_name="顺达配件有限公司工会")
    site.members(second, start=6)
    again = {"chair": NAMES[6], "members": f"{NAMES[7]}\n{NAMES[8]}", "audit": NAMES[9], "women": NAMES[10]}
    site.reports(second, **again)
    with pytest.raises(NotMade) as refused:
        site.presses(site.wang, second, "approve", answers=APPROVAL)
    assert why(refused) == "document_used"


def test_what_is_sent_back_is_reported_anew(site: Site) -> None:
    founding = site.prepares()
    site.members(founding)
    site.reports(founding)
    back = site.presses(site.wang, founding, "send_back", reason="result_incomplete")
    assert back.case.stage == "preparing"
    assert site.reports(founding, present=5).case.stage == "reported"
    assert Founding.objects.get().present == 5


def test_a_preparation_that_is_let_go_closes_the_union_and_frees_the_employer(site: Site) -> None:
    founding = site.prepares()
    application = site.presses(site.li, founding, "abandon", reason="not_enough_will")
    union = Union.objects.select_related("place").get(pk=founding.union_id)
    assert (application.case.stage, union.place.closed_on is not None) == ("abandoned", True)
    assert Founding.objects.get().state == FoundingState.ABANDONED
    assert told(application.subject_id)[-1] == "founding_abandoned"
    assert site.asks(BOSS, side=Side.EMPLOYER).application.pk != application.pk


def test_who_is_asked_back_answers_and_a_refusal_names_its_reason(site: Site) -> None:
    asked = site.asks()
    site.presses(site.li, asked.application, "ask", reason="employer_unclear")
    site.presses(
        asked.account, asked.application, "bring", answers={"says": "在柳林镇工业路 8 号"}, says="在柳林镇工业路 8 号"
    )
    refused = site.presses(site.li, asked.application, "refuse", reason="elsewhere")
    assert (refused.case.stage, refused.settled_at) == ("refused", AT)
    assert told(asked.application.subject_id)[-1] == "founding_refused"


@pytest.mark.guard(
    "no-union-without-approval",
    "a union in preparation becomes a normal one by an approval with a document number alone",
)
def test_no_union_leaves_its_preparation_without_an_approval(site: Site) -> None:
    union = site.prepares().union
    with transaction.atomic(), pytest.raises(IntegrityError):
        Union.objects.filter(pk=union.pk).update(is_preparing=False)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Founding.objects.filter(pk=union.pk).update(state=FoundingState.FOUNDED)
    union.refresh_from_db()
    assert union.is_preparing


@pytest.mark.control("no-union-without-approval")
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_without_the_database_s_own_word_it_would_be_a_union_at_once(site: Site) -> None:
    union = site.prepares().union
    with connections["owner"].cursor() as owner:
        owner.execute("ALTER TABLE orgs_union DISABLE TRIGGER union_founded_by_document")
        owner.execute("UPDATE orgs_union SET is_preparing = false WHERE place_id = %s", [union.pk])
        owner.execute("ALTER TABLE orgs_union ENABLE TRIGGER union_founded_by_document")
    union.refresh_from_db()
    assert not union.is_preparing
    assert Founding.objects.get().document_no == "", "and nothing stands behind it"


def test_whoever_reported_does_not_approve(site: Site) -> None:
    founding = site.prepares()
    site.members(founding)
    site.reports(founding)
    with pytest.raises((NotMade, Forbidden)):
        site.presses(site.li, founding, "approve", answers=APPROVAL)
    chair = site.account("chair", Role.CHAIR, founding.union)
    with pytest.raises((NotMade, Forbidden)):
        site.presses(chair, founding, "approve", answers=APPROVAL)
    assert site.presses(site.zhou, founding, "approve", answers=APPROVAL).case.stage == "founded"


@pytest.mark.guard(
    "who-asked-for-a-union", "the employer, and the chair of the new union, never learn which worker asked for it"
)
def test_the_employer_never_learns_who_asked(site: Site) -> None:
    boss = site.asks(BOSS, side=Side.EMPLOYER)
    worker = site.asks()
    founding = site.prepares(boss.application)
    chair = site.account("chair", Role.CHAIR, founding.union)
    for account in (boss.account, chair):
        actor = site.actor(account)
        with transaction.atomic(), acting(actor):
            met = set(visible_to(actor).values_list("pk", flat=True))
            rows = set(FoundingApplication.objects.values_list("pk", flat=True))
        assert worker.application.pk not in met | rows
    with transaction.atomic(), acting(site.actor(boss.account)):
        shown = str(content_of(LINE, boss.application.case, site.actor(boss.account)).parts)
    assert LI.name not in shown
    assert LI.phone not in shown
    assert "还有" not in shown, "not even that somebody else asked"
    assert told(worker.application.subject_id)[-1] == "founding_merged"
    assert told(boss.application.subject_id) == ["founding_received", "founding_prepared"]


@pytest.mark.control("who-asked-for-a-union")
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_without_the_wall_the_employer_reads_along(site: Site) -> None:
    boss, worker = site.asks(BOSS, side=Side.EMPLOYER), site.asks()
    with connections["owner"].cursor() as owner:
        owner.execute(
            "ALTER TABLE founding_foundingapplication NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY"
        )
    with transaction.atomic(), acting(site.actor(boss.account)):
        assert FoundingApplication.objects.filter(pk=worker.application.pk).exists()


def test_the_desk_knows_who_asked_and_is_told_to_keep_it(site: Site) -> None:
    worker = site.asks()
    with transaction.atomic(), acting(site.actor(site.li)):
        shown = str(content_of(LINE, worker.application.case, site.actor(site.li)).parts)
    assert LI.name in shown
    assert "要保密" in shown
    named = site.asks(
        other(BOSS),
        wish=Wish("under_25", "committee", is_named=True),
        workplace=Workplace(site.another_shop("顺达配件有限公司").pk),
    )
    with transaction.atomic(), acting(site.actor(site.li)):
        assert "要保密" not in str(content_of(LINE, named.application.case, site.actor(site.li)).parts)


def test_somebody_of_another_town_meets_nothing(site: Site) -> None:
    application = site.asks().application
    park = site.account("park", Role.CADRE, site.park)
    with pytest.raises((NotMade, Forbidden)):
        site.presses(park, application, "prepare", answers=PLAN)
    assert FoundingApplication.objects.get().case.stage == "applied"
