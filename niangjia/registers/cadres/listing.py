"""The list of cadres: who holds which post where, how, until when, and how many places each keeps in touch with."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Badge, Button, Column, Empty, Filter, Listing, Picks
from niangjia.registers.cadres import queries
from niangjia.registers.cadres.rules.moves import KEEP_CADRES, SEE_CADRES
from niangjia.registers.cadres.rules.posts import ELECTED_KIND, CadreKind, CadrePost, post_of_seat
from niangjia.registers.cadres.words import IN_OFFICE, KIND_WORDS, LEFT, POST_WORDS
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import under_reference
from niangjia.registers.orgs.rules.moves import SEE_UNIONS

Rows = QuerySet[Any]
NOW, BEFORE = "now", "before"
MOST_TOPS = 20


def listed(actor: Actor) -> Rows:
    """Cadres with the posts they hold today."""
    return queries.with_posts(queries.visible_to(actor), on=clock.today())


def address_of(cadre: Any) -> str:
    """The page of a cadre."""
    return reverse("cadre", args=[cadre.pk])


def name_words(cadre: Any) -> str:
    """Her name; of somebody whose register lies elsewhere the asker does not know it."""
    return queries.name_of(cadre) or _("别处登记的会员")


def _posts(cadre: Any) -> list[tuple[str, CadrePost, str]]:
    """Union, post and kind of each, elected ones first."""
    elected = [
        (each["union"], post_of_seat(each["body"], each["post"]), each["kind"] or ELECTED_KIND.value)
        for each in cadre.seats
    ]
    return [*elected, *((each["union"], CadrePost(each["post"]), each["kind"]) for each in cadre.written)]


def posts_words(cadre: Any) -> str:
    """The posts held now, each once."""
    return _("、").join(dict.fromkeys(str(POST_WORDS[post]) for _union, post, _kind in _posts(cadre)))


def unions_words(cadre: Any) -> str:
    """Where they are held."""
    return _("、").join(dict.fromkeys(union for union, _post, _kind in _posts(cadre)))


def kinds_words(cadre: Any) -> str:
    """How they are held."""
    return _("、").join(dict.fromkeys(str(KIND_WORDS[kind]) for _union, _post, kind in _posts(cadre)))


def last_day(cadre: Any) -> date | None:
    """The day on which the first of her terms ends."""
    days = [date.fromisoformat(each["ends"]) for each in cadre.seats if each["ends"]]
    return min(days, default=None)


def badge_of(cadre: Any) -> Badge:
    """Whether she holds a post now."""
    return IN_OFFICE if cadre.seats or cadre.written else LEFT


def served(cadre: Any) -> int | None:
    """How many unions and employers she keeps in touch with."""
    return len(cadre.serves) or None


def may_begin(actor: Actor) -> bool:
    """Whether the actor writes posts down anywhere."""
    return bool(actor.paths(KEEP_CADRES))


def _under(rows: Rows, reference: str) -> Rows:
    unions = under_reference(Union.objects.all(), reference).order_by("place__path")
    paths = tuple(unions.values_list("place__path", flat=True)[:MOST_TOPS])
    return queries.under(rows, paths, on=clock.today()) if paths else rows.none()


def _state(rows: Rows, value: str) -> Rows:
    return queries.working(rows, is_now=value == NOW, on=clock.today())


def _named(rows: Rows, words: str) -> Rows:
    tidy = words.strip()
    heard = Q(person__name_keys__contains=[tidy.lower()])
    return rows.filter(heard | Q(shown_name__icontains=tidy))


CADRES = Listing(
    "cadres",
    title=gettext_lazy("干部名册"),
    visible_to=listed,
    columns=(
        Column(gettext_lazy("姓名"), name_words, link=address_of, sort=("sounds", "pk"), key="name"),
        Column(gettext_lazy("职务"), posts_words, key="posts"),
        Column(gettext_lazy("在哪个工会"), unions_words, key="unions"),
        Column(gettext_lazy("任职方式"), kinds_words, key="kinds"),
        Column(gettext_lazy("这一届到哪天"), last_day, kind="day", key="term_ends_on"),
        Column(gettext_lazy("联系几处"), served, kind="number", wide_only=True, key="serves"),
        Column(gettext_lazy("状态"), badge_of, key="state"),
    ),
    filters=(
        Filter("state", gettext_lazy("状态"), apply=_state, choices=((NOW, IN_OFFICE.words), (BEFORE, LEFT.words)), told="now or before."),
        Filter(
            "kind", gettext_lazy("任职方式"), apply=lambda rows, value: queries.of_kind(rows, value, on=clock.today()),
            choices=tuple((kind.value, KIND_WORDS[kind]) for kind in CadreKind),
            told="How a post is held: full_time, part_time, seconded, hired.",
        ),
        Filter(
            "post", gettext_lazy("职务"), apply=lambda rows, value: queries.of_post(rows, value, on=clock.today()),
            choices=tuple((post.value, POST_WORDS[post]) for post in CadrePost), told="Only who holds this post now.",
        ),
        Filter(
            "under", gettext_lazy("哪个工会以下"), apply=_under, picks=Picks("unions", SEE_UNIONS),
            told="Only with a post at or below this union: its code or whole name.",
        ),
    ),
    search=_named,
    search_words=gettext_lazy("姓名、拼音首字母"),
    order=("sounds", "pk"),
    empty=Empty(
        gettext_lazy("还没有干部"), gettext_lazy("换届选出来的人自己会出现在这里；聘来的社工、挂职的，点「记一个职务」。"), icon="users-group",
    ),
    buttons=(Button(gettext_lazy("记一个职务"), "/cadres/new/", icon="user-plus", main=True, allowed=may_begin),),
    counted=lambda n: ngettext("%(n)s 人", "%(n)s 人", n) % {"n": f"{n:,}"},
    move=SEE_CADRES,
)  # fmt: skip
