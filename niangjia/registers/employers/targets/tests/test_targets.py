"""Employers without a union as work: handed out, visited, ended by hand and by themselves; leads; who sees what."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.dated.models import LocalParameter
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.models import Message
from niangjia.registers.employers.models import Employer
from niangjia.registers.employers.rules.employer_facts import EmployerFacts
from niangjia.registers.employers.services import attach_union, edit_employer, facts_of, register_employer
from niangjia.registers.employers.targets.handing import HAND
from niangjia.registers.employers.targets.leads import count_leads, say_employer
from niangjia.registers.employers.targets.models import Lead, Target, WrittenName
from niangjia.registers.employers.targets.queries import visible_to, without_union, work_list
from niangjia.registers.employers.targets.rules.targets import WITHIN_MONTHS, Ending, Outcome, VisitFacts
from niangjia.registers.employers.targets.services import TargetRefused, end_target, hand_target, keep_visit
from niangjia.registers.employers.targets.today import things_to_do
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.tests.people import a_number, enrol
from niangjia.registers.orgs.tests.office import OPERATOR, Office, client_at

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _frozen() -> Any:
    with clock.at(_noon(TODAY)):
        yield


def _noon(day: date) -> Any:
    return clock.now().replace(year=day.year, month=day.month, day=day.day, hour=4)


class Town(Office):
    """The office with employers of the town, and two cadres."""

    def __init__(self) -> None:
        """Nothing is handed out yet."""
        super().__init__()
        self.chen_account = an_account("chen", role=Role.CADRE, at=self.town.place, name="陈丽")
        self.he_account = an_account("he", role=Role.CADRE, at=self.park.place, name="何静")
        self.zhou_account = an_account("zhou", role=Role.CADRE, at=self.county.place, name="周敏")

    def employer(self, name: str, *, opened: date | None = None, heads: int | None = None, **more: Any) -> Employer:
        """An employer of the town."""
        facts = EmployerFacts(name=name, place_id=self.town.pk, opened_on=opened, employees=heads, **more)
        return register_employer(facts, by=OPERATOR)

    @property
    def zhou(self) -> Actor:
        """The county's cadre."""
        return actor_of(self.zhou_account, on=TODAY)

    @property
    def chen(self) -> Actor:
        """The town's cadre."""
        return actor_of(self.chen_account, on=TODAY)


@pytest.fixture
def town() -> Town:
    return Town()


def handed(town: Town, employer: Employer, to: Account | None = None, due: date = date(2026, 12, 20)) -> Target:
    return hand_target(employer.pk, (to or town.chen_account).pk, due, by=town.zhou, on=TODAY)


def names(town: Town) -> list[str]:
    rows = work_list(town.zhou, on=TODAY).order_by("-is_new", "-known_heads", "pk")
    return [row.name for row in rows]


def test_newly_opened_ones_come_first_then_the_larger_ones_and_covered_or_closed_ones_are_not_there(
    town: Town,
) -> None:
    town.employer("老厂", opened=date(2010, 1, 1), heads=900)
    town.employer("不知哪年开的", heads=1_000)
    town.employer("新店", opened=date(2026, 9, 1), heads=5)
    town.employer("新厂", opened=date(2026, 6, 1), heads=80)
    town.employer("关了的", opened=date(2026, 6, 1), closed_on=date(2026, 7, 1))
    attach_union(town.employer("有工会的").pk, town.mill.pk, by=OPERATOR, on=TODAY)
    assert names(town) == ["新厂", "新店", "不知哪年开的", "老厂"]


def test_how_long_an_employer_is_new_is_a_figure_of_its_region_and_of_its_day(town: Town) -> None:
    employer = town.employer("新厂", opened=date(2026, 6, 1), region_code="349921")
    row = without_union(town.zhou, on=TODAY).get(pk=employer.pk)
    assert (row.union_due_on, row.is_new) == (date(2026, 12, 1), 1)
    LocalParameter.objects.create(
        key=WITHIN_MONTHS,
        region_code="349900",
        value="3",
        unit="months",
        valid_from=date(2026, 1, 1),
        source="示例文件",
    )
    row = without_union(town.zhou, on=TODAY).get(pk=employer.pk)
    assert (row.union_due_on, row.is_new) == (date(2026, 9, 1), 0)
    assert without_union(town.zhou, on=date(2025, 12, 31)).get(pk=employer.pk).union_due_on == date(2026, 12, 1)


def test_an_employer_is_handed_to_who_may_go_there_and_to_nobody_else(town: Town) -> None:
    employer = town.employer("新厂")
    with pytest.raises(TargetRefused) as refused:
        handed(town, employer, town.he_account, due=date(2026, 11, 1))
    assert {field: why.code for field, why in refused.value.reasons.items()} == {
        "due_on": "due_past",
        "cadre": "cadre_unknown",
    }
    target = handed(town, employer)
    assert (target.cadre, target.handed_on) == (town.chen_account, TODAY)
    told = Message.objects.get(template="target_handed")
    assert told.account_id == town.chen_account.pk
    # Handed again, it changes hands: there is one at a time.
    handed(town, employer, town.zhou_account, due=date(2026, 12, 30))
    assert Target.objects.get().cadre == town.zhou_account
    assert Entry.objects.filter(verb="hand_target").count() == 2


