"""Keep what somebody is writing, and let it go once it is sent."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.drafts.models import Draft
from niangjia.kernel.cases.drafts.queries import WORDS, Occasion
from niangjia.kernel.cases.drafts.rules import LONGEST_DRAFT, Answers
from niangjia.kernel.cases.making import Unnamed, is_asker
from niangjia.kernel.cases.queries import visible_to
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.sealed import seal

NOBODY = Unnamed("somebody")


class NotKept(Exception):
    """What was written is not kept; `reason` says why and what next."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@transaction.atomic
def keep(occasion: Occasion, mine: Answers, *, seen: Answers, by: Actor, opened_at: datetime | None = None) -> Draft:
    """Keep what somebody has written so far (存草稿), and what she was shown when she began; each time in the same row.

    A page that was opened before the move was made (`opened_at`) comes too late and keeps nothing. That she began is written
    down once; what she writes on the way is hers, and is not.
    """
    if by.account_id is None or not _is_met(occasion, by):
        raise Forbidden("out_of_scope")
    words = json.dumps({"seen": dict(seen), "mine": dict(mine)}, ensure_ascii=False)
    if len(words) > LONGEST_DRAFT:
        raise NotKept(Reason("too_long", _TOO_LONG, {}))
    draft = _row(occasion, by.account_id)
    is_begun = draft.words_sealed is not None
    if not is_begun and draft.dropped_at is not None and opened_at is not None and opened_at <= draft.dropped_at:
        return draft
    draft.words_sealed, draft.saved_at = seal(words, aad=f"{WORDS}.{draft.pk}"), clock.now()
    draft.save(update_fields=["words_sealed", "saved_at"])
    if not is_begun:
        _tell("begin_draft", occasion, draft, by=by)
    return draft


@transaction.atomic
def drop(occasion: Occasion, *, by: Actor) -> bool:
    """Let a draft go (不要草稿), or because its move was made: call it in the transaction of the move. False where there is none.

    What is left is the bare row that says since when, for what a page still on its way brings after it.
    """
    if by.account_id is None:
        return False
    draft = _row(occasion, by.account_id)
    is_begun = draft.words_sealed is not None
    draft.words_sealed, draft.dropped_at, draft.saved_at = None, clock.now(), clock.now()
    draft.save(update_fields=["words_sealed", "dropped_at", "saved_at"])
    if is_begun:
        _tell("drop_draft", occasion, draft, by=by)
    return is_begun


def _row(occasion: Occasion, account_id: int) -> Draft:
    """The one row of this occasion, held until the transaction ends."""
    which: dict[str, Any] = {"kind": occasion.kind, "move": occasion.move, "case_id": occasion.case_id}
    draft, _made = Draft.objects.select_for_update().get_or_create(account_id=account_id, **which)
    return draft


def _tell(verb: str, occasion: Occasion, draft: Draft, *, by: Actor) -> None:
    """The journal's entry (日志条目): who begins to ask stands in none, as who asked does not."""
    case = visible_to(by).filter(pk=occasion.case_id).first() if occasion.case_id is not None else None
    if case is None or is_asker(case, by):
        record(verb, by=NOBODY, thing="draft", detail={"kind": occasion.kind})
    else:
        record(verb, by=by, thing="draft", thing_id=draft.pk, detail={"kind": occasion.kind, "move": occasion.move})


def _is_met(occasion: Occasion, by: Actor) -> bool:
    """Nobody writes about a case that she does not meet."""
    return occasion.case_id is None or visible_to(by).filter(pk=occasion.case_id).exists()


_TOO_LONG = gettext_noop("写得太长，没有存下来。长的材料拍张照或者做成 PDF 传上来，这里只写要点。")
