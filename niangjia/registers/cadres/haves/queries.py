"""What each union has of the four things, and whence that is known."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.listing import Badge
from niangjia.kernel.web.roles import author_words
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.cadres.haves.models import Statement
from niangjia.registers.cadres.haves.rules import SEE_HAVES, STATED, Have
from niangjia.registers.cadres.haves.words import HAVE_WORDS, badge
from niangjia.registers.cadres.models import Contact, Posting
from niangjia.registers.cadres.queries import SEATS_OF_HEADS, head_posting, head_seat, name_of
from niangjia.registers.cadres.rules.posts import HEADS
from niangjia.registers.cadres.words import POST_WORDS
from niangjia.registers.committees.models import Seat
from niangjia.registers.committees.rules.bodies import BodyKind
from niangjia.registers.orgs import queries
from niangjia.registers.orgs.models import Kind, Union

PARTS = (Kind.BRANCH.value, Kind.GROUP.value)
# What nobody has said yet is lacking, too.
LACKING = Q(has_people=False)
for _stated_have in STATED:
    LACKING |= Q(**{_stated_have.value: False}) | Q(**{_stated_have.value: None})


@dataclass(frozen=True)
class Known:
    """One of the four as a page shows it: whether it is there, and whence that is known."""

    have: Have
    title: Any
    is_there: bool | None
    badge: Badge
    reason: str
    words: str = ""


def unions_with_haves(actor: Actor, *, move: Move = SEE_HAVES) -> QuerySet[Any]:
    """Unions that elect a committee, each with what it has: `has_people` from the registers, the rest as stated."""
    rows = queries.visible_to(actor, move=move).filter(place__closed_on=None, is_preparing=False)
    rows = rows.exclude(kind__in=PARTS)
    stated = Statement.objects.filter(union=OuterRef("pk"), is_latest=True)
    named = {have.value: Subquery(stated.filter(have=have.value).values("is_there")[:1]) for have in STATED}
    latest = Subquery(stated.order_by("-on").values("on")[:1])
    return rows.annotate(has_people=_has_people(), stated_on=latest, **named)


def _has_people() -> Case:
    heads = Seat.objects.filter(
        union=OuterRef("pk"), until=None, post__in=SEATS_OF_HEADS, body__kind=BodyKind.COMMITTEE.value,
        body__term__ended_on=None,
    )  # fmt: skip
    named = Posting.objects.filter(union=OuterRef("pk"), until=None, post__in=[post.value for post in HEADS])
    serving = Contact.objects.filter(union=OuterRef("pk"), until=None, employer=None)
    is_there = Exists(heads) | Exists(named) | Exists(serving)
    return Case(When(is_there, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())


def lacks_of(union: Any) -> list[Have]:
    """What a listed union lacks, or has not said."""
    has = {Have.PEOPLE: union.has_people, **{have: getattr(union, have.value) for have in STATED}}
    return [have for have in Have if not has[have]]


def known_of(union: Union) -> list[Known]:
    """The four of one union, each with whence it is known."""
    rows = {row.have: row for row in Statement.objects.filter(union=union, is_latest=True)}
    is_there, reason = _people(union.pk)
    people = Known(Have.PEOPLE, HAVE_WORDS[Have.PEOPLE], is_there, badge(is_there), reason)
    return [people, *(_stated(have, rows.get(have.value)) for have in STATED)]


def _stated(have: Have, row: Statement | None) -> Known:
    if row is None:
        return Known(have, HAVE_WORDS[have], None, badge(None), _("还没有人说过。"))
    said = _("{who} {day}说的").format(who=author_words(row.author), day=day(row.on))
    return Known(have, HAVE_WORDS[have], row.is_there, badge(row.is_there), said, row.words)


def _people(union_id: int) -> tuple[bool, str]:
    """Whether somebody works for the union, and who: from elections, posts and contacts."""
    seat = head_seat(union_id)
    if seat is not None:
        named = seat.person.name if seat.person is not None else ""
        return True, _("{name}，选举产生的{post}，{day}起").format(
            name=named, post=POST_WORDS[seat.post], day=day(seat.since)
        )
    posting = head_posting(union_id)
    if posting is not None:
        post = POST_WORDS[posting.post]
        return True, _("{name}，{post}，{day}起").format(name=name_of(posting.cadre), post=post, day=day(posting.since))
    serving = Contact.objects.filter(union=union_id, until=None, employer=None).count()
    if serving:
        words = ngettext("有 %(n)s 名干部联系这个工会", "有 %(n)s 名干部联系这个工会", serving)
        return True, words % {"n": serving}
    return False, _("没有登记主席、组织员，也没有干部联系它。选举或者任职记下了，这里自己变。")
