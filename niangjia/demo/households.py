"""Households of a few members of the demo county, papers that were seen, and a first look through everybody's records."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

from niangjia.demo.rules import ANHE
from niangjia.demo.rules.accounts import HONGYUAN
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.privacy.consenting import Act, answer
from niangjia.kernel.privacy.notices import load_notices
from niangjia.registers.households.queries import asked_of
from niangjia.registers.households.rules import CHILDREN, FAMILY, KinWritten, Relation, SchoolWritten, Stage
from niangjia.registers.households.services import Home, add_person, begin_household, say_yes, write_school
from niangjia.registers.members.clinic.looking import look_through
from niangjia.registers.members.masked import number_of
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import FULL
from niangjia.registers.members.verified.models import PaperSeen
from niangjia.registers.members.verified.rules import Occasion, Paper

Ago = Callable[..., AbstractContextManager[None]]
Acting = Callable[[str], Actor]
SEEN_EACH, SEEN_MOST = 3, 120
MARRIED = 3


def keep_families(*, ago: Ago, actor: Acting, on: date) -> None:
    """Liu of the mill with her child and her mother; three couples of members; papers seen at the mill; the first check-up."""
    load_notices()
    mill = Membership.objects.filter(union__name=HONGYUAN, period__upper_inf=True, state__in=FULL)
    people = list(mill.select_related("person").order_by("person_id")[: SEEN_EACH * SEEN_MOST])
    with ago(days=40):
        _see_papers(people[::SEEN_EACH], by=actor("zhangjianguo"), on=on - timedelta(days=40))
    with ago(days=30):
        _live_with_family(actor("liuxiuying"), on=on - timedelta(days=30))
    women = [each.person for each in people if each.person.sex == "female"][1 : MARRIED + 1]
    men = [each.person for each in people if each.person.sex == "male"][1 : MARRIED + 1]
    with ago(days=20):
        for wife, husband in zip(women, men, strict=False):
            _live_together(wife, husband, on=on - timedelta(days=20))
    look_through()


def _see_papers(held: list[Membership], *, by: Actor, on: date) -> None:
    PaperSeen.objects.bulk_create(
        PaperSeen(
            city=each.city, person=each.person, union_id=each.union_id, paper=Paper.REGISTERED.value,
            occasion=Occasion.REGISTERING.value, seen_on=on, seen_by_id=by.account_id,
        )
        for each in held
    )  # fmt: skip


def _live_with_family(liu: Actor, *, on: date) -> None:
    since = date(2015, 5, 1)
    _agree(liu, on=on)
    begin_household(Home(ANHE.region_code, "柳林镇河西街 12 号院 2 单元 301", since), by=liu, on=on)
    born = date(on.year - 9, 3, 12)
    kin = KinWritten(name="刘雨桐", relation=Relation.CHILD, since=born, birth_on=born, agreed=True)
    child = add_person(kin, by=liu, on=on)
    school = SchoolWritten("柳林镇中心小学", Stage.PRIMARY, date(on.year - 3, 9, 1), grade="三年级")
    write_school(child.pk, school, by=liu, on=on)
    mother = date(1958, 10, 4)
    add_person(KinWritten("周桂香", Relation.PARENT, since, mother, agreed=True), by=liu, on=on)


def _live_together(wife: Person, husband: Person, *, on: date) -> None:
    """She writes him down by his number; he says yes."""
    she, he = (Actor(account_id=None, name="", subject_id=each.pk) for each in (wife, husband))
    _agree(she, on=on)
    since = date(on.year - 6, 2, 1)
    begin_household(Home(ANHE.region_code, "", since), by=she, on=on)
    written = KinWritten(husband.name, Relation.SPOUSE, since, id_number=number_of(husband), agreed=True)
    add_person(written, by=she, on=on)
    for asked in asked_of(husband.pk, on=on):
        say_yes(asked.belonging_id, by=he, on=on)


def _agree(actor: Actor, *, on: date) -> None:
    for key in (FAMILY, CHILDREN):
        answer(Act(key, 1, given=True), by=actor, on=on)
