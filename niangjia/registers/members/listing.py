"""The list of members: found by name, pinyin, initials, tail, whole number or phone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Badge, Button, Column, Empty, Filter, Listing, Picks
from niangjia.registers.members import queries
from niangjia.registers.members.export_columns import ID_NUMBER, PHONE
from niangjia.registers.members.export_forms import templates
from niangjia.registers.members.grouping import SET_GROUP
from niangjia.registers.members.masked import is_here, shown_phone, tail_of
from niangjia.registers.members.models import Person
from niangjia.registers.members.retaining import RETAIN
from niangjia.registers.members.retiring import SPANS, reaching
from niangjia.registers.members.roster.queries import landed_by, landed_lately
from niangjia.registers.members.rules import age_on
from niangjia.registers.members.rules.moves import EDIT_MEMBERS, IMPORT_ROSTER, SEE_MEMBERS
from niangjia.registers.members.verified.queries import by_certainty, sees_who_is_reached
from niangjia.registers.members.verified.words import REACHED, YES_NO
from niangjia.registers.members.words import KIND_WORDS, OCCUPATION_WORDS, SEX_WORDS, STATE_BADGES
from niangjia.registers.orgs.rules.moves import SEE_UNIONS

Words = str | Promise
Narrow = Callable[[queries.PersonRows, str], queries.PersonRows]
UNDER = "Only members of this union and those below it: its code or whole name."
NEW_ROSTER = "/members/imports/new/"


def may_edit(actor: Actor) -> bool:
    """Whether the actor may register members anywhere."""
    return bool(actor.paths(EDIT_MEMBERS))


def may_import(actor: Actor) -> bool:
    """Whether the actor may bring in rosters."""
    return bool(actor.paths(IMPORT_ROSTER))


def age_of(person: Person) -> Words:
    """Full years of age today; nothing where the birth date is not known."""
    return str(age_on(person.birth_on, clock.today())) if person.birth_on else ""


def state_badge(person: Any) -> Badge:
    """State of the latest membership that the actor may see."""
    return STATE_BADGES[person.shown_state] if person.shown_state else Badge("quiet", _("没有会籍"))


def _phone(person: Any) -> Words:
    if not is_here(person):
        return ""
    return shown_phone(person) or _("未登记")


def _line(actor: Actor) -> Words:
    return _told(*queries.active_and_joined(actor.paths(SEE_MEMBERS), since=_month()))


def _total_and_line(actor: Actor) -> tuple[int, Words]:
    found = queries.figures(actor, since=_month())
    return found.seen, _told(found.active, found.joined)


def _month() -> date:
    return clock.today().replace(day=1)


def _told(number: int, more: int) -> Words:
    words = ngettext("在册 %(n)s 人，本月新入会 %(more)s 人", "在册 %(n)s 人，本月新入会 %(more)s 人", number)
    return words % {"n": f"{number:,}", "more": f"{more:,}"}


def _joined(persons: queries.PersonRows, span: str) -> queries.PersonRows:
    return queries.joined_since(persons, _first_day(span, today=clock.today()))


def _first_day(span: str, *, today: date) -> date:
    month = today.replace(day=1)
    if span == "quarter":
        return (month - timedelta(days=62)).replace(day=1)
    return today.replace(month=1, day=1) if span == "year" else month


def _scoped(narrow: Narrow) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    """A narrowing that asks about the actor's own subtrees alone."""

    def narrowed(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not isinstance(rows, queries.PersonRows):
            raise TypeError(rows)
        return narrow(rows, value)

    return narrowed


def _reached(actor: Actor) -> tuple[tuple[str, Words], ...]:
    """Who was reached is no matter of the enterprise's: it would tell who looks at her phone."""
    return REACHED if sees_who_is_reached(actor) else ()


MEMBERS = Listing(
    "members",
    title=_("会员"),
    visible_to=lambda actor: queries.with_latest(queries.visible_to(actor)),
    columns=(
        Column(
            _("姓名"),
            "name",
            link=lambda person: f"/members/{person.pk}/",
            note=age_of,
            sort=("name_sort",),
            key="name",
        ),
        Column(_("证件尾号"), tail_of, kind="mono", secret=ID_NUMBER),
        Column(_("手机"), _phone, kind="mono", secret=PHONE),
        Column(_("所属工会"), "shown_union"),
        Column(_("入会时间"), "shown_joined_on", kind="day", wide_only=True),
        Column(_("会籍"), state_badge),
    ),
    filters=(
        Filter(
            "under", _("哪个工会以下"), apply=_scoped(queries.of_union), told=UNDER, picks=Picks("unions", SEE_UNIONS)
        ),
        Filter("sex", _("性别"), choices=SEX_WORDS.items(), apply="sex"),
        Filter(
            "state",
            _("会籍状态"),
            choices=[(code, badge.words) for code, badge in STATE_BADGES.items()],
            apply=_scoped(queries.in_state),
        ),
        Filter("kind", _("入会方式"), choices=KIND_WORDS.items(), apply=_scoped(queries.of_kind)),
        Filter(
            "group",
            _("群体"),
            choices=[("migrant", _("农民工")), *OCCUPATION_WORDS.items()],
            apply=_scoped(queries.of_group),
        ),
        Filter(
            "joined",
            _("入会时间"),
            choices=[("month", _("本月")), ("quarter", _("近三个月")), ("year", _("今年"))],
            apply=_scoped(_joined),
        ),
        Filter("retiring", _("退休"), choices=SPANS.items(), apply=_scoped(reaching)),
        Filter(
            "verified",
            _("身份"),
            choices=YES_NO,
            apply=_scoped(lambda rows, value: by_certainty(rows, "verified", value)),
        ),
        Filter(
            "reachable",
            _("联系"),
            choices=_reached,
            apply=_scoped(lambda rows, value: by_certainty(rows, "reachable", value)),
        ),
        Filter("import", _("哪次导入"), choices=landed_lately, apply=landed_by),
    ),
    search=_scoped(queries.matching),
    search_words=_("姓名、拼音或尾号"),
    order=("name_sort", "subject"),
    empty=Empty(
        _("还没有会员"),
        _("把手里的花名册拖进来就行，几分钟就能入库；也可以一个一个登记。"),
        button=Button(_("导入花名册"), NEW_ROSTER, allowed=may_import),
        icon="users",
    ),
    buttons=(
        Button(_("核实情况"), "/members/certainty/", icon="shield-check"),
        Button(_("导入花名册"), NEW_ROSTER, icon="upload", allowed=may_import),
        Button(_("登记会员"), "/members/new/", icon="user-plus", main=True, allowed=may_edit),
    ),
    counted=lambda n: ngettext("%(n)s 人", "%(n)s 人", n) % {"n": f"{n:,}"},
    line=_line,
    total_and_line=_total_and_line,
    move=SEE_MEMBERS,
    by_place_alone=True,
    reads=("name", "id_sealed", "phone_sealed", "birth_on"),
    actions=(SET_GROUP, RETAIN),
    templates=templates,
)
