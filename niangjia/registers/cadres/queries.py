"""Which cadres somebody sees, what each holds now and held before, and whom she keeps in touch with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor, Move
from niangjia.registers.cadres.models import Cadre, Contact, ElectedKind, Posting
from niangjia.registers.cadres.rules.moves import KEEP_CADRES, SEE_CADRES
from niangjia.registers.cadres.rules.posts import ELECTED_KIND, HEADS, CadreKind, CadrePost, post_of_seat
from niangjia.registers.committees.models import Seat
from niangjia.registers.committees.queries import present_term
from niangjia.registers.committees.rules.bodies import BodyKind, Post

SEATS_OF_HEADS = (Post.CHAIR.value, Post.ORGANISER.value)
NAMED = ("union__place", "person", "account")


@dataclass(frozen=True)
class Held:
    """A post as it is shown (任职): elected or written down, where, how, from when to when."""

    post: CadrePost
    kind: CadreKind
    union_id: int
    union: str
    code: str
    since: date
    until: date | None
    ends_on: date | None = None
    posting_id: int | None = None
    note: str = ""

    @property
    def is_elected(self) -> bool:
        """Whether it follows from an election or a committee."""
        return self.posting_id is None


def visible_to(actor: Actor, *, move: Move = SEE_CADRES) -> QuerySet[Cadre]:
    """Everybody who works or worked, or keeps in touch, in the actor's subtrees, or whose file is kept there."""
    paths = actor.paths(move)
    if not paths:
        return Cadre.objects.none()
    here = within(paths, field="union__place__path")
    rows = Cadre.objects.filter(
        here
        | Exists(Posting.objects.filter(here, cadre=OuterRef("pk")))
        | Exists(Contact.objects.filter(here, cadre=OuterRef("pk")))
        | Exists(Seat.objects.filter(here, person=OuterRef("person_id")))
    )
    return named(rows)


def named(rows: QuerySet[Cadre]) -> QuerySet[Cadre]:
    """Each with her name, as the asker may know it, and what she is sorted by."""
    return rows.select_related(*NAMED).annotate(
        sounds=Coalesce("person__name_sort", "account__name", "name"), shown_name=Coalesce("person__name", "account__name", "name")
    )  # fmt: skip


def name_of(cadre: Cadre) -> str:
    """What she is called, by whom she is known: the register, her account, or her file."""
    if cadre.person_id is not None:
        return cadre.person.name if cadre.person is not None else ""
    return cadre.account.name if cadre.account is not None else cadre.name


