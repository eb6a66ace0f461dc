"""Ask for a list, decide on somebody else's request, fetch the file, and let what is over go."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.exports import rules
from niangjia.kernel.exports.declaration import Secret, Source, Template, secrets_of
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.exports.queries import (
    SEALED_DECISION,
    Told,
    asking_actor,
    covers,
    places_of,
    rows_actor,
    sealed_told,
    source_of,
    told_of,
    visible_to,
    who_asked,
)
from niangjia.kernel.exports.rules import Format, Link, State
from niangjia.kernel.files.sealed_files import forget_file, pieces_of
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToAccount, ToOffice
from niangjia.kernel.messages.services import send
from niangjia.kernel.people.masks import masked_words
from niangjia.kernel.sealed import Tampered, seal

THING = "exports.exportrequest"
QUEUE, MAKE = "exports", "exports.make"


class ExportRefused(Exception):
    """It is not done now; `reason` says why and what to do."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class Wish:
    """What somebody wants to take out (想导出的名单): which rows, which columns, as what, written out or masked, what for."""

    filters: dict[str, str]
    file_format: Format
    purpose: str
    template: str = ""
    in_clear: frozenset[str] = field(default_factory=frozenset)
    words: str = ""


def shapes_for(source: Source, *, by: Actor) -> tuple[Template, ...]:
    """What columns a file may have: the list's own, and the templates in force where the actor stands."""
    places = places_of(by, source)
    templates = source.templates(clock.today(), places[0].city) if places else ()
    return (Template("", source.title, source.columns), *templates)


def offered_in_clear(source: Source, shape: Template, *, by: Actor) -> dict[str, Secret]:
    """The sensitive fields that this actor may ask for written out: none from inside the enterprise."""
    may = places_of(rows_actor(by, source, ("any",)), source)
    return secrets_of(shape.columns) if may else {}


def count_now(source: Source, wish: Wish, *, by: Actor) -> int:
    """How many rows the file would have at this moment."""
    actor = rows_actor(by, source, wish.in_clear)
    return source.matching(actor, wish.filters).order_by().count()


def count_asked(request: ExportRequest) -> int:
    """How many rows the list of a request has by now, with the rights of who asked."""
    if request.account is None:
        return request.rows_asked
    by, source = who_asked(request.account), source_of(request)
    with acting(by), clock.at(request.asked_at):
        return source.matching(asking_actor(request, by), told_of(request).filters).order_by().count()


@transaction.atomic
def ask(source: Source, wish: Wish, *, by: Actor) -> ExportRequest:
    """Ask for a list (申请导出): made at once where one person may, else it waits for a second; `ExportRefused`."""
    if by.account_id is None or not by.paths(source.move):
        raise Forbidden("no_role")
    request = asked(source, wish, by=by)
    _tell("ask_export", request, by=by, rows=request.rows_asked, **_facts(request))
    if request.state == State.APPROVED:
        defer(request)
        return request
    office = ToOffice(request.place_id, rules.APPROVE_EXPORT.roles, but=by.account_id)
    facts = {"number": request.number, "rows": request.rows_asked, "place": request.place_id}
    send("export_waits", to=office, facts=facts, about=request.pk)
    return request


