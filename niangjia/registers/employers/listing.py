"""The list of employers, with and without a union."""

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Badge, Button, Column, Empty, Filter, Listing, Picks
from niangjia.registers.employers import queries
from niangjia.registers.employers.covering import COVER
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.employers.parks import parks_seen
from niangjia.registers.employers.rules import OWNERSHIP_LISTS, TRADES, ownership_titles, trade_name, trade_title
from niangjia.registers.employers.rules.moves import IMPORT_EMPLOYERS, REGISTER_EMPLOYER, SEE_EMPLOYERS
from niangjia.registers.employers.words import NATURE_WORDS
from niangjia.registers.orgs.rules.moves import SEE_UNIONS

Words = str | Promise
UNDER = "Only in the territory of this union: its code or whole name."
COVERED = "true: only with a union; false: only without."
AT_WORK = "yes: only employers at work; no: only those that have closed."
NATURE = "Only this kind of body: enterprise, institution, office, household, society, cooperative, unknown."
OWNERSHIP = "Only this type of ownership: its list and its code, as in union_2015:170."
PARK = "Only employers in this park, by its number."
REGION = "Only this region: its code in GB/T 2260."
COVERED_BY = "Only employers that the union of this code covers now."
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


def ownership_words(employer: Employer) -> str:
    """The type of ownership in the words of its list."""
    titles = ownership_titles(employer.ownership_list) if employer.ownership_list else {}
    return str(titles.get(employer.ownership_code) or "")


def may_import(actor: Actor) -> bool:
    """Whether the actor may bring in lists of employers."""
    return bool(actor.paths(IMPORT_EMPLOYERS))


def _parks(actor: Actor) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in parks_seen(actor).values_list("pk", "name")]


def _covering(coverage: Coverage) -> Badge:
    return Badge("closed", _("已结束")) if coverage.valid_to else Badge("done", _("现在覆盖"))


def _listed(actor: Actor) -> QuerySet[Employer]:
    return queries.with_coverage(queries.visible_to(actor)).select_related("place__union", "park")


EMPLOYERS = Listing(
    "employers",
    title=_("单位"),
    visible_to=_listed,
    columns=(
        Column(_("单位名称"), "name", link=lambda employer: f"/employers/{employer.pk}/", sort=("name",), key="name"),
        Column(_("统一社会信用代码"), "uscc", kind="mono", wide_only=True),
        Column(_("行业"), trade_words, wide_only=True),
        Column(_("职工"), "employees", kind="number", sort=("employees",), key="employees"),
        Column(_("所有制"), ownership_words, wide_only=True),
        Column(_("园区"), "park.name", wide_only=True),
        Column(_("开业"), "opened_on", kind="day", sort=("opened_on",), wide_only=True),
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
        Filter(
            "at_work",
            _("还在不在"),
            choices=[("yes", _("在营")), ("no", _("已关停"))],
            apply=lambda rows, value: rows.filter(closed_on=None) if value == "yes" else rows.exclude(closed_on=None),
            told=AT_WORK,
        ),
        Filter("nature", _("单位性质"), choices=NATURE_WORDS.items(), apply=queries.of_nature, told=NATURE),
        Filter(
            "ownership",
            _("所有制"),
            choices=[(f"{name}:{term.code}", term.title) for name, terms in OWNERSHIP_LISTS.items() for term in terms],
            apply=queries.of_ownership,
            told=OWNERSHIP,
        ),
        Filter("park", _("园区"), choices=_parks, apply="park", told=PARK),
        Filter("region", _("行政区划代码"), apply="region_code", told=REGION),
        Filter(
            "union",
            _("由哪个工会覆盖"),
            apply=queries.covered_by_code,
            told=COVERED_BY,
            picks=Picks("unions", SEE_UNIONS),
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
    buttons=(
        Button(_("建会率"), "/employers/cover/", icon="chart-bar"),
        Button(_("导入单位名单"), "/employers/import/", icon="upload", allowed=may_import),
        Button(_("登记单位"), "/employers/new/", icon="plus", main=True, allowed=may_register),
    ),
    counted=lambda n: ngettext("%(n)s 个单位", "%(n)s 个单位", n) % {"n": f"{n:,}"},
    move=SEE_EMPLOYERS,
    actions=(COVER,),
)

COVERAGES = Listing(
    "coverages",
    title=_("工会和单位的覆盖关系"),
    visible_to=queries.coverages_seen,
    columns=(
        Column(
            _("单位"),
            "employer.name",
            link=lambda row: f"/employers/{row.employer_id}/",
            sort=("employer__name",),
        ),
        Column(_("工会"), "union.name", link=lambda row: f"/unions/{row.union.code}/", sort=("union__name",)),
        Column(_("从哪天起"), "valid_from", kind="day", sort=("valid_from",)),
        Column(_("到哪天止"), "valid_to", kind="day"),
        Column(_("现在"), _covering),
    ),
    filters=(
        Filter(
            "now",
            _("现在还覆盖吗"),
            choices=[("yes", _("现在覆盖")), ("no", _("已结束"))],
            apply=lambda rows, value: rows.filter(valid_to=None) if value == "yes" else rows.exclude(valid_to=None),
        ),
        Filter(
            "many",
            _("一对多"),
            choices=[("employers", _("一个工会覆盖几家单位")), ("unions", _("一家单位有过几个工会"))],
            apply=queries.many_sided,
        ),
        Filter("union", _("工会"), apply="union__code", picks=Picks("unions", SEE_UNIONS)),
    ),
    search=lambda rows, words: rows.filter(
        Q(employer__name__contains=words.strip()) | Q(union__name__contains=words.strip())
    ),
    search_words=_("单位或工会的名称"),
    order=("-valid_from", "-pk"),
    empty=Empty(_("还没有覆盖关系"), _("在单位的页面上登记哪个工会覆盖它。"), icon="building-community"),
    counted=lambda n: ngettext("%(n)s 条", "%(n)s 条", n) % {"n": f"{n:,}"},
    move=SEE_EMPLOYERS,
)
