"""The list of unions: the tree of one's own part, narrowed by place, level, kind."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Badge, Button, Column, Empty, Filter, Listing, Picks
from niangjia.kernel.places.rules import Level
from niangjia.registers.orgs import queries
from niangjia.registers.orgs.forms import KIND_CHOICES, KIND_WORDS, LEVEL_CHOICES, LEVEL_WORDS
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules.moves import IMPORT_UNIONS, REGISTER_UNION, SEE_UNIONS

Words = str | Promise
UNDER = "Only what stands under this union: its code or whole name."
PREPARING = "true: only those being prepared, which no approval stands behind yet; false: only the others."
SECOND = "Only what an industrial union, or one below it, leads as second parent: its code or whole name."
CLOSED = "true: only those that were closed; false: only those at work."


@dataclass(frozen=True)
class Panel:
    """What another register says on a union's page: a figure, a few lines with their addresses, and where the rest is."""

    title: Words
    number: int
    words: Words
    lines: tuple[tuple[str, str], ...] = ()
    address: str = ""


def level_words(union: Union) -> Words:
    """Level in words; federations and industry unions are called by their kind."""
    kinds: dict[str, Words] = {kind.value: words for kind, words in KIND_WORDS.items()}
    levels: dict[str, Words] = {level.value: words for level, words in LEVEL_WORDS.items()}
    return kinds.get(union.kind) or levels[union.place.level]


def listed_level(union: Union) -> str:
    """The code a union's level is listed with; federations and industry unions are listed by their kind."""
    return union.kind if union.kind in queries.LISTED_BY_KIND else union.place.level


def standing_badge(union: Union) -> Badge:
    """Whether the union is there, only being prepared, or closed."""
    if union.place.closed_on:
        return Badge("closed", _("已撤销"))
    return Badge("wait", _("筹建中")) if union.is_preparing else Badge("done", _("正常"))


def address_of(union: Union) -> str:
    """The union's page."""
    return f"/unions/{union.code}/"


def below_address(union: Union) -> str:
    """The list of what stands below a union; by name where the name is telling, so that the list says whose it is."""
    is_small = Level(union.place.level).rank > Level.BASE.rank
    return f"/unions/?{urlencode({'under': union.code if is_small else union.name})}"


def may_register(actor: Actor) -> bool:
    """Whether the actor may register a union anywhere."""
    return bool(actor.paths(REGISTER_UNION))


def may_import_unions(actor: Actor) -> bool:
    """Whether the actor may bring in lists of unions."""
    return bool(actor.paths(IMPORT_UNIONS))


def _listed(actor: Actor) -> QuerySet[Union]:
    return queries.with_children_count(
        queries.visible_to(actor).select_related("place__parent__union", "place__second_parent__union")
    )


def _children(union: Any) -> int | None:
    return union.children_count or None


def _children_address(union: Any) -> str:
    return below_address(union) if union.children_count else ""


def _parent_name(union: Union) -> str:
    parent = union.place.parent
    return parent.union.name if parent else ""


def _second_name(union: Union) -> str:
    second = union.place.second_parent
    return second.union.name if second else ""


UNIONS = Listing(
    "unions",
    title=_("组织"),
    visible_to=_listed,
    columns=(
        Column(_("工会名称"), "name", link=address_of, sort=("name",), key="name"),
        Column(_("工会编码"), "code", kind="mono", sort=("code",), key="code"),
        Column(_("层级"), level_words),
        Column(_("上级工会"), _parent_name, wide_only=True),
        Column(_("第二上级"), _second_name, wide_only=True),
        Column(_("下级"), _children, kind="number", link=_children_address),
        Column(_("状态"), standing_badge),
    ),
    filters=(
        Filter(
            "under", _("哪个工会以下"), apply=queries.under_reference, told=UNDER, picks=Picks("unions", SEE_UNIONS)
        ),
        Filter("level", _("层级"), choices=[*LEVEL_CHOICES, *KIND_CHOICES], apply=queries.level_is),
        Filter("second", _("第二上级"), apply=queries.second_under, told=SECOND, picks=Picks("unions", SEE_UNIONS)),
        Filter(
            "closed",
            _("状态"),
            choices=[("no", _("正常")), ("yes", _("已撤销"))],
            apply=queries.closed_or_not,
            told=CLOSED,
        ),
        Filter(
            "preparing",
            _("筹建"),
            choices=[("no", _("批复成立的")), ("yes", _("筹建中的"))],
            apply=queries.preparing_or_not,
            told=PREPARING,
        ),
    ),
    search=queries.by_name_part,
    search_words=_("名称、编码或信用代码"),
    order=("place__path",),
    empty=Empty(
        _("还没有工会"),
        _("先登记最上面的一个，再登记下级；工会多的，可以用名单一次导入。"),
        button=Button(_("登记工会"), "/unions/new/", allowed=may_register),
        icon="sitemap",
    ),
    buttons=(
        Button(_("某一天的样子"), "/unions/tree/", icon="history"),
        Button(_("数据核查"), "/unions/checks/", icon="clipboard-check"),
        Button(_("导入工会名单"), "/unions/import/", icon="upload", allowed=may_import_unions),
        Button(_("登记工会"), "/unions/new/", icon="plus", main=True, allowed=may_register),
    ),
    counted=lambda n: ngettext("%(n)s 个工会", "%(n)s 个工会", n) % {"n": f"{n:,}"},
    move=SEE_UNIONS,
)
