"""What the members' register holds about a person, how long, and how it is erased."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from psycopg import sql

from niangjia.kernel import clock
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.queries import PHONE_OF_CODE
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.intake.models import Change, Import
from niangjia.kernel.intake.personal import PEOPLE, forget_originals
from niangjia.kernel.privacy.asking import propose_erasure
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable, RequestKind, RequestState, Row, Told
from niangjia.kernel.sealed import blind, seal
from niangjia.registers.members.forms import CODED
from niangjia.registers.members.history import MembershipEvent, PersonEvent
from niangjia.registers.members.masked import number_of, phone_of
from niangjia.registers.members.models import (
    Membership,
    Person,
    PhoneProposal,
    TransferProposal,
)
from niangjia.registers.members.rules import IdKind
from niangjia.registers.members.rules.sealed_columns import SEALED_ID
from niangjia.registers.members.words import FIELD_WORDS, SEX_WORDS, title_of

BLANK = (
    "sex", "ethnicity", "political", "education", "household_registration", "employment", "workplace", "title", "skill",
    "occupation", "name_sort",
)  # fmt: skip
YEAR = 365


def _erase_person(leaving: Leaving) -> int:
    """The row stays for the memberships that point at it; every value in it goes, and so do rosters that brought her."""
    person = Person.objects.select_for_update().filter(pk=leaving.subject_id).first()
    if person is None:
        return 0
    _forget_rosters(person, leaving)
    if person.phone_sealed:
        PhoneCode.objects.filter(phone_blind=blind(PHONE_OF_CODE, phone_of(person))).delete()
    _forget_staged(bytes(person.subject.key_blind or b""), leaving)
    Person.objects.filter(pk=person.pk).update(
        **dict.fromkeys(BLANK, ""),
        name=leaving.pseudonym,
        name_keys=[],
        id_kind=IdKind.OTHER.value,
        id_sealed=seal("", aad=f"{SEALED_ID}.{person.pk}"),
        phone_sealed=None,
        phone_blind=None,
        phone_confirmed_at=None,
        birth_on=None,
        migrant=None,
        erased_at=clock.now(),
    )
    return 1


def _forget_rosters(person: Person, leaving: Leaving) -> None:
    """Files that brought her or changed her rest sealed until now; a file named after her gets another name."""
    joined = Membership.objects.filter(person=person).order_by("id")
    brought: set[int | None] = set(joined.values_list("intake_id", flat=True))
    changed = Change.objects.filter(thing_id=person.pk, batch__kind=PEOPLE).order_by("id")
    brought |= {person.intake_id, *changed.values_list("batch_id", flat=True)}
    forget_originals([batch for batch in brought if batch is not None])
    for word in leaving.words:
        for batch in Import.objects.filter(city=leaving.city, file_name__contains=word).order_by("id"):
            Import.objects.filter(pk=batch.pk).update(file_name=batch.file_name.replace(word, leaving.pseudonym))


def _forget_staged(key: bytes, leaving: Leaving) -> None:
    """Rosters that wait to be landed hold her row, too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'staging' ORDER BY tablename")
        tables = [name for (name,) in cursor.fetchall()]
        for name in tables:
            table = sql.Identifier("staging", name)
            if name.startswith("rows_"):
                cursor.execute(sql.SQL("DELETE FROM {} WHERE key_blind = %s").format(table), [key])
            elif name.startswith(("remarks_", "twice_")):
                cursor.execute(sql.SQL("DELETE FROM {} WHERE name = ANY(%s)").format(table), [list(leaving.words)])


def _delete(model: Any, by: str) -> Callable[[Leaving], int]:
    """Every row that leads to her goes."""

    def deleted(leaving: Leaving) -> int:
        number: int = model.objects.filter(**{by: leaving.subject_id}).delete()[0]
        return number

    return deleted


def _erase_memberships(leaving: Leaving) -> int:
    """Which union and from when to when stays under the pseudonym; the number of the card and the day of joining go."""
    return Membership.objects.filter(person_id=leaving.subject_id).update(member_no="", joined_on=None)


def _gone_long_ago(before: datetime) -> Any:
    """Persons whose last membership ended before a day, whose erasure nobody has decided on yet."""
    memberships = Membership.objects.filter(person=OuterRef("pk"))
    later = memberships.filter(Q(period__upper_inf=True) | Q(period__endswith__gte=before.date()))
    asked = RightsRequest.objects.filter(subject=OuterRef("pk"), kind=RequestKind.ERASE).exclude(
        state=RequestState.WITHDRAWN
    )
    return Person.objects.filter(Exists(memberships), ~Exists(later), ~Exists(asked), erased_at=None)


def _propose_erasures(keys: list[Any]) -> int:
    """Nobody is erased by a machine: a cadre is asked to."""
    asked = [propose_erasure(key, by=Actor.operator()) for key in keys]
    return sum(each is not None for each in asked)


def _told_person(subject_id: int) -> list[Row]:
    """What is registered of her, codes as people call them."""
    rows = Person.objects.filter(pk=subject_id)
    return [{str(term): value for term, value in _facts(person)} for person in rows]


