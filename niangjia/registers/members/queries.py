"""Whom somebody may see among the members, and how a person is found."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, Self

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.reveal.rules import Field
from niangjia.kernel.reveal.services import SealedValue
from niangjia.kernel.sealed import blind
from niangjia.registers.employers.models import Employer
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.rules import (
    FULL_STATES,
    HOLDING_STATES,
    IdKind,
    IdNumber,
    check_id_number,
    check_mobile,
)
from niangjia.registers.members.rules.moves import EDIT_MEMBERS, SEE_MEMBERS
from niangjia.registers.members.rules.naming import SHORTEST_PART, search_keys
from niangjia.registers.members.rules.sealed_columns import PHONE, REAL_NAME, SEALED_ID, SEALED_PHONE, real_name
from niangjia.registers.members.tails import TAIL_LENGTH, key_of_tail
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import MOST_TOPS
from niangjia.registers.orgs.rules.union_facts import name_spellings

FIRST_FOUND = "SELECT members_found_first(%s, %s, %s, %s, %s, %s)"
HOLDING = sorted(state.value for state in HOLDING_STATES)
FULL = sorted(state.value for state in FULL_STATES)


class PersonRows(QuerySet[Person]):
    """Persons as one actor may see them; what narrows them further asks about these subtrees alone.

    Otherwise a filter by union would tell a cadre where somebody who left is now.
    """

    paths: tuple[str, ...] = ()

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]  # Django's own way to carry what a queryset knows
        clone.paths = self.paths
        return clone

    def having(self, **membership: object) -> Self:
        """Those with such a membership in the actor's subtrees."""
        return self.filter(Exists(_memberships(self.paths).filter(person=OuterRef("pk"), **membership)))


def real_name_key(id_kind: str, number: str) -> bytes:
    """The blind index of a real name (实名): kind and number of the paper."""
    return blind(REAL_NAME, real_name(id_kind, number))


def visible_to(actor: Actor, *, move: Move = SEE_MEMBERS) -> PersonRows:
    """Everybody who has, or had, a membership in the actor's subtrees."""
    paths = actor.paths(move)
    # Who was erased stays in the books under a pseudonym, and is shown to nobody.
    rows = PersonRows(Person).filter(erased_at=None)
    rows.paths = paths
    if not paths:
        return rows.none()
    # The operator's empty path covers whoever has no membership at all, too.
    return rows if "" in paths else rows.having()


class Figures(NamedTuple):
    """How many persons `visible_to` shows; how many active members (会员数) are now, and joined since a day."""

    seen: int
    active: int
    joined: int


def figures(actor: Actor, *, since: date) -> Figures:
    """All figures of the list in one pass.

    Counted by memberships: the wall around a person is asked for each person, the one around memberships once.
    """
    paths = actor.paths(SEE_MEMBERS)
    held = Membership.objects.filter(union__in=_unions(paths))
    found = held.aggregate(seen=Count("person", distinct=True), **_active_and_joined(since))
    if not paths or "" in paths:
        return Figures(visible_to(actor).count(), found["active"], found["joined"])
    # Who was erased stays in the books, and in no list.
    erased = Person.objects.filter(Exists(_memberships(paths).filter(person=OuterRef("pk"))), erased_at__isnull=False)
    return Figures(found["seen"] - erased.count(), found["active"], found["joined"])


def editable_by(actor: Actor) -> PersonRows:
    """Members whose present membership lies in the actor's subtrees; of others only what was can be seen."""
    return visible_to(actor, move=EDIT_MEMBERS).having(period__upper_inf=True, state__in=HOLDING)


def memberships_seen(actor: Actor, person: Person) -> QuerySet[Membership]:
    """A person's memberships in the actor's subtrees, the latest first (会籍经过); others are not told."""
    mine = _memberships(actor.paths(SEE_MEMBERS)).filter(person=person)
    return mine.select_related("union__place", "employer").order_by("-period", "-pk")


def name_of_subject(actor: Actor) -> Subquery:
    """The name of the person that a row's `subject_id` means, for who may see her; nothing for others."""
    return Subquery(visible_to(actor).filter(pk=OuterRef("subject_id")).values("name")[:1])


def present_membership(person: Person) -> Membership | None:
    """The membership that a person has now, wherever it is."""
    held = Membership.objects.filter(person=person, period__upper_inf=True, state__in=HOLDING)
    return held.select_related("union__place").first()


def sealed_value(person: Person, field: Field) -> SealedValue | None:
    """A sealed fact of a member as it lies, for a look on purpose; None where it is not known, or she is no member now."""
    columns = {Field.ID_NUMBER: (person.id_sealed, SEALED_ID), Field.PHONE: (person.phone_sealed, SEALED_PHONE)}
    sealed, aad = columns.get(field, (None, ""))
    membership = present_membership(person)
    if not sealed or membership is None:
        return None
    return SealedValue(
        subject_id=person.pk,
        field=field,
        sealed=bytes(sealed),
        aad=f"{aad}.{person.pk}",
        city=membership.city,
        place_id=membership.union_id,
        path=membership.union.place.path,
    )


def with_latest(persons: PersonRows) -> PersonRows:
    """Each person with the latest membership in the actor's subtrees: its union, state and day of joining.

    Asked for at once: each sub-select is planned, and passes the wall around memberships, for itself.
    """
    latest = _memberships(persons.paths).filter(person=OuterRef("pk")).order_by("-period", "-pk")
    facts = JSONObject(union="union__name", code="union__code", state="state", joined_on="joined_on")
    return persons.annotate(shown=Subquery(latest.values(shown=facts)[:1]))


