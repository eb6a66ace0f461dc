"""A household is written down by a member alone, links other members when they say yes, and is seen at a desk on purpose."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.messages.models import Message
from niangjia.kernel.privacy.consenting import Act, answer
from niangjia.kernel.reveal.models import Look
from niangjia.registers.households import services
from niangjia.registers.households.looking import look_at_household
from niangjia.registers.households.models import Belonging, Household, Kin
from niangjia.registers.households.queries import asked_of, household_on
from niangjia.registers.households.rules import CHILDREN, FAMILY, Relation, SchoolWritten, Stage
from niangjia.registers.households.services import HouseholdRefused
from niangjia.registers.households.tests.homes import CHILD_NUMBER, TwoHomes, a_household, kin, since
from niangjia.registers.members.tests.people import ID_CHEN
from niangjia.registers.orgs.tests.office import client_at

pytestmark = pytest.mark.django_db
CHEN_SPOUSE = {"relation": Relation.SPOUSE, "name": "陈桂兰", "birth_on": None, "id_number": ID_CHEN}


def refusals(act: object) -> dict[str, str]:
    """Why it was refused, by field."""
    with pytest.raises(HouseholdRefused) as refused:
        act()  # type: ignore[operator]
    return {field: reason.code for field, reason in refused.value.reasons.items()}


def test_nothing_is_written_without_her_consent_and_no_child_without_the_guardians() -> None:
    homes, today = TwoHomes(), clock.today()
    for key in (FAMILY, CHILDREN):
        answer(Act(key, 1, given=False), by=homes.liu_acts, on=today)
    assert refusals(lambda: a_household(homes.liu_acts)) == {"__all__": "consent_withdrawn"}
    answer(Act(FAMILY, 1, given=True), by=homes.liu_acts, on=today)
    with acting(homes.liu_acts):
        a_household(homes.liu_acts)
        assert refusals(lambda: services.add_person(kin(), by=homes.liu_acts, on=today)) == {
            "__all__": "consent_withdrawn"
        }
        grown = kin(birth_on=date(1960, 1, 1), relation=Relation.PARENT)
        assert services.add_person(grown, by=homes.liu_acts, on=today).kin is not None


def test_what_consent_carried_goes_with_it() -> None:
    homes, today = TwoHomes(), clock.today()
    with acting(homes.liu_acts):
        a_household(homes.liu_acts)
        services.add_person(kin(), by=homes.liu_acts, on=today)
        services.add_person(kin(birth_on=date(1960, 1, 1), relation=Relation.PARENT), by=homes.liu_acts, on=today)
    answer(Act(CHILDREN, 1, given=False), by=homes.liu_acts, on=today)
    assert Kin.objects.count() == 1
    answer(Act(FAMILY, 1, given=False), by=homes.liu_acts, on=today)
    assert not Household.objects.exists()
    assert not Kin.objects.exists()


def test_a_member_is_linked_when_she_says_yes_and_nothing_of_her_stays_copied() -> None:
    homes, today = TwoHomes(), clock.today()
    with acting(homes.liu_acts):
        a_household(homes.liu_acts)
        services.add_person(kin(**CHEN_SPOUSE), by=homes.liu_acts, on=today)
    assert Message.objects.filter(template="household_asked", subject=homes.chen.pk).count() == 1
    asked = asked_of(homes.chen.pk, on=today)
    assert [(each.relation, each.head_name) for each in asked] == [("spouse", "刘秀英")]
    with acting(homes.chen_acts):
        services.say_yes(asked[0].belonging_id, by=homes.chen_acts, on=today)
    linked = Belonging.objects.get(member=homes.chen.pk)
    assert linked.kin is None
    assert not Kin.objects.exists()
    with acting(homes.chen_acts):
        assert refusals(lambda: a_household(homes.chen_acts)) == {"__all__": "household_already"}
        services.leave(by=homes.chen_acts, on=today)
    assert Belonging.objects.get(pk=linked.pk).period.upper == today


@pytest.mark.guard(
    "family-tells-nothing", "Whoever writes a person into her household never learns whether that person is a member."
)
def test_whoever_writes_a_member_down_sees_what_she_would_see_of_anybody(client: Client) -> None:
    homes, today = TwoHomes(), clock.today()
    with acting(homes.liu_acts):
        a_household(homes.liu_acts)
        belonging = services.add_person(kin(**CHEN_SPOUSE), by=homes.liu_acts, on=today)
    with clock.at(clock.now()):
        as_member = open_session(client, homes.liu_account).get("/mine/household/").content
        Kin.objects.filter(pk=belonging.kin_id or 0).update(id_sealed=None, id_blind=None)
        as_anybody = client.get("/mine/household/").content
    assert _plain(as_member) == _plain(as_anybody)


@pytest.mark.control("family-tells-nothing")
def test_after_she_said_yes_herself_the_page_does_say_so(client: Client) -> None:
    homes, today = TwoHomes(), clock.today()
    with acting(homes.liu_acts):
        a_household(homes.liu_acts)
        belonging = services.add_person(kin(**CHEN_SPOUSE), by=homes.liu_acts, on=today)
    services.say_yes(belonging.pk, by=homes.chen_acts, on=today)
    assert "本人答应过" in open_session(client, homes.liu_account).get("/mine/household/").content.decode()


def _plain(page: bytes) -> list[bytes]:
    """A page without its tokens."""
    return [line for line in page.split(b"\n") if b"csrfmiddlewaretoken" not in line and b"nonce" not in line]


def test_she_says_no_and_nothing_of_her_stays() -> None:
    homes, today = TwoHomes(), clock.today()
    with acting(homes.liu_acts):
        a_household(homes.liu_acts)
        belonging = services.add_person(kin(**CHEN_SPOUSE), by=homes.liu_acts, on=today)
    with acting(homes.chen_acts):
        services.say_no(belonging.pk, by=homes.chen_acts, on=today)
    assert not Kin.objects.exists()
    with pytest.raises(Forbidden):
        services.say_no(belonging.pk, by=homes.chen_acts, on=today)


def test_one_child_is_written_down_in_one_household() -> None:
    homes, today = TwoHomes(), clock.today()
    with acting(homes.liu_acts):
        a_household(homes.liu_acts)
        services.add_person(kin(id_number=CHILD_NUMBER), by=homes.liu_acts, on=today)
    with acting(homes.chen_acts):
        a_household(homes.chen_acts)
        again = lambda: services.add_person(kin(id_number=CHILD_NUMBER), by=homes.chen_acts, on=today)  # noqa: E731 - said once
        assert refusals(again) == {"id_number": "lives_elsewhere"}
    with acting(homes.liu_acts):
        own = Belonging.objects.get(relation="child")
        services.move_out(own.pk, today, by=homes.liu_acts, on=today)
    with acting(homes.chen_acts):
        moved = kin(id_number=CHILD_NUMBER, since=today)
        assert services.add_person(moved, by=homes.chen_acts, on=today).key_blind is not None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20), st.booleans()), min_size=2, max_size=5))
def test_no_days_put_one_person_into_two_households(spans: list[tuple[int, int, bool]]) -> None:
    with transaction.atomic():
        homes, first = TwoHomes(), date(2020, 1, 1)
        houses = [
            Household.objects.create(
                city="349900",
                head=person.subject,
                region_code="349921",
                address_sealed=b"x",
                period=DateRange(first, None),
            )
            for person in (homes.liu, homes.chen)
        ]
        taken: list[DateRange] = []
        for begins, lasts, is_second in spans:
            lower = first + timedelta(days=begins)
            period = DateRange(lower, lower + timedelta(days=lasts))
            clashes = any(lower < each.upper and each.lower < period.upper for each in taken)
            house = houses[is_second]
            try:
                with transaction.atomic():
                    Belonging.objects.create(
                        city="349900", household=house, head_id=house.head_id, member=homes.chen.subject,
                        relation="other", period=period,
                    )  # fmt: skip
            except IntegrityError:
                assert clashes
            else:
                assert not clashes
                taken.append(period)
        transaction.set_rollback(True)


def test_the_household_on_a_day_is_told_without_names_and_from_each_side() -> None:
    homes, today = TwoHomes(), clock.today()
    with acting(homes.liu_acts):
        a_household(homes.liu_acts)
        child = services.add_person(kin(), by=homes.liu_acts, on=today)
        services.add_person(kin(**CHEN_SPOUSE), by=homes.liu_acts, on=today)
        school = SchoolWritten("柳林镇中心小学", Stage.PRIMARY, today - timedelta(days=80), is_private=True)
        services.write_school(child.pk, school, by=homes.liu_acts, on=today)
    services.say_yes(asked_of(homes.chen.pk, on=today)[0].belonging_id, by=homes.chen_acts, on=today)
    hers = household_on(homes.liu.pk, today)
    assert hers is not None
    assert [each.role for each in hers.people] == [Relation.APPLICANT, Relation.CHILD, Relation.SPOUSE]
    assert [(each.student, each.private_school) for each in hers.children] == [(True, True)]
    theirs = household_on(homes.chen.pk, today)
    assert theirs is not None
    assert [each.role for each in theirs.people] == [Relation.SPOUSE, Relation.CHILD, Relation.APPLICANT]
    before = household_on(homes.liu.pk, since())
    assert before is not None
    assert [each.role for each in before.people] == [Relation.APPLICANT]
    assert household_on(homes.liu.pk, since() - timedelta(days=1)) is None


def test_a_later_school_ends_the_one_before() -> None:
    homes, today = TwoHomes(), clock.today()
    with acting(homes.liu_acts):
        a_household(homes.liu_acts)
        child = services.add_person(kin(), by=homes.liu_acts, on=today)
        services.write_school(
            child.pk, SchoolWritten("幼儿园", Stage.KINDERGARTEN, date(2023, 9, 1)), by=homes.liu_acts, on=today
        )
        school = services.write_school(
            child.pk, SchoolWritten("小学", Stage.PRIMARY, date(2025, 9, 1)), by=homes.liu_acts, on=today
        )
        again = SchoolWritten("另一所", Stage.PRIMARY, date(2025, 9, 1))
        assert refusals(lambda: services.write_school(child.pk, again, by=homes.liu_acts, on=today)) == {
            "since": "school_overlaps"
        }
        assert [each.period.upper for each in child.schoolings.order_by("period")] == [date(2025, 9, 1), None]
        services.strike_school(school.pk, by=homes.liu_acts, on=today)
        assert child.schoolings.count() == 1


@pytest.mark.guard(
    "family-behind-a-purpose", "At a desk nobody meets a row of a household but through a look that she is told of."
)
def test_at_a_desk_nothing_of_a_household_is_met_without_a_look_she_is_told_of(client: Client) -> None:
    homes, today = TwoHomes(), clock.today()
    with acting(homes.liu_acts):
        a_household(homes.liu_acts)
        services.add_person(kin(), by=homes.liu_acts, on=today)
    account = an_account("officer", role=Role.OFFICER, at=homes.county.place)
    officer = actor_of(account, on=today)
    with acting(officer):
        assert not Household.objects.exists()
        assert not Belonging.objects.exists()
        assert not Kin.objects.exists()
    desk, page = open_session(client, account), f"/households/{homes.liu.pk}/"
    assert "刘小宝" not in desk.get(page).content.decode()
    assert desk.post(page, {"purpose": "verify_identity"}).status_code == 422
    assert not Look.objects.exists()
    shown = desk.post(page, {"purpose": "handle_help"}).content.decode()
    assert "刘小宝" in shown
    assert "河西街" in shown
    look = Look.objects.get()
    assert (look.subject_id, look.field, look.purpose) == (homes.liu.pk, "household", "handle_help")
    hers = open_session(Client(), homes.liu_account).get("/my/looks/").content.decode()
    assert "家庭情况" in hers


@pytest.mark.control("family-behind-a-purpose")
def test_beyond_the_walls_the_rows_are_there() -> None:
    homes, today = TwoHomes(), clock.today()
    with acting(homes.liu_acts):
        a_household(homes.liu_acts)
        services.add_person(kin(), by=homes.liu_acts, on=today)
    assert Kin.objects.count() == 1


def test_inside_the_enterprise_and_elsewhere_the_page_is_not_there() -> None:
    homes = TwoHomes()
    with acting(homes.liu_acts):
        a_household(homes.liu_acts)
    page = f"/households/{homes.liu.pk}/"
    for union, role in ((homes.mill, Role.CHAIR), (homes.mill, Role.CADRE), (homes.park, Role.CADRE)):
        desk = client_at(union, role)
        assert desk.get(page).status_code == 404
        assert desk.post(page, {"purpose": "handle_help"}).status_code == 404
    chair = actor_of(an_account("chair", role=Role.CHAIR, at=homes.mill.place), on=clock.today())
    with pytest.raises(Forbidden):
        look_at_household(homes.liu.pk, purpose="handle_help", by=chair, on=clock.today())


def test_where_nothing_was_written_nothing_is_looked_at(client: Client) -> None:
    homes = TwoHomes()
    desk = open_session(client, an_account("zhou", role=Role.CADRE, at=homes.county.place))
    assert "家庭情况" in desk.get(f"/members/{homes.liu.pk}/").content.decode()
    assert "没有写过家庭" in desk.post(f"/households/{homes.liu.pk}/", {"purpose": "handle_help"}).content.decode()
    assert not Look.objects.exists()


def test_the_journal_names_nobody_of_the_family() -> None:
    homes, today = TwoHomes(), clock.today()
    with acting(homes.liu_acts):
        a_household(homes.liu_acts)
        services.add_person(kin(), by=homes.liu_acts, on=today)
        services.remove_household(by=homes.liu_acts, on=today)
    told = Entry.objects.filter(verb__in=["write_household", "change_household", "remove_household"])
    assert [each.detail for each in told.order_by("id")] == [{}, {"what": "person"}, {}]
    assert not Household.objects.exists()
    assert not Kin.objects.exists()


def test_she_writes_her_household_on_her_phone_corrects_and_removes_it(client: Client) -> None:
    homes, today = TwoHomes(), clock.today()
    phone = open_session(client, homes.liu_account)
    assert "开始写" in phone.get("/mine/household/").content.decode()
    home = {"region_code": "349921", "address": "河西街", "since": "2020-01-01"}
    assert phone.post("/mine/household/home/", home).status_code == 302
    child = {"relation": "child", "name": "刘小宝", "birth_on": "2019-06-03", "since": "2020-01-01", "agreed": "on"}
    assert "先告诉这位家人" in phone.post("/mine/household/new/", child | {"agreed": ""}).content.decode()
    assert phone.post("/mine/household/new/", child).status_code == 302
    assert "刘小宝" in phone.get("/mine/household/").content.decode()
    pk = Belonging.objects.get(relation="child").pk
    page = f"/mine/household/{pk}/"
    assert phone.get(page).status_code == 200
    school = {"school-stage": "primary", "school-school": "柳林镇中心小学", "school-since": "2025-09-01", "school": "1"}
    assert phone.post(page, school).status_code == 302
    assert phone.post(page, child | {"name": "刘晓宝", "change": "1"}).status_code == 302
    assert Kin.objects.get().name == "刘晓宝"
    assert phone.post("/mine/household/home/", home | {"address": "河东街"}).status_code == 302
    assert "河东街" in phone.get("/mine/household/").content.decode()
    early = {"leaving-until": "2019-01-01", "leave": "1"}
    assert "要在住进来那天以后" in phone.post(page, early).content.decode()
    assert phone.post(page, early | {"leaving-until": today.isoformat()}).status_code == 302
    assert "以前住在一起的" in phone.get("/mine/household/").content.decode()
    assert phone.post(page, {"strike": "1"}).status_code == 302
    assert not Kin.objects.exists()
    assert phone.post("/mine/household/", {"remove": "1"}).status_code == 302
    assert not Household.objects.exists()
    assert open_session(Client(), homes.chen_account).get(page).status_code == 404
