"""The repair queue (待改的登记): one row for each record that does not keep a check."""

from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Badge, Button, Column, Empty, Filter, Listing, Picks
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.members.clinic import queries
from niangjia.registers.members.clinic.acting_on_many import ASK, RIGHT, SNOOZE
from niangjia.registers.members.clinic.files import member_checks, sentence_of
from niangjia.registers.members.clinic.rules import REPAIR_MEMBERS, FindingState
from niangjia.registers.members.clinic.words import STATE_BADGES
from niangjia.registers.orgs.rules.moves import SEE_UNIONS

UNDER = "Only findings of this union and those below it: its code or whole name."


def _listed(actor: Actor) -> QuerySet[Any]:
    waits = When(state=FindingState.OPEN, then=Value(0))
    rests = When(state=FindingState.SNOOZED, then=Value(1))
    order = Case(waits, rests, default=Value(2), output_field=IntegerField())
    return queries.visible_to(actor).annotate(rank=order)


def state_badge(finding: Any) -> Badge:
    """How far it has come; what rested long enough waits again."""
    if finding.state == FindingState.SNOOZED and finding.until <= clock.today():
        return STATE_BADGES[FindingState.OPEN.value]
    return STATE_BADGES[finding.state]


def _note(finding: Any) -> str:
    if finding.state == FindingState.SNOOZED:
        return str(_("放到 {day}").format(day=day(finding.until)))
    return str(_("{day}请本人改过").format(day=day(finding.asked_at))) if finding.asked_at else ""


def _checks(_actor: Actor) -> list[tuple[str, str]]:
    return [(name, check.sentence) for name, check in member_checks().items()]


def _found_on(finding: Any) -> date:
    found: date = finding.found_at.astimezone(clock.PEOPLE_ZONE).date()
    return found


REPAIRS = Listing(
    "repairs",
    title=_("待改的登记"),
    visible_to=_listed,
    columns=(
        Column(
            _("会员"),
            "person.name",
            link=lambda row: reverse("repair", args=[row.pk]),
            note="union.name",
            sort=("person__name_sort",),
        ),
        Column(_("应当这样"), lambda row: sentence_of(row.check_name)),
        Column(_("发现"), _found_on, kind="day", sort=("found_at",), wide_only=True),
        Column(_("进展"), state_badge, note=_note),
    ),
    filters=(
        Filter(
            "state",
            _("进展"),
            choices=[(code, badge.words) for code, badge in STATE_BADGES.items()],
            apply="state",
        ),
        Filter("check", _("哪一项"), choices=_checks, apply="check_name"),
        Filter(
            "under", _("哪个工会以下"), apply=queries.under_reference, told=UNDER, picks=Picks("unions", SEE_UNIONS)
        ),
    ),
    search=lambda rows, words: rows.filter(person__name__contains=words.strip()),
    search_words=_("姓名"),
    order=("rank", "found_at", "pk"),
    empty=Empty(
        _("没有要改的"),
        _("每天夜里会把登记查一遍，缺的、对不上的会到这里来；改好了自己就走。"),
        icon="circle-check",
    ),
    buttons=(Button(_("按项目、按工会看"), "/members/clinic/checks/", icon="chart-bar"),),
    counted=lambda n: ngettext("%(n)s 条", "%(n)s 条", n) % {"n": f"{n:,}"},
    move=REPAIR_MEMBERS,
    actions=(ASK, SNOOZE, RIGHT),
)