def _facts(person: Person) -> list[tuple[Any, Any]]:
    migrant = {None: "", True: "yes", False: "no"}[person.migrant]
    return [
        (FIELD_WORDS["name"], person.name),
        (FIELD_WORDS["id_kind"], title_of(CODED["id_kind"], person.id_kind)),
        (FIELD_WORDS["id_number"], number_of(person)),
        (FIELD_WORDS["phone"], phone_of(person)),
        (gettext_noop("手机确认时间"), person.phone_confirmed_at),
        (FIELD_WORDS["sex"], SEX_WORDS.get(person.sex, "")),
        (FIELD_WORDS["birth_on"], person.birth_on),
        *((FIELD_WORDS[name], title_of(CODED[name], getattr(person, name))) for name in TOLD_CODES),
        (FIELD_WORDS["migrant"], title_of(CODED["migrant"], migrant)),
        (FIELD_WORDS["workplace"], person.workplace),
        (FIELD_WORDS["title"], person.title),
        (gettext_noop("登记时间"), person.registered_at),
    ]


TOLD_CODES = ("employment", "skill", "occupation", "household_registration", "ethnicity", "education", "political")
PHONE_WORDS = gettext_noop("花名册上写的另一个手机")

TABLES = (
    PersonalTable(
        "members.Person", gettext_noop("会员登记"), gettext_noop("建立和管理会籍，核对身份，联系您。"),
        Keep(
            gettext_noop("会籍结束五年以后提请干部删除；编号和化名留在工会的会籍簿上"), End.ANONYMISE, 5 * YEAR,
            due=_gone_long_ago, carry_out=_propose_erasures,
        ),
        tell=_told_person, erase=_erase_person,
    ),
    PersonalTable(
        "members.PersonEvent", gettext_noop("登记资料的历次改动"), gettext_noop("让您和经办人看到改过什么。"),
        Keep(
            gettext_noop("改动以后三年"), End.DELETE, 3 * YEAR,
            due=lambda at: PersonEvent.objects.filter(pgh_created_at__lt=at),
        ),
        tell=Told("subject_id", (
            ("pgh_created_at", gettext_noop("改动时间")), ("name", FIELD_WORDS["name"]), ("id_sealed", FIELD_WORDS["id_number"]),
            ("phone_sealed", FIELD_WORDS["phone"]), ("workplace", FIELD_WORDS["workplace"]), ("title", FIELD_WORDS["title"]),
        )),
        erase=_delete(PersonEvent, "subject_id"),
    ),
    PersonalTable(
        "members.Membership", gettext_noop("会籍"), gettext_noop("证明您在哪个工会、从什么时候起是会员。"),
        Keep(gettext_noop("会籍簿是工会的档案，登记删除以后只留化名、工会和起止"), End.LOCK, source="《档案法》"),
        tell=Told("person_id", (
            ("union__name", gettext_noop("工会")), ("kind", gettext_noop("入会方式")), ("state", gettext_noop("会籍状态")),
            ("period", gettext_noop("起止")), ("joined_on", FIELD_WORDS["joined_on"]), ("member_no", FIELD_WORDS["member_no"]),
        )),
        erase=_erase_memberships,
    ),
    PersonalTable(
        "members.MembershipEvent", gettext_noop("会籍的历次改动"), gettext_noop("让您和经办人看到改过什么。"),
        Keep(
            gettext_noop("改动以后三年"), End.DELETE, 3 * YEAR,
            due=lambda at: MembershipEvent.objects.filter(pgh_created_at__lt=at),
        ),
        tell=Told("person_id", (
            ("pgh_created_at", gettext_noop("改动时间")), ("state", gettext_noop("会籍状态")), ("period", gettext_noop("起止")),
            ("joined_on", FIELD_WORDS["joined_on"]), ("member_no", FIELD_WORDS["member_no"]),
        )),
        erase=_delete(MembershipEvent, "person_id"),
    ),
    PersonalTable(
        "members.TransferProposal", gettext_noop("转会提议"), gettext_noop("两边工会商量您的转会。"),
        Keep(
            gettext_noop("撤回以后一年"), End.DELETE, YEAR,
            due=lambda at: TransferProposal.objects.filter(withdrawn_at__lt=at),
        ),
        tell=Told("person_id", (
            ("to_union__name", gettext_noop("工会")), ("proposed_at", gettext_noop("提出时间")), ("withdrawn_at", gettext_noop("撤回时间")),
        )),
        erase=_delete(TransferProposal, "person_id"),
    ),
    PersonalTable(
        "members.PhoneProposal", gettext_noop("手机变更提议"), gettext_noop("花名册上的手机和您确认过的不一样时，由您决定。"),
        Keep(
            gettext_noop("您决定以后三十天"), End.DELETE, 30,
            due=lambda at: PhoneProposal.objects.filter(settled_at__lt=at),
        ),
        tell=Told("person_id", (
            ("phone_sealed", PHONE_WORDS), ("union__name", gettext_noop("工会")), ("proposed_at", gettext_noop("提出时间")),
            ("settled_at", gettext_noop("答复时间")), ("withdrawn_at", gettext_noop("撤回时间")),
        )),
        erase=_delete(PhoneProposal, "person_id"),
    ),
)  # fmt: skip
