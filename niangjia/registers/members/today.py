"""What members and their rosters bring to the first page of the day, and what is held about the person herself."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.listing import Button
from niangjia.kernel.web.templatetags.niangjia_web import day, moment
from niangjia.kernel.web.today import Figure, OwnRecord, Panel, Part, Task, Words
from niangjia.registers.members import queries
from niangjia.registers.members.masked import shown_number, shown_phone
from niangjia.registers.members.models import Membership, Person, TransferProposal
from niangjia.registers.members.roster import queries as roster_queries
from niangjia.registers.members.rules.moves import IMPORT_ROSTER, SEE_MEMBERS
from niangjia.registers.members.words import STATE_BADGES

WAITING = (State.RECEIVED, State.TRIED)
RECENT = 5
IMPORTS = "/members/imports/"


def part(actor: Actor, on: date) -> Part:
    """Members of the actor's places, rosters that wait for the next press, transfers not agreed yet."""
    paths = actor.paths(SEE_MEMBERS)
    if not paths:
        return Part()
    own = roster_queries.visible_to(actor).filter(account=actor.account_id).order_by("-id")
    waiting = own.filter(state__in=WAITING)
    active, joined = queries.active_and_joined(paths, since=on.replace(day=1))
    figures = (
        Figure(active, gettext_lazy("在册会员"), "/members/"),
        Figure(joined, gettext_lazy("本月新入会"), "/members/?joined=month"),
        Figure(_transfers(paths), gettext_lazy("等对方同意的转会"), "/members/"),
        Figure(waiting.count(), gettext_lazy("办了一半的导入"), IMPORTS),
    )
    begin = gettext_lazy("没有办了一半的事。手里有花名册，就从「导入花名册」开始。")
    rows = _tasks(waiting[:RECENT], form="wait", button=gettext_lazy("接着办"))
    done = _tasks(own.exclude(state__in=WAITING)[:RECENT], form="", button=gettext_lazy("打开"))
    may = bool(actor.paths(IMPORT_ROSTER))
    return Part(
        figures=figures,
        panels=(Panel(gettext_lazy("等您接着办"), rows, empty=begin),),
        beside=(Panel(gettext_lazy("最近的导入"), done, empty=gettext_lazy("还没有导入过。"), more=IMPORTS),)
        if may
        else (),
        buttons=(Button(gettext_lazy("导入花名册"), f"{IMPORTS}new/", icon="upload", main=True),) if may else (),
    )


def own_records(actor: Actor) -> list[OwnRecord]:
    """What the register holds about the person herself; numbers are masked here, too: others look over shoulders."""
    person = Person.objects.filter(pk=actor.subject_id).first() if actor.subject_id else None
    if person is None:
        return []
    held = Membership.objects.filter(person=person).select_related("union").order_by("-period")
    return [_of_person(person), *map(_of_membership, held)]


def _transfers(paths: tuple[str, ...]) -> int:
    asked = within(paths, field="to_union__place__path")
    return TransferProposal.objects.filter(asked, withdrawn_at=None).count()


def _tasks(batches: Iterable[Import], *, form: str, button: Words) -> tuple[Task, ...]:
    return tuple(
        Task(
            title=batch.file_name,
            address=f"{IMPORTS}{batch.pk}/",
            icon="file-spreadsheet",
            button=button,
            form=form,
            facts=(State(batch.state).label, _rows(batch), moment(batch.created_at)),
        )
        for batch in batches
    )


def _rows(batch: Import) -> str:
    shown = {"n": f"{batch.rows_in:,}"}
    return ngettext("%(n)s 行", "%(n)s 行", batch.rows_in) % shown if batch.rows_in else ""


def _of_person(person: Person) -> OwnRecord:
    facts = (
        (_("姓名"), person.name),
        (_("证件号码"), shown_number(person)),
        (_("手机"), shown_phone(person)),
        (_("出生日期"), day(person.birth_on)),
        (_("工作单位"), person.workplace),
    )
    return OwnRecord(_("登记在册的资料"), facts)


def _of_membership(membership: Membership) -> OwnRecord:
    facts = (
        (_("工会"), membership.union.name),
        (_("会籍"), STATE_BADGES[membership.state]),
        (_("入会时间"), day(membership.joined_on)),
        (_("会员证号"), membership.member_no),
    )
    return OwnRecord(_("我的会籍"), facts)
