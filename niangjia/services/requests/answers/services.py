"""Write an answer for all, read it as the second person, retire it."""

from typing import NamedTuple

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.places.models import Place
from niangjia.services.requests.answers.queries import kept_by
from niangjia.services.requests.models import AnswerState, KnownAnswer
from niangjia.services.requests.rules.moves import KEEP_ANSWERS


class NotKept(Exception):
    """The answer stays as it is; `reason` says why and what next."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


class Written(NamedTuple):
    """What stands in an answer: on which topic, to which question, in which words, by which source."""

    topic: str
    title: str
    text: str
    source: str


@transaction.atomic
def write_answer(written: Written, *, by: Actor, replaces: int | None = None) -> KnownAnswer:
    """Write an answer down (写答复条目); it counts once another has read it. A changed one takes the place of the old one then."""
    right = next((right for right in by.rights if right.role in KEEP_ANSWERS.roles), None)
    if right is None:
        raise Forbidden("no_role")
    old = _held(replaces, by=by) if replaces is not None else None
    place = old.place if old else Place.objects.get(pk=right.place_id)
    kept = KnownAnswer.objects.create(
        city=place.city, place=place, written_by_id=by.account_id, replaces=old, **written._asdict()
    )
    _tell("write_answer", kept, by=by)
    return kept


@transaction.atomic
def read_answer(answer_id: int, *, by: Actor) -> KnownAnswer:
    """Agree to an answer as the second person (把关): from today it may be put into answers."""
    kept = _held(answer_id, by=by)
    if kept.state != AnswerState.WRITTEN:
        raise NotKept(Reason("settled_already", _SETTLED, {}))
    if by.account_id is None or kept.written_by_id == by.account_id:
        raise NotKept(Reason("same_person", _SAME_PERSON, {}))
    kept.state, kept.read_by_id, kept.valid_from = AnswerState.IN_FORCE.value, by.account_id, clock.today()
    kept.save(update_fields=["state", "read_by", "valid_from"])
    if kept.replaces_id is not None:
        _retire(KnownAnswer.objects.select_for_update().get(pk=kept.replaces_id))
    _tell("read_answer", kept, by=by)
    return kept


@transaction.atomic
def retire_answer(answer_id: int, *, by: Actor) -> KnownAnswer:
    """Stop an answer (停用); what was answered with it stays as it was."""
    kept = _held(answer_id, by=by)
    if kept.state == AnswerState.RETIRED:
        raise NotKept(Reason("settled_already", _SETTLED, {}))
    _retire(kept)
    _tell("retire_answer", kept, by=by)
    return kept


def _retire(kept: KnownAnswer) -> None:
    kept.state, kept.valid_to = AnswerState.RETIRED.value, clock.today()
    kept.save(update_fields=["state", "valid_to"])


def _held(answer_id: int, *, by: Actor) -> KnownAnswer:
    kept = kept_by(by).select_for_update(of=("self",)).select_related("place").filter(pk=answer_id).first()
    if kept is None:
        raise Forbidden("out_of_scope")
    return kept


def _tell(verb: str, kept: KnownAnswer, *, by: Actor) -> None:
    record(verb, by=by, thing="known_answer", thing_id=kept.pk, place=(kept.city, kept.place_id))


_SETTLED = gettext_noop("这一条已经有人处理过了，请刷新看看。")
_SAME_PERSON = gettext_noop("这一条是您自己写的，要由另一位来把关：同事，或者上级工会的同事。")