def asked(source: Source, wish: Wish, *, by: Actor) -> ExportRequest:
    """The request as it is written down; what it is about is frozen with it."""
    shape = next((each for each in shapes_for(source, by=by) if each.code == wish.template), None)
    if shape is None:
        raise ExportRefused(Reason("no_template", _NO_TEMPLATE, {}))
    rows = count_now(source, wish, by=by)
    offered = offered_in_clear(source, shape, by=by)
    reason = rules.why_not_ask(rows, purpose=wish.purpose, in_clear=wish.in_clear, offered=offered)
    if reason is not None:
        raise ExportRefused(reason)
    places = places_of(rows_actor(by, source, wish.in_clear), source)
    if not places:
        raise Forbidden("no_role")
    needs_two = bool(rules.why_two(rows, wish.in_clear))
    request = ExportRequest.objects.create(
        city=places[0].city,
        place=places[0],
        scope=[place.pk for place in places],
        account_id=by.account_id,
        author=by.words,
        source=source.name,
        template=wish.template,
        file_format=wish.file_format.value,
        in_clear=sorted(wish.in_clear),
        purpose=wish.purpose,
        needs_two=needs_two,
        rows_asked=rows,
        state=State.ASKED if needs_two else State.APPROVED,
    )
    told = Told(source.kept(by, wish.filters), masked_words(wish.words)[: rules.LONGEST_WORDS])
    request.asked_sealed = sealed_told(request.pk, told)
    request.save(update_fields=["asked_sealed"])
    return request


@transaction.atomic
def approve(request: ExportRequest, *, by: Actor, words: str = "") -> ExportRequest:
    """Agree that this list is made (批准): another person, who stands above all of its rows."""
    held = _decided("approve", request, by=by, words=words)
    defer(held)
    return held


@transaction.atomic
def refuse(request: ExportRequest, *, by: Actor, words: str) -> ExportRequest:
    """Say no (不批), with a reason for the person who asked."""
    if not words.strip():
        raise ExportRefused(Reason("words_missing", _WORDS_MISSING, {}))
    return _decided("refuse", request, by=by, words=words)


@transaction.atomic
def withdraw(request: ExportRequest, *, by: Actor) -> ExportRequest:
    """Take one's own request back (撤回); a file that was made is gone."""
    held = _held(request)
    if held.account_id is None or held.account_id != by.account_id:
        raise Forbidden("not_own")
    if rules.may_move("withdraw", State(held.state)):
        end(held, "withdraw")
        _tell("withdraw_export", held, by=by)
    return held


@transaction.atomic
def fetch(request: ExportRequest, *, by: Actor) -> Iterator[bytes]:
    """Hand the file to the person who asked (下载), and count it; `ExportRefused` where its link is dead.

    Every right is looked at anew: who no longer stands above the rows finds the file gone.
    """
    held = _held(request)
    if held.account_id is None or held.account_id != by.account_id:
        raise Forbidden("not_own")
    return _handed(held, of=by, to=by)


@transaction.atomic
def hand_to_operator(request: ExportRequest, *, by: Actor) -> Iterator[bytes]:
    """Hand a file that two people agreed to, to whoever runs the command line; counted like every other download."""
    held = _held(request)
    if held.account is None or held.decided_by_id is None or by.account_id is not None:
        raise Forbidden("not_agreed")
    return _handed(held, of=who_asked(held.account), to=by)


def _handed(held: ExportRequest, *, of: Actor, to: Actor) -> Iterator[bytes]:
    """The file, where its link lives and who asked still has the right."""
    reason = link_of(held).why_dead(clock.now())
    if reason is None and not still_may(held, of):
        reason = rules.RIGHT_GONE
    if reason is not None:
        raise ExportRefused(reason)
    try:
        for _piece in pieces_of(held.stored_as):
            pass
    except (OSError, Tampered) as error:
        raise ExportRefused(rules.TAMPERED) from error
    held.downloads += 1
    held.save(update_fields=["downloads"])
    _tell("download_export", held, by=to, time=held.downloads)
    return pieces_of(held.stored_as)


def link_of(request: ExportRequest) -> Link:
    """The way to the file, as it stands."""
    return Link(State(request.state), request.expires_at, request.downloads, request.most_downloads)


def still_may(request: ExportRequest, actor: Actor) -> bool:
    """Whether the person who asked still stands above all of its rows, with the rights that it took."""
    source = source_of(request)
    rights = rows_actor(actor, source, request.in_clear)
    return covers(rights, source.move, request)


