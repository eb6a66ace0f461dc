"""The list of what unions have of the four things: for the union above, what is lacking first."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel.listing import Badge, Column, Empty, Filter, Listing, Picks
from niangjia.registers.cadres.haves.queries import LACKING, unions_with_haves
from niangjia.registers.cadres.haves.rules import SEE_HAVES, STATED, Have
from niangjia.registers.cadres.haves.words import HAVE_WORDS, LACK_WORDS, badge
from niangjia.registers.orgs import queries
from niangjia.registers.orgs.rules.moves import SEE_UNIONS

Rows = QuerySet[Any]
ANY, NONE, UNSAID = "any", "none", "unsaid"


def address_of(union: Any) -> str:
    """The page of what a union has."""
    return reverse("union_haves", args=[union.code])


def _people(union: Any) -> Badge:
    return badge(union.has_people)


def _money(union: Any) -> Badge:
    return badge(union.money)


def _room(union: Any) -> Badge:
    return badge(union.room)


def _rules(union: Any) -> Badge:
    return badge(union.rules)


def _lacks(rows: Rows, value: str) -> Rows:
    if value == ANY:
        return rows.filter(LACKING)
    if value == NONE:
        return rows.filter(has_people=True, **{have.value: True for have in STATED})
    if value == UNSAID:
        unsaid = Q()
        for have in STATED:
            unsaid |= Q(**{have.value: None})
        return rows.filter(unsaid)
    name = "has_people" if value == Have.PEOPLE.value else value
    return rows.filter(**{name: False})


LACKS: tuple[tuple[str, str | Promise], ...] = (
    (ANY, _("缺一样，或者没说")),
    *((have.value, LACK_WORDS[have]) for have in Have),
    (UNSAID, _("有一样还没说")),
    (NONE, _("四样都有")),
)
FOUR_HAVES = Listing(
    "four_haves",
    title=_("四有"),
    visible_to=unions_with_haves,
    columns=(
        Column(_("工会"), "name", link=address_of, sort=("name", "pk"), key="name"),
        Column(_("工会编码"), "code", kind="mono", wide_only=True, key="code"),
        Column(HAVE_WORDS[Have.PEOPLE], _people, key="people"),
        Column(HAVE_WORDS[Have.MONEY], _money, key="money"),
        Column(HAVE_WORDS[Have.ROOM], _room, key="room"),
        Column(HAVE_WORDS[Have.RULES], _rules, key="rules"),
        Column(_("最近说的一天"), "stated_on", kind="day", sort=("stated_on", "pk"), wide_only=True, key="stated_on"),
    ),
    filters=(
        Filter("lacks", _("缺什么"), apply=_lacks, choices=LACKS, told="any, people, money, room, rules, unsaid, none."),
        Filter(
            "under", _("哪个工会以下"), apply=queries.under_reference, picks=Picks("unions", SEE_UNIONS),
            told="Only at and below this union: its code or whole name.",
        ),
    ),
    search=queries.by_name_part,
    search_words=_("工会名称、编码"),
    order=("name", "pk"),
    empty=Empty(_("没有这样的工会"), _("换一个条件看看。"), icon="users-group"),
    counted=lambda n: ngettext("%(n)s 个工会", "%(n)s 个工会", n) % {"n": f"{n:,}"},
    move=SEE_HAVES,
)  # fmt: skip