def in_office(on: date) -> Q:
    """Posts and contacts that go on on a day."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))


def with_posts(rows: QuerySet[Cadre], *, on: date) -> QuerySet[Any]:
    """Each with the posts that she holds on a day, written and elected, and with how many places she serves."""
    written = Posting.objects.filter(in_office(on), cadre=OuterRef("pk")).order_by("since", "pk")
    said = ElectedKind.objects.filter(cadre=OuterRef(OuterRef("pk")), union=OuterRef("union_id")).values("kind")[:1]
    seats = Seat.objects.filter(in_office(on), person=OuterRef("person_id"), until=None).order_by("since", "pk")
    seats = seats.annotate(said_kind=Subquery(said))
    ends = Coalesce("body__term__extended_to", "body__term__ends_on")
    contacts = Contact.objects.filter(in_office(on), cadre=OuterRef("pk")).order_by("since", "pk")
    return rows.annotate(
        written=ArraySubquery(written.values(at=JSONObject(post="post", kind="kind", union="union__name"))),
        seats=ArraySubquery(
            seats.values(
                at=JSONObject(
                    body="body__kind", post="post", kind="said_kind", union="union__name", ends=ends
                )
            )
        ),
        serves=ArraySubquery(contacts.values("pk")),
    )  # fmt: skip


def posts_of(cadre: Cadre, *, on: date) -> list[Held]:
    """Every post she ever held, as far as the asker may see it: those she holds now first, then the latest."""
    kinds = dict(ElectedKind.objects.filter(cadre=cadre).values_list("union", "kind"))
    written = [
        Held(
            CadrePost(row.post), CadreKind(row.kind), row.union_id, row.union.name, row.union.code, row.since, row.until,
            posting_id=row.pk, note=row.ended_because or row.document_number,
        )
        for row in Posting.objects.filter(cadre=cadre).select_related("union").order_by("-since", "-pk")
    ]  # fmt: skip
    rows = Seat.objects.filter(person=cadre.person_id) if cadre.person_id else Seat.objects.none()
    elected = [
        Held(
            post_of_seat(row.body.kind, row.post), CadreKind(kinds.get(row.union_id, ELECTED_KIND)), row.union_id,
            row.union.name, row.union.code, row.since, row.until, ends_on=row.body.term.last_on,
        )
        for row in rows.select_related("union", "body__term").order_by("-since", "-pk")
    ]  # fmt: skip
    held = [*elected, *written]
    return sorted(held, key=lambda each: (each.until is not None and each.until < on, -each.since.toordinal()))


def contacts_of(cadre: Cadre) -> QuerySet[Contact]:
    """Whom she keeps in touch with, now and before: those now first."""
    return (
        Contact.objects.filter(cadre=cadre)
        .select_related("union", "employer")
        .order_by(F("until").desc(nulls_first=True), "-since", "-pk")
    )


def own_cadre(actor: Actor) -> Cadre | None:
    """The file of whoever asks, by her person or her account."""
    mine = Q(pk__in=[])
    if actor.subject_id is not None:
        mine |= Q(person=actor.subject_id)
    if actor.account_id is not None:
        mine |= Q(account=actor.account_id)
    return named(Cadre.objects.filter(mine)).order_by("pk").first()


def may_keep(actor: Actor, cadre: Cadre) -> bool:
    """Whether the actor keeps her file."""
    return any(cadre.union.place.path.startswith(path) for path in actor.paths(KEEP_CADRES))


def has_term(union_id: int) -> bool:
    """Whether elections of this union are in the program."""
    return present_term(union_id) is not None


def head_seat(union_id: int) -> Seat | None:
    """Who was elected to lead a union now: its chair, or its organiser."""
    rows = Seat.objects.filter(union=union_id, until=None, post__in=SEATS_OF_HEADS)
    return rows.filter(body__kind=BodyKind.COMMITTEE.value, body__term__ended_on=None).order_by("-since", "pk").first()


def head_posting(union_id: int) -> Posting | None:
    """Who was named to lead a union that has no term."""
    rows = Posting.objects.filter(union=union_id, until=None, post__in=[post.value for post in HEADS])
    return rows.order_by("-since", "pk").first()


def without_file(union_ids: Iterable[int]) -> QuerySet[Seat]:
    """Whoever sits on a committee of these unions and is not in the list of cadres yet, each once."""
    known = Exists(Cadre.objects.filter(person=OuterRef("person_id")))
    rows = Seat.objects.filter(~known, until=None, union__in=list(union_ids))
    return rows.order_by("person", "pk").distinct("person")


def of_kind(rows: QuerySet[Any], kind: str, *, on: date) -> QuerySet[Any]:
    """Of these cadres, those who hold a post in this way."""
    written = Exists(Posting.objects.filter(in_office(on), cadre=OuterRef("pk"), kind=kind))
    said = ElectedKind.objects.filter(cadre=OuterRef(OuterRef("pk")), union=OuterRef("union_id")).values("kind")[:1]
    seats = Seat.objects.filter(until=None, person=OuterRef("person_id"))
    elected = seats.annotate(held=Coalesce(Subquery(said), Value(ELECTED_KIND.value))).filter(held=kind)
    return rows.filter(written | Exists(elected))


def of_post(rows: QuerySet[Any], post: str, *, on: date) -> QuerySet[Any]:
    """Of these cadres, those who hold this post, written down or elected."""
    seats = Q(pk__in=[])
    for body in BodyKind:
        for seat in Post:
            if post_of_seat(body.value, seat.value).value == post:
                seats |= Q(body__kind=body.value, post=seat.value)
    written = Exists(Posting.objects.filter(in_office(on), cadre=OuterRef("pk"), post=post))
    return rows.filter(written | Exists(Seat.objects.filter(seats, until=None, person=OuterRef("person_id"))))


def under(rows: QuerySet[Any], paths: tuple[str, ...], *, on: date) -> QuerySet[Any]:
    """Of these cadres, those who hold a post in these subtrees now."""
    here = within(paths, field="union__place__path")
    written = Exists(Posting.objects.filter(in_office(on), here, cadre=OuterRef("pk")))
    return rows.filter(written | Exists(Seat.objects.filter(here, until=None, person=OuterRef("person_id"))))


def working(rows: QuerySet[Any], *, is_now: bool, on: date) -> QuerySet[Any]:
    """Of these cadres, those who hold a post now, or those who hold none any more."""
    written = Exists(Posting.objects.filter(in_office(on), cadre=OuterRef("pk")))
    holds = written | Exists(Seat.objects.filter(until=None, person=OuterRef("person_id")))
    return rows.filter(holds if is_now else ~holds)