@transaction.atomic
def void(request: ExportRequest, reason: Reason, *, by: Actor) -> bool:
    """Make a request void (作废) with the reason for the person who asked; False where it is over anyway."""
    held = _held(request)
    if not rules.may_move("void", State(held.state)):
        return False
    held.refusal = {"code": reason.code, "sentence": reason.sentence, "values": reason.values}
    end(held, "void")
    _tell("void_export", held, by=by, why=reason.code)
    return True


@transaction.atomic
def expire(request: ExportRequest, *, by: Actor) -> bool:
    """Let a request go whose time is over (过期), file and all."""
    held = _held(request)
    if not rules.may_move("expire", State(held.state)) or not is_over(held):
        return False
    end(held, "expire")
    _tell("expire_export", held, by=by)
    return True


def is_over(request: ExportRequest) -> bool:
    """Whether nobody answered in time, or the file has had its day, by the database's clock."""
    at = clock.now()
    if request.state == State.READY:
        return request.expires_at is None or at >= request.expires_at
    return at >= request.asked_at + rules.ANSWER_WITHIN


def end(request: ExportRequest, verb: str) -> None:
    """Move a request to one of its ends; the file goes once that is settled."""
    stored_as, request.stored_as = request.stored_as, ""
    request.state = rules.MOVES[verb][1]
    request.save(update_fields=["state", "stored_as", "refusal"])
    if stored_as:
        transaction.on_commit(lambda: forget_file(stored_as))


def defer(request: ExportRequest) -> None:
    """Have the file made once this transaction is settled; the job knows a number and nothing else."""
    app.configure_task(MAKE, queue=QUEUE).defer(export_id=request.pk)


def tell_made(request: ExportRequest, *, by: Actor) -> None:
    """Write down that the file was made, with how many rows."""
    _tell("make_export", request, by=by, rows=request.rows_done, **_facts(request))
    _tell_asker("export_ready", request, rows=request.rows_done)


def _decided(verb: str, request: ExportRequest, *, by: Actor, words: str) -> ExportRequest:
    held = _held(request)
    if not visible_to(by).filter(pk=held.pk).exists():
        raise Forbidden("no_role")
    reason = rules.why_not_decide(
        State(held.state),
        asked_by=held.account_id,
        decides=by.account_id,
        is_above=covers(by, rules.APPROVE_EXPORT, held),
    )
    if reason is not None:
        raise ExportRefused(reason)
    held.state = rules.MOVES[verb][1]
    held.decided_by_id, held.decided_at = by.account_id, clock.now()
    held.decision_sealed = seal(masked_words(words.strip())[: rules.LONGEST_WORDS], aad=f"{SEALED_DECISION}.{held.pk}")
    held.save(update_fields=["state", "decided_by", "decided_at", "decision_sealed"])
    _tell(f"{verb}_export", held, by=by, rows=held.rows_asked, **_facts(held))
    _tell_asker("export_approved" if verb == "approve" else "export_refused", held)
    return held


def _held(request: ExportRequest) -> ExportRequest:
    return ExportRequest.objects.select_for_update(of=("self",)).select_related("place", "account").get(pk=request.pk)


def _facts(request: ExportRequest) -> dict[str, object]:
    return {
        "list": request.source,
        "template": request.template,
        "format": request.file_format,
        "in_clear": request.in_clear,
        "purpose": request.purpose,
    }


def _tell_asker(key: str, request: ExportRequest, **facts: int) -> None:
    if request.account_id is not None:
        send(key, to=ToAccount(request.account_id), facts={"number": request.number, **facts}, about=request.pk)


def _tell(verb: str, request: ExportRequest, *, by: Actor, **detail: object) -> None:
    place = (request.city, request.place_id)
    record(verb, by=by, thing=THING, thing_id=request.pk, place=place, detail=detail)


_WORDS_MISSING = gettext_noop("还没有写为什么不批。写一句，申请的人好知道怎么改。")
_NO_TEMPLATE = gettext_noop("这个模板在这里没有，或者已经换了新的。请从列出的里面选。")
