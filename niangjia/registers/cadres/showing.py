"""Posts and contacts as pages show them, with what the reader may do about each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.cadres import queries
from niangjia.registers.cadres.models import Cadre, Contact
from niangjia.registers.cadres.queries import Held
from niangjia.registers.cadres.rules.moves import KEEP_CADRES, SEE_CADRES
from niangjia.registers.cadres.rules.posts import protections
from niangjia.registers.cadres.words import KIND_WORDS, POST_WORDS
from niangjia.registers.orgs.models import Union

Do = tuple[Any, str]


@dataclass(frozen=True)
class ShownPost:
    """A post as a page shows it: what, where, how, from when to when, whence it comes, and what may be done."""

    words: Any
    union: str
    address: str
    kind: Any
    days: str
    note: str
    is_now: bool
    does: tuple[Do, ...] = ()

    @property
    def form(self) -> str:
        """The form of its state: held now, or over."""
        return "done" if self.is_now else "closed"


@dataclass(frozen=True)
class ShownContact:
    """Whom she keeps in touch with, as a page shows it; `stop` is where it is ended."""

    words: str
    note: Any
    days: str
    is_now: bool
    stop: str = ""

    @property
    def facts(self) -> tuple[Any, str]:
        """What it is, and from when to when."""
        return self.note, self.days


def shown_posts(cadre: Cadre, *, actor: Actor, on: date) -> list[ShownPost]:
    """Every post as the reader meets it."""
    held = queries.posts_of(cadre, on=on)
    seen = _unions_of(actor, {each.union_id for each in held}, SEE_CADRES)
    kept = _unions_of(actor, {each.union_id for each in held}, KEEP_CADRES)
    return [_shown(cadre, each, on=on, is_seen=each.union_id in seen, is_kept=each.union_id in kept) for each in held]


def shown_contacts(cadre: Cadre, *, actor: Actor, on: date) -> list[ShownContact]:
    """Whom she keeps in touch with, now and before."""
    rows = list(queries.contacts_of(cadre))
    kept = _unions_of(actor, {row.union_id for row in rows}, KEEP_CADRES)
    return [_contact(row, on=on, is_kept=row.union_id in kept) for row in rows]


def _contact(row: Contact, *, on: date, is_kept: bool) -> ShownContact:
    is_now = row.until is None or row.until >= on
    return ShownContact(
        row.employer.name if row.employer else row.union.name,
        _("驻点，{union}").format(union=row.union.name) if row.employer else _("联系工会"),
        _days(row.since, row.until),
        is_now,
        reverse("contact_end", args=[row.pk]) if is_kept and row.until is None else "",
    )


def _shown(cadre: Cadre, held: Held, *, on: date, is_seen: bool, is_kept: bool) -> ShownPost:
    is_now = held.until is None or held.until >= on
    note = held.note
    if held.is_elected:
        note = _("选举产生，这一届到{day}").format(day=day(held.ends_on)) if is_now else _("选举产生")
    return ShownPost(
        words=POST_WORDS[held.post],
        union=held.union,
        address=reverse("union", args=[held.code]) if is_seen else "",
        kind=KIND_WORDS[held.kind],
        days=_days(held.since, held.until),
        note=note,
        is_now=is_now,
        does=_does(cadre, held) if is_kept and held.until is None else (),
    )


def _does(cadre: Cadre, held: Held) -> tuple[Do, ...]:
    if held.is_elected:
        return ((_("写明怎么任"), reverse("elected_kind", args=[cadre.pk, held.code])),)
    return (
        (_("改"), reverse("posting_change", args=[held.posting_id])),
        (_("结束"), reverse("posting_end", args=[held.posting_id])),
    )


def _days(since: date, until: date | None) -> str:
    if until is None:
        return _("{since}起").format(since=day(since))
    return _("{since}到{until}").format(since=day(since), until=day(until))


def _unions_of(actor: Actor, union_ids: set[int], move: Any) -> set[int]:
    paths = actor.paths(move)
    rows = Union.objects.filter(pk__in=union_ids).values_list("pk", "place__path")
    return {pk for pk, path in rows if any(path.startswith(own) for own in paths)}


def rules_for(held: list[Held], *, on: date) -> list[str]:
    """What the law gives whoever sits on a union's committee: with the article, in plain words."""
    now = [each for each in held if each.is_elected and (each.until is None or each.until >= on)]
    return list(dict.fromkeys(in_words(reason) for each in now for reason in protections(each.post, each.kind)))
