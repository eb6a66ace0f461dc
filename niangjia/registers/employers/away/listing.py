"""The list of unions away from home."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Badge, Button, Column, Empty, Filter, Listing
from niangjia.registers.employers.away import queries
from niangjia.registers.employers.away.rules import KEEP_AWAY, SEE_AWAY, SOON_DAYS


def may_keep(actor: Actor) -> bool:
    """Whether the actor may enter unions away from home."""
    return bool(actor.paths(KEEP_AWAY))


def agreement_badge(row: Any) -> Badge:
    """Whether the two unions have an agreement that holds."""
    today = clock.today()
    if row.until_on and row.until_on < today:
        return Badge("closed", _("已经停了"))
    if row.agreed_on is None:
        return Badge("wait", _("没有协议"))
    if row.agreed_to and row.agreed_to < today:
        return Badge("late", _("协议到期了"))
    if row.agreed_to and row.agreed_to <= today + timedelta(days=SOON_DAYS):
        return Badge("wait", _("协议快到期"))
    return Badge("done", _("协议有效"))


def _narrowed(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    today = clock.today()
    working = rows.filter(Q(until_on=None) | Q(until_on__gte=today))
    if value == "none":
        return working.filter(agreed_on=None)
    if value == "over":
        return working.filter(agreed_to__lt=today)
    if value == "soon":
        return working.filter(agreed_to__gte=today, agreed_to__lte=today + timedelta(days=SOON_DAYS))
    return rows.exclude(pk__in=working.values("pk"))


AWAY_UNIONS = Listing(
    "away_unions",
    title=_("驻外农民工工会"),
    visible_to=lambda actor: queries.with_employers(queries.visible_to(actor)),
    columns=(
        Column(_("工会"), "union.name", link=lambda row: f"/away-unions/{row.pk}/", sort=("union__name",), key="union"),
        Column(_("输出地工会"), "home.name", sort=("home__name",), key="home"),
        Column(_("输入地"), "host_place", note="host_union", sort=("host_region",), key="host_place"),
        Column(_("覆盖单位"), "covers", kind="number", sort=("covers",)),
        Column(_("从哪天起"), "since_on", kind="day", wide_only=True, key="since_on"),
        Column(_("协议"), agreement_badge, note="agreement_no"),
    ),
    filters=(
        Filter(
            "agreement",
            _("协议"),
            choices=[
                ("none", _("没有协议")),
                ("soon", _("协议快到期")),
                ("over", _("协议到期了")),
                ("stopped", _("已经停了")),
            ],
            apply=_narrowed,
        ),
    ),
    search=queries.found,
    search_words=_("工会名称或输入地"),
    order=("host_region", "pk"),
    empty=Empty(
        _("还没有驻外工会"),
        _("本地人在外地成片做工的，那里的工会登记成驻外工会：老家是哪个工会，在哪里，两边约定了什么。"),
        button=Button(_("登记驻外工会"), "/away-unions/new/", allowed=may_keep),
        icon="map-pin",
    ),
    buttons=(Button(_("登记驻外工会"), "/away-unions/new/", icon="plus", main=True, allowed=may_keep),),
    counted=lambda n: ngettext("%(n)s 个工会", "%(n)s 个工会", n) % {"n": f"{n:,}"},
    move=SEE_AWAY,
)