def matching(persons: PersonRows, words: str) -> PersonRows:
    """Those a search means: a whole number or phone, a tail, or a part of the name, its pinyin or initials."""
    text = "".join(words.split())
    number = check_id_number(text)
    if isinstance(number, IdNumber):
        kinds = (IdKind.ID_CARD, IdKind.HKMT_RESIDENCE)
        return persons.filter(subject__key_blind__in=[real_name_key(kind.value, number.number) for kind in kinds])
    phone = check_mobile(text)
    if isinstance(phone, str):
        # The phone of somebody who left is the new union's to know.
        return persons.having(period__upper_inf=True, state__in=HOLDING).filter(phone_blind=blind(PHONE, phone))
    found = persons
    for part in [text] if is_tail(text) else words.split():
        found = _named(found, part)
    return found


def is_tail(text: str) -> bool:
    """Whether a search is the last four characters of a number: digits, the last perhaps X."""
    return len(text) == TAIL_LENGTH and text.isascii() and text[:3].isdigit() and (text[3].isdigit() or text[3] in "xX")


def first_found(actor: Actor, words: str, *, most: int) -> list[int]:
    """The few that words of one part mean most, the whole name first; of those that `visible_to` shows this actor."""
    asked = [[*_asked(words), words.lower()]]
    if len(words) == 1:
        # A single character is a surname first, which an index knows.
        asked.insert(0, [[words], "", "", ""])
    inside = list(actor.paths(SEE_MEMBERS))
    found: dict[int, None] = {}
    with connection.cursor() as cursor:
        for each in asked:
            if len(found) < most:
                cursor.execute(FIRST_FOUND, [*each, inside, most])
                found |= dict.fromkeys(row[0] for row in cursor.fetchall())
    return list(found)[:most]


def is_one_part(words: str) -> bool:
    """Whether words are a tail or one part of a name, and not a whole number, a phone, or several parts."""
    text = "".join(words.split())
    is_number = isinstance(check_id_number(text), IdNumber) or isinstance(check_mobile(text), str)
    return len(words.split()) == 1 and not is_number


def _named(persons: PersonRows, part: str) -> PersonRows:
    """By keys that an index holds.

    PostgreSQL asks a wall before an index of words: the index is asked by a function of the owner, which judges by itself.
    """
    return persons.filter(pk__in=RawSQL("SELECT members_found(%s, %s, %s)", _asked(part)))


def _asked(part: str) -> list[Any]:
    """Keys, a part of the name, the beginning of a pinyin.

    Three characters and more are looked at once again: pairs alone may be apart.
    """
    if is_tail(part):
        return [[key_of_tail(part)], "", ""]
    if part.isascii() and part.isalpha():
        return [[part.lower()], "", part.lower()]
    if len(part) == 1:
        return [[], part, ""]
    return [list(search_keys(part)), part if len(part) > SHORTEST_PART else "", ""]


def of_union(persons: PersonRows, reference: str) -> PersonRows:
    """Those with a membership now at or below the union that a code or a whole name means."""
    means = Q(code=reference) | Q(name__in=name_spellings(reference))
    tops = Union.objects.filter(means & within(persons.paths, field="place__path"))
    paths = tuple(tops.values_list("place__path", flat=True)[:MOST_TOPS])
    below = _memberships(persons.paths).filter(within(paths, field="union__place__path"), period__upper_inf=True)
    return persons.filter(Exists(below.filter(person=OuterRef("pk"))))


def in_state(persons: PersonRows, state: str) -> PersonRows:
    """Those with a membership in this state; of states that hold a place, one that holds it now."""
    return persons.having(state=state, period__upper_inf=True) if state in HOLDING else persons.having(state=state)


def of_kind(persons: PersonRows, kind: str) -> PersonRows:
    """Those whose membership now came about in this way."""
    return persons.having(kind=kind, period__upper_inf=True)


def joined_since(persons: PersonRows, first: date) -> PersonRows:
    """Active members who joined on this day or later: those whom the line of the list counts."""
    return persons.having(joined_on__gte=first, period__upper_inf=True, state__in=FULL)


def of_group(persons: PersonRows, group: str) -> PersonRows:
    """Those of a group the unions reach out to: migrant workers (农民工), or an occupation (八大群体)."""
    return persons.filter(migrant=True) if group == "migrant" else persons.filter(occupation=group)


def active_and_joined(paths: tuple[str, ...], *, since: date) -> tuple[int, int]:
    """How many active members there are now (会员数), without 保留会籍, and how many of them joined since a day."""
    found = Membership.objects.filter(union__in=_unions(paths)).aggregate(**_active_and_joined(since))
    return found["active"], found["joined"]


def active_in(union: Union) -> QuerySet[Membership]:
    """Memberships now at and below a union."""
    return _memberships((union.place.path,)).filter(state__in=FULL, period__upper_inf=True)


def active_at(employer: Employer, unions: Iterable[Union]) -> QuerySet[Membership]:
    """Memberships now of those who work for an employer, at and below these unions."""
    held = _memberships(tuple(union.place.path for union in unions))
    return held.filter(state__in=FULL, period__upper_inf=True, employer=employer)


def _active_and_joined(since: date) -> dict[str, Count]:
    now = Q(state__in=FULL, period__upper_inf=True)
    return {"active": Count("pk", filter=now), "joined": Count("pk", filter=now & Q(joined_on__gte=since))}


def _unions(paths: tuple[str, ...]) -> QuerySet[Any, Any]:
    """The unions below, found once for a whole count: joined, each membership would be held against a path."""
    return Union.objects.filter(within(paths, field="place__path")).order_by().values("pk")


def _memberships(paths: tuple[str, ...]) -> QuerySet[Membership]:
    return Membership.objects.filter(within(paths, field="union__place__path"))
