"""Lists of looks: one's own acts, everybody's for the auditor, and how many there were."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor, Author, Role
from niangjia.kernel.listing import Badge, Column, Empty, Filter, Listing
from niangjia.kernel.reveal.models import Look
from niangjia.kernel.reveal.queries import counts_of, looks_by, looks_seen
from niangjia.kernel.reveal.rules import (
    FIELD_WORDS,
    PURPOSE_WORDS,
    SEE_LOOKS,
    SEE_OWN_LOOKS,
    WAY_WORDS,
    day_of,
)
from niangjia.kernel.web.looks import field_of, purpose_of, way_of, who_of
from niangjia.kernel.web.roles import unit_and_role

SPANS = {"day": 1, "week": 7, "month": 30, "year": 365}
SPAN_WORDS = (("day", _("今天")), ("week", _("近 7 天")), ("month", _("近 30 天")), ("year", _("近一年")))
FIELDS = tuple((field.value, _(words)) for field, words in FIELD_WORDS.items())
PURPOSES = tuple((purpose.value, _(words)) for purpose, words in PURPOSE_WORDS.items())
WAYS = tuple((way.value, _(words)) for way, words in WAY_WORDS.items())


def _own(actor: Actor) -> QuerySet[Look]:
    named = import_string(settings.NIANGJIA_PEOPLE_NAMES)
    return looks_by(actor).annotate(person=named(actor))


def _lately(rows: QuerySet[Any], span: str) -> QuerySet[Any]:
    today = day_of(clock.now().astimezone(clock.PEOPLE_ZONE))
    return rows.filter(at__gte=today - timedelta(days=SPANS[span] - 1))


def _of_unit(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    return rows.filter(unit__contains=words)


def _of_account(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    return rows.filter(Q(account__name=words) | Q(account__login=words))


def _standing(look: Look) -> Badge:
    """Whether the person sees the look already."""
    if look.withheld_until is not None and look.withheld_until > clock.now():
        return Badge("paused", _("暂不告知本人"))
    return Badge("done", _("本人可见"))


def _counted(number: int) -> str:
    return ngettext("%(n)s 次", "%(n)s 次", number) % {"n": f"{number:,}"}


def _accounts(number: int) -> str:
    return ngettext("%(n)s 个账号", "%(n)s 个账号", number) % {"n": f"{number:,}"}


def _unit_of_row(row: dict[str, Any]) -> str:
    return unit_and_role(Author(Role(row["role"]) if row["role"] else None, None, row["unit"]))


SHARED = (
    Column(_("看了什么"), field_of, key="field"),
    Column(_("为什么"), purpose_of, key="purpose"),
    Column(_("怎么看的"), way_of, wide_only=True, key="way"),
)
NARROWINGS = (
    Filter("span", _("时间"), choices=SPAN_WORDS, apply=_lately),
    Filter("field", _("看了什么"), choices=FIELDS, apply="field"),
    Filter("purpose", _("为什么"), choices=PURPOSES, apply="purpose"),
    Filter("way", _("怎么看的"), choices=WAYS, apply="way"),
)
OF_WHOM = (Filter("unit", _("工会名称"), apply=_of_unit), Filter("account", _("姓名或账号"), apply=_of_account))

OWN_LOOKS = Listing(
    "looks",
    title=_("我看过的"),
    visible_to=_own,
    columns=(
        Column(_("时间"), "at", kind="moment", sort=("at",), key="at"),
        Column(_("谁的"), lambda look: look.person or _("已不在本级")),
        *SHARED,
    ),
    filters=NARROWINGS,
    order=("-at", "-id"),
    empty=Empty(
        _("您还没有看过谁的全号"),
        _("要看证件号码、手机号的全号，到会员页面上点「看全号」。看过的都记在这里，本人也看得到。"),
        icon="eye",
    ),
    counted=_counted,
    line=lambda _actor: _("看过的全号都在这里，本人也看得到。不能改，也不能删。"),
    move=SEE_OWN_LOOKS,
)
ALL_LOOKS = Listing(
    "all_looks",
    title=_("查看记录"),
    visible_to=looks_seen,
    columns=(
        Column(_("时间"), "at", kind="moment", sort=("at",), key="at"),
        Column(_("谁看的"), lambda look: look.account.name if look.account else "", note=who_of, key="by"),
        Column(_("会员编号"), "subject_id", kind="mono", key="member"),
        *SHARED,
        Column(_("本人"), _standing, wide_only=True, key="standing"),
    ),
    filters=(*NARROWINGS, *OF_WHOM),
    order=("-at", "-id"),
    empty=Empty(_("还没有人看过全号"), _("有人看证件号码、手机号的全号，马上就记在这里。"), icon="eye"),
    counted=_counted,
    line=lambda _actor: _("谁、为什么看了谁的全号。这里没有号码本身。"),
    move=SEE_LOOKS,
)
LOOK_COUNTS = Listing(
    "look_counts",
    title=_("查看次数"),
    visible_to=lambda actor: counts_of(looks_seen(actor)),
    columns=(
        Column(_("谁看的"), lambda row: row["account__name"] or _("运维人员"), note=_unit_of_row),
        Column(_("看的次数"), lambda row: row["looks"], kind="number", sort=("looks",)),
        Column(_("多少人的"), lambda row: row["people"], kind="number", sort=("people",)),
        Column(_("夜里看的"), lambda row: row["nightly"], kind="number", sort=("nightly",)),
        Column(_("导出文件里的"), lambda row: row["in_files"], kind="number", sort=("in_files",)),
    ),
    filters=(NARROWINGS[0], *NARROWINGS[1:3], *OF_WHOM),
    order=("-looks", "account", "unit", "role"),
    empty=Empty(_("还没有人看过全号"), _("有人看证件号码、手机号的全号，马上就记在这里。"), icon="eye"),
    counted=_accounts,
    line=lambda _actor: _("用来发现不寻常的查看，不是工作量，不能拿来考核。夜里指 22 点到 6 点。"),
    move=SEE_LOOKS,
    stays="counts by account are for finding what is unusual; in a file they would be used for appraisal",
)