def test_the_park_s_cadre_neither_sees_nor_touches_what_is_the_town_s(town: Town) -> None:
    target, he = handed(town, town.employer("新厂")), actor_of(town.he_account, on=TODAY)
    assert not visible_to(he).exists()
    facts = VisitFacts(TODAY, "主任", "谈了")
    with pytest.raises(Forbidden):
        keep_visit(target.pk, facts, by=he, on=TODAY)
    with pytest.raises(Forbidden):
        end_target(target.pk, Ending(Outcome.CLOSED, "搬走"), by=he, on=TODAY)
    with pytest.raises(Forbidden):
        hand_target(target.employer_id, town.he_account.pk, TODAY, by=he, on=TODAY)


def test_visits_are_kept_and_the_next_one_stands_on_her_first_page(town: Town) -> None:
    target = handed(town, town.employer("新厂"))
    assert [(thing.title, thing.due) for thing in things_to_do(town.chen, TODAY)] == [
        ("去「新厂」谈建会", date(2026, 12, 20))
    ]
    keep_visit(target.pk, VisitFacts(TODAY, "厂长", "说要想想", date(2026, 11, 30)), by=town.chen, on=TODAY)
    assert [thing.due for thing in things_to_do(town.chen, TODAY)] == [date(2026, 11, 30)]
    assert things_to_do(town.zhou, TODAY) == []
    entry = Entry.objects.get(verb="visit_employer")
    assert "厂长" not in str(entry.detail)
    assert "想想" not in str(entry.detail)


def test_a_union_that_covers_the_employer_ends_the_target_by_itself(town: Town) -> None:
    first, second = town.employer("新厂"), town.employer("新店")
    one, two = handed(town, first), handed(town, second)
    attach_union(first.pk, town.mill.pk, by=town.zhou, on=TODAY)
    one.refresh_from_db()
    assert (one.outcome, one.ended_on) == (Outcome.FOUNDED, TODAY)
    attach_union(second.pk, town.mill.pk, by=town.zhou, on=TODAY)
    two.refresh_from_db()
    assert two.outcome == Outcome.JOINED
    assert names(town) == []
    assert things_to_do(town.chen, TODAY) == []
    with pytest.raises(TargetRefused):
        keep_visit(one.pk, VisitFacts(TODAY, "厂长", "谈了"), by=town.chen, on=TODAY)


def test_an_employer_that_closes_ends_the_target_by_itself(town: Town) -> None:
    employer = town.employer("新厂", opened=date(2026, 6, 1))
    target = handed(town, employer)
    facts = facts_of(employer)
    edit_employer(employer.pk, EmployerFacts(**vars(facts) | {"closed_on": TODAY}), by=OPERATOR)
    target.refresh_from_db()
    assert target.outcome == Outcome.CLOSED


def test_who_refuses_for_now_stays_on_the_list_and_is_asked_again_on_the_day(town: Town) -> None:
    employer = town.employer("新厂")
    target = handed(town, employer)
    again = TODAY + timedelta(days=60)
    end_target(target.pk, Ending(Outcome.REFUSED, "老板出差", again), by=town.chen, on=TODAY)
    row = work_list(town.zhou, on=TODAY).get(pk=employer.pk)
    assert row.target is None
    assert (row.before["outcome"], row.before["again_on"]) == ("refused", again.isoformat())
    assert things_to_do(town.chen, TODAY) == []
    assert [thing.title for thing in things_to_do(town.chen, again)] == ["再去「新厂」问问建会"]
    handed(town, employer)
    assert Target.objects.count() == 2
    assert [thing.title for thing in things_to_do(town.chen, again)] == ["去「新厂」谈建会"]


def test_many_are_handed_out_at_once_and_what_somebody_has_stays(town: Town) -> None:
    employers = [town.employer(f"第{number}店") for number in range(4)]
    handed(town, employers[0], town.zhou_account)
    attach_union(employers[1].pk, town.mill.pk, by=OPERATOR, on=TODAY)
    rows, value = Employer.objects.all(), str(town.chen_account.pk)
    preview = HAND.preview(rows, value, by=town.zhou)
    assert preview.changes == tuple(each.pk for each in employers[2:])
    assert [number for _words, number in preview.left] == [1, 1]
    assert HAND.apply([each.pk for each in employers], value, by=town.zhou) == 2
    assert set(Target.objects.filter(cadre=town.chen_account).values_list("employer", flat=True)) == set(
        preview.changes
    )
    assert Target.objects.filter(cadre=town.chen_account).first().due_on == TODAY + timedelta(days=30)  # type: ignore[union-attr]
    assert Message.objects.filter(template="targets_handed").count() == 1
    assert HAND.preview(rows, str(town.he_account.pk), by=town.chen).refusal is not None


def workers(town: Town, workplace: str, number: int, *, start: int = 1, employer: Employer | None = None) -> None:
    for place in range(start, start + number):
        person = enrol({"name": "吴小燕", "id_number": a_number("34992119950307", place)}, town.plant)
        Person.objects.filter(pk=person.pk).update(workplace=workplace)
        if employer is not None:
            Membership.objects.filter(person=person).update(employer=employer)


