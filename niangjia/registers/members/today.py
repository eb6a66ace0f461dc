"""What members and their rosters bring to the first page of the day, and what is held about the person herself."""

from datetime import date

from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.sealed import unseal
from niangjia.kernel.web.masks import masked_number, masked_phone
from niangjia.kernel.web.templatetags.niangjia_web import day, moment
from niangjia.kernel.web.today import Figure, OwnRecord, Panel, Part, Task
from niangjia.registers.members.models import Membership, Person, TransferProposal
from niangjia.registers.members.rules import MembershipState
from niangjia.registers.members.rules.membership import FULL_STATES, MEMBERSHIP_STATES
from niangjia.registers.members.rules.moves import IMPORT_ROSTER, SEE_MEMBERS

WAITING = (State.RECEIVED, State.TRIED)
RECENT = 5


def part(actor: Actor, _on: date) -> Part:
    """Members of the actor's places, rosters that wait for the next press, transfers not agreed yet."""
    if not actor.paths(SEE_MEMBERS):
        return Part()
    own = Import.objects.filter(account=actor.account_id).order_by("-id")
    waiting = own.filter(state__in=WAITING)
    figures = (
        Figure(_members(actor), gettext_lazy("名会员"), "/members/"),
        Figure(waiting.count(), gettext_lazy("份花名册等您接着办"), "/members/imports/"),
        Figure(_transfers(actor), gettext_lazy("人等转会"), "/members/"),
    )
    begin = Panel(
        gettext_lazy("等您接着办"),
        tuple(_task(batch) for batch in waiting[:RECENT]),
        empty=gettext_lazy("没有办了一半的导入。要导入花名册，从「登记 → 导入」开始。"),
    )
    beside: tuple[Panel, ...] = ()
    if actor.paths(IMPORT_ROSTER):
        done = own.exclude(state__in=WAITING)[:RECENT]
        beside = (Panel(gettext_lazy("最近的导入"), tuple(_recent(batch) for batch in done), empty=gettext_lazy("还没有导入过。"), more="/members/imports/"),)  # fmt: skip
    return Part(figures=figures, panels=(begin,), beside=beside)


def own_records(actor: Actor) -> list[OwnRecord]:
    """What the register holds about the person herself; numbers are masked even for her, for others look over shoulders."""
    person = Person.objects.filter(pk=actor.subject_id).first() if actor.subject_id else None
    if person is None:
        return []
    found = [_of_person(person)]
    held = Membership.objects.filter(person=person).select_related("union", "employer").order_by("-period")
    return found + [_of_membership(membership) for membership in held]


def _members(actor: Actor) -> int:
    paths = actor.paths(SEE_MEMBERS)
    full = [state.value for state in FULL_STATES]
    return Membership.objects.filter(
        within(paths, field="union__place__path"), state__in=full, period__upper_inf=True
    ).count()


def _transfers(actor: Actor) -> int:
    asked = within(actor.paths(SEE_MEMBERS), field="to_union__place__path")
    return TransferProposal.objects.filter(asked, withdrawn_at=None).count()


def _task(batch: Import) -> Task:
    return Task(
        title=batch.file_name,
        address=f"/members/imports/{batch.pk}/",
        icon="file-spreadsheet",
        button=gettext_lazy("接着办"),
        facts=(State(batch.state).label, _rows(batch), moment(batch.created_at)),
    )


def _recent(batch: Import) -> Task:
    return Task(
        title=batch.file_name,
        address=f"/members/imports/{batch.pk}/",
        icon="file-spreadsheet",
        button=gettext_lazy("打开"),
        form="",
        facts=(State(batch.state).label, _rows(batch), moment(batch.created_at)),
    )


def _rows(batch: Import) -> str:
    shown = {"n": f"{batch.rows_in:,}"}
    return ngettext("%(n)s 行", "%(n)s 行", batch.rows_in) % shown if batch.rows_in else ""


def _of_person(person: Person) -> OwnRecord:
    number = unseal(person.id_sealed, aad=f"members_person.id_sealed.{person.pk}")
    phone = ""
    if person.phone_sealed:
        phone = masked_phone(unseal(person.phone_sealed, aad=f"members_person.phone_sealed.{person.pk}"))
    facts = (
        (_("姓名"), person.name),
        (_("证件号码"), masked_number(number)),
        (_("手机"), phone),
        (_("出生日期"), day(person.birth_on)),
        (_("工作单位"), person.workplace),
    )
    return OwnRecord(_("登记在册的资料"), facts)


def _of_membership(membership: Membership) -> OwnRecord:
    state = MembershipState(membership.state)
    facts = (
        (_("工会"), membership.union.name),
        (_("会籍"), gettext(MEMBERSHIP_STATES.titles[state])),
        (_("入会时间"), day(membership.joined_on)),
        (_("会员证号"), membership.member_no),
    )
    return OwnRecord(_("我的会籍"), facts)
