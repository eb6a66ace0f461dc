"""The list of terms: which unions end soon or have run out, and which lack a committee that they must have."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Badge, Column, Empty, Filter, Listing
from niangjia.kernel.listing.declaration import Rows
from niangjia.registers.committees.models import Body, Term
from niangjia.registers.committees.rules.bodies import BodyKind
from niangjia.registers.committees.rules.moves import SEE_TERMS
from niangjia.registers.committees.rules.terms import Standing, standing_on
from niangjia.registers.committees.words import BODY_WORDS, STANDING_BADGES
from niangjia.registers.employers.models import Coverage
from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import FULL
from niangjia.registers.orgs import queries
from niangjia.registers.orgs.models import Kind, Union

PARTS = (Kind.BRANCH.value, Kind.GROUP.value)
NEVER = date(9999, 12, 31)
ANY = "any"
LACKS = (BodyKind.COMMITTEE, BodyKind.AUDIT, BodyKind.WOMEN, BodyKind.SUPERVISION)


def unions_with_terms(actor: Actor) -> QuerySet[Union]:
    """The unions that elect a committee, each with its present term and the committees it has."""
    rows = queries.visible_to(actor, move=SEE_TERMS).filter(place__closed_on=None).exclude(kind__in=PARTS)
    present = Term.objects.filter(union=OuterRef("pk"), ended_on=None).annotate(last=Coalesce("extended_to", "ends_on"))
    return rows.annotate(
        term_number=Subquery(present.values("number")[:1]),
        term_ends=Subquery(present.values("ends_on")[:1]),
        term_extended=Subquery(present.values("extended_to")[:1]),
        term_last=Coalesce(Subquery(present.values("last")[:1]), Value(NEVER)),
        **{f"has_{kind.value}": has_body(kind) for kind in LACKS},
        has_women_members=Exists(_women_of()),
        covers=Exists(Coverage.objects.filter(union=OuterRef("pk"), valid_to=None)),
    )


def has_body(kind: BodyKind) -> Exists:
    """Whether the present term of a union has a committee of this kind."""
    return Exists(Body.objects.filter(union=OuterRef("pk"), term__ended_on=None, kind=kind.value))


def _women_of() -> QuerySet[Membership]:
    here = Q(union=OuterRef("pk")) | Q(union__place__parent=OuterRef("pk"), union__kind__in=PARTS)
    return Membership.objects.filter(here, period__upper_inf=True, state__in=FULL, person__sex="female")


def standing_of(union: Any) -> Standing:
    """Where the term of a listed union stands."""
    if union.term_ends is None:
        return Standing.NONE
    return standing_on(union.term_ends, union.term_extended, on=clock.today())


def standing_badge(union: Any) -> Badge:
    """The same, as a list shows it."""
    return STANDING_BADGES[standing_of(union)]


def lacking_of(union: Any) -> list[BodyKind]:
    """Which committees a listed union must have and has not."""
    if union.term_ends is None:
        return []
    wanted = {BodyKind.WOMEN: union.has_women_members, BodyKind.SUPERVISION: union.covers}
    return [kind for kind in LACKS if not getattr(union, f"has_{kind.value}") and wanted.get(kind, True)]


def address_of(union: Union) -> str:
    """The page of a union's term."""
    return f"/unions/{union.code}/term/"


def _lacking(union: Any) -> str:
    return _("、").join(str(BODY_WORDS[kind]) for kind in lacking_of(union))


def _last_day(union: Any) -> date | None:
    return None if union.term_ends is None else union.term_last


def _number(union: Any) -> int | None:
    return union.term_number


def _in_state(rows: Rows, value: str) -> Rows:
    today = clock.today()
    if value == Standing.NONE.value:
        return rows.filter(term_ends=None)
    if value == Standing.RUN_OUT.value:
        return rows.filter(term_last__lt=today)
    if value == Standing.EXTENDED.value:
        return rows.filter(term_extended__gte=today)
    return rows.filter(term_last__gte=today, term_last__lte=today + timedelta(days=int(value)))


def _lacks(rows: Rows, value: str) -> Rows:
    lacks = {
        BodyKind.COMMITTEE.value: Q(has_committee=False),
        BodyKind.AUDIT.value: Q(has_audit=False),
        BodyKind.WOMEN.value: Q(has_women=False, has_women_members=True),
        BodyKind.SUPERVISION.value: Q(has_supervision=False, covers=True),
    }
    whole = Q()
    for each in lacks.values():
        whole |= each
    return rows.exclude(term_ends=None).filter(whole if value == ANY else lacks[value])


STATES = (
    (Standing.RUN_OUT.value, gettext_lazy("到期没有换届")),
    ("30", gettext_lazy("30 天内到期")),
    ("90", gettext_lazy("90 天内到期")),
    ("180", gettext_lazy("180 天内到期")),
    (Standing.EXTENDED.value, gettext_lazy("延期中")),
    (Standing.NONE.value, gettext_lazy("没有记届期")),
)
TERMS = Listing(
    "terms",
    title=gettext_lazy("届期和委员会"),
    visible_to=unions_with_terms,
    columns=(
        Column(gettext_lazy("工会"), "name", link=address_of, sort=("name", "pk"), key="name"),
        Column(gettext_lazy("工会编码"), "code", kind="mono", wide_only=True, key="code"),
        Column(gettext_lazy("第几届"), _number, kind="number", key="term"),
        Column(gettext_lazy("到哪天"), _last_day, kind="day", sort=("term_last", "pk"), key="ends_on"),
        Column(gettext_lazy("状态"), standing_badge, key="state"),
        Column(gettext_lazy("缺什么委员会"), _lacking, key="lacks"),
    ),
    filters=(
        Filter("state", gettext_lazy("届期"), apply=_in_state, choices=STATES),
        Filter(
            "lacks",
            gettext_lazy("缺什么"),
            apply=_lacks,
            choices=((ANY, gettext_lazy("缺一样")), *((kind.value, BODY_WORDS[kind]) for kind in LACKS)),
        ),
    ),
    search=queries.by_name_part,
    search_words=gettext_lazy("工会名称、编码"),
    order=("term_last", "pk"),
    empty=Empty(gettext_lazy("没有这样的工会"), gettext_lazy("换一个条件看看。"), icon="users-group"),
    counted=lambda n: ngettext("%(n)s 个工会", "%(n)s 个工会", n) % {"n": f"{n:,}"},
    move=SEE_TERMS,
)
