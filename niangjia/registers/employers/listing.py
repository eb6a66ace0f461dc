"""The list of employers, with and without a union."""

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Badge, Button, Column, Empty, Filter, Listing, Picks
from niangjia.registers.employers import queries
from niangjia.registers.employers.covering import COVER
from niangjia.registers.employers.models import Employer
from niangjia.registers.employers.rules import TRADES, trade_name, trade_title
from niangjia.registers.employers.rules.moves import REGISTER_EMPLOYER, SEE_EMPLOYERS
from niangjia.registers.orgs.rules.moves import SEE_UNIONS

Words = str | Promise
UNDER = "Only in the territory of this union: its code or whole name."
COVERED = "true: only with a union; false: only without."
TRADE = "Only this section of GB/T 4754-2017."


def may_register(actor: Actor) -> bool:
    """Whether the actor may register an employer anywhere."""
    return bool(actor.paths(REGISTER_EMPLOYER))


def trade_words(employer: Employer) -> str:
    """The trade in words, as a line is read: the code that lists are kept by stands with what is registered."""
    return trade_name(employer.trade_code) if employer.trade_code else ""


def standing_badge(employer: Employer) -> Badge:
    """Closed, with a union, or without one: that is what somebody has to do something about."""
    if employer.closed_on:
        return Badge("closed", _("已关停"))
    return Badge("done", _("已建会")) if getattr(employer, "is_covered", False) else Badge("wait", _("未建会"))


def _listed(actor: Actor) -> QuerySet[Employer]:
    return queries.with_coverage(queries.visible_to(actor)).select_related("place__union")


EMPLOYERS = Listing(
    "employers",
    title=_("单位"),
    visible_to=_listed,
    columns=(
        Column(_("单位名称"), "name", link=lambda employer: f"/employers/{employer.pk}/", sort=("name",), key="name"),
        Column(_("统一社会信用代码"), "uscc", kind="mono", wide_only=True),
        Column(_("行业"), trade_words, wide_only=True),
        Column(_("职工"), "employees", kind="number", sort=("employees",), key="employees"),
        Column(_("属地工会"), "place.union.name"),
        Column(_("建会"), standing_badge),
    ),
    filters=(
        Filter(
            "covered",
            _("建会"),
            choices=[("yes", _("已建会")), ("no", _("未建会"))],
            apply=queries.covered_or_not,
            told=COVERED,
        ),
        Filter(
            "trade",
            _("行业"),
            choices=[(term.code, trade_title(term.code)) for term in TRADES if term.code.isalpha()],
            apply=queries.of_trade_section,
            told=TRADE,
        ),
        Filter(
            "under", _("哪个工会以下"), apply=queries.under_reference, told=UNDER, picks=Picks("unions", SEE_UNIONS)
        ),
    ),
    search=queries.by_name_part,
    search_words=_("单位名称或信用代码"),
    order=("name", "pk"),
    empty=Empty(
        _("还没有单位"),
        _("把辖区里的单位登记进来，有没有工会的都登记，就知道还有哪些没有建会。"),
        button=Button(_("登记单位"), "/employers/new/", allowed=may_register),
        icon="building",
    ),
    buttons=(Button(_("登记单位"), "/employers/new/", icon="plus", main=True, allowed=may_register),),
    counted=lambda n: ngettext("%(n)s 个单位", "%(n)s 个单位", n) % {"n": f"{n:,}"},
    move=SEE_EMPLOYERS,
    actions=(COVER,),
)
