"""The drafts that somebody meets: her own."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.drafts.models import Draft
from niangjia.kernel.cases.drafts.rules import Answer, Answers
from niangjia.kernel.sealed import unseal
from niangjia.kernel.worded import Worded

# What sealed words of a draft are bound to, followed by its row.
WORDS = "case_drafts_draft.words_sealed"
BEGUN = Worded(
    lambda account, kind: (
        Draft.objects.filter(account_id=account, kind=kind, case=None, words_sealed__isnull=False)
        .defer("words_sealed")
        .order_by("-saved_at")
    ),
    account=int,
    kind=str,
)


@dataclass(frozen=True)
class Occasion:
    """For which move of which case a form is filled in (办理的场合); of a case that is not there yet, for its kind alone."""

    kind: str
    move: str
    case_id: int | None = None


@dataclass(frozen=True)
class Begun:
    """What was kept of a form (存着的草稿): what she was shown then, what she wrote, when it was kept."""

    seen: Answers = field(default_factory=dict)
    mine: Answers = field(default_factory=dict)
    saved_at: datetime | None = None


def visible_to(actor: Actor) -> QuerySet[Draft]:
    """One's own drafts; nobody has one who is not signed in."""
    return Draft.objects.filter(account_id=actor.account_id or 0)


def draft_at(occasion: Occasion, *, of: Actor) -> Begun | None:
    """What somebody has written so far for this move; None where she has not begun."""
    draft = found_at(occasion, of=of).first()
    if draft is None or draft.words_sealed is None:
        return None
    kept = json.loads(unseal(bytes(draft.words_sealed), aad=f"{WORDS}.{draft.pk}"))
    return Begun(answers_of(kept["seen"]), answers_of(kept["mine"]), draft.saved_at)


def begun_by(actor: Actor, kind: str) -> list[Draft]:
    """What somebody has begun of a kind and not sent (写到一半的): the latest first, without its words."""
    return BEGUN(account=actor.account_id or 0, kind=kind)


def found_at(occasion: Occasion, *, of: Actor) -> QuerySet[Draft]:
    """The row of this occasion, if there is one."""
    return visible_to(of).filter(kind=occasion.kind, move=occasion.move, case=occasion.case_id)


def known_of(actor: Actor) -> dict[str, Answer]:
    """What the register knows of whoever fills in a form herself, by the keys that fields name (`NIANGJIA_KNOWN`)."""
    found: dict[str, Answer] = import_string(settings.NIANGJIA_KNOWN)(actor) if settings.NIANGJIA_KNOWN else {}
    return found


def answers_of(kept: object) -> dict[str, Answer]:
    """Answers as they were written down; what is none is left out."""
    if not isinstance(kept, dict):
        return {}
    return {
        str(name): _answer(value)
        for name, value in kept.items()
        if isinstance(value, (str, int, list)) or value is None
    }


def _answer(value: str | int | list[object] | None) -> Answer:
    """A list is of numbers of files."""
    return tuple(each for each in value if isinstance(each, int)) if isinstance(value, list) else value