def test_a_cluster_of_members_makes_a_lead_and_two_are_no_cluster(town: Town) -> None:
    fast, slow = town.employer("迅达快递（安禾）有限公司"), town.employer("慢慢物流")
    workers(town, "迅达快递(安禾)有限公司 ", 2)
    workers(town, "", 1, start=3, employer=fast)
    workers(town, "慢慢物流", 2, start=4)
    assert count_leads(on=TODAY) == 1
    lead = Lead.objects.get()
    assert (lead.employer, lead.members, lead.place_id) == (fast, 3, town.town.pk)
    row = work_list(town.zhou, on=TODAY).get(pk=fast.pk)
    assert row.naming == 3
    assert work_list(town.zhou, on=TODAY).get(pk=slow.pk).naming is None
    # A union comes: it is no lead any more.
    attach_union(fast.pk, town.mill.pk, by=OPERATOR, on=TODAY)
    assert count_leads(on=TODAY) == 0


@pytest.mark.guard(
    "leads-are-numbers", "An employer's page and its lead tell how many members name it, and never who they are."
)
def test_the_page_of_a_lead_says_how_many_and_never_who(town: Town) -> None:
    employer = town.employer("迅达快递有限公司")
    workers(town, "迅达快递有限公司", 3)
    count_leads(on=TODAY)
    client = client_at(town.town)
    for address in (f"/employers/{employer.pk}/union-work/", "/employers/without-union/", f"/employers/{employer.pk}/"):
        page = client.get(address).content.decode()
        assert "吴小燕" not in page
    assert "3 位会员" in client.get(f"/employers/{employer.pk}/union-work/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'targets_lead'")
        kept = {name for (name,) in cursor.fetchall()}
    assert not {"person_id", "subject_id", "person", "subject"} & kept


@pytest.mark.control("leads-are-numbers")
def test_whoever_may_see_the_members_meets_their_names(town: Town) -> None:
    workers(town, "迅达快递有限公司", 3)
    assert "吴小燕" in client_at(town.park).get("/members/").content.decode()


def test_a_name_that_means_several_waits_for_a_person_and_is_known_from_then_on(town: Town) -> None:
    one, _two = town.employer("同心超市"), town.employer("同心超市")
    workers(town, "同心超市", 3)
    workers(town, "没有登记的公司", 3, start=4)
    workers(town, "自由职业", 5, start=7)
    assert count_leads(on=TODAY) == 2
    lead = Lead.objects.get(name="同心超市")
    assert lead.employer is None
    assert lead.place_id == town.plant.pk
    kept = say_employer(lead.pk, one.pk, by=town.zhou, on=TODAY)
    assert kept is not None
    assert (kept.employer, kept.members) == (one, 3)
    other = Lead.objects.get(name="没有登记的公司")
    assert say_employer(other.pk, None, by=town.zhou, on=TODAY) is None
    assert WrittenName.objects.count() == 2
    assert count_leads(on=TODAY) == 1
    assert Lead.objects.get().employer == one


def test_the_pages_lead_from_the_list_to_a_visit_and_back(town: Town) -> None:
    employer = town.employer("新厂", opened=date(2026, 6, 1), heads=80)
    client = client_at(town.town, login="li")
    assert "新厂" in client.get("/employers/without-union/").content.decode()
    address = f"/employers/{employer.pk}/union-work/"
    assert "还没有交给过人" in client.get(address).content.decode()
    wrong = client.post(address, {"cadre": "", "due_on": "2026-01-01"})
    assert 'id="id_cadre_wrong"' in wrong.content.decode()
    me = Account.objects.get(login="li")
    assert client.post(address, {"cadre": me.pk, "due_on": "2026-12-20"}).status_code == 302
    target = Target.objects.get()
    visit = f"/employers/targets/{target.pk}/visit/"
    assert client.get(visit).status_code == 200
    assert 'id="id_met_wrong"' in client.post(visit, {"on": "2026-11-22"}).content.decode()
    assert client.post(visit, {"on": "2026-11-22", "met": "厂长", "said": "说要想想"}).status_code == 302
    assert "说要想想" in client.get(f"/employers/targets/{target.pk}/").content.decode()
    end = f"/employers/targets/{target.pk}/end/"
    assert 'id="id_again_on_wrong"' in client.post(end, {"outcome": "refused", "reason": "不肯"}).content.decode()
    assert client.post(end, {"outcome": "closed", "reason": "搬走了"}).status_code == 302
    assert client.get(visit).status_code == 404
    assert "单位关停了" in client.get("/employers/targets/").content.decode()
    assert client_at(town.park).get(f"/employers/targets/{target.pk}/").status_code == 404


def test_the_list_costs_the_same_however_long_it_is(town: Town, django_assert_max_num_queries: Any) -> None:
    client = client_at(town.town)
    client.get("/employers/without-union/")
    for number in range(20):
        handed(town, town.employer(f"第{number}店"))
    with django_assert_max_num_queries(17):
        client.get("/employers/without-union/")
