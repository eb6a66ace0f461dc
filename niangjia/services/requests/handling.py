"""What the desk does with a request (办理诉求): accept, take, ask, answer, hand on, let it go along, call back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases import services as cases
from niangjia.kernel.cases.models import Case, HandOver, HandOverKind, Running
from niangjia.kernel.cases.refusals import refused
from niangjia.kernel.cases.rules import CLOCK
from niangjia.kernel.cases.services import Act, NotMade, Offer
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.places.models import Place
from niangjia.services.requests.following import add_words
from niangjia.services.requests.models import Press, Request, Speaker
from niangjia.services.requests.queries import due_of, main_of_same_asker, visible_to
from niangjia.services.requests.routing import spot_of, unions_at, works_at
from niangjia.services.requests.rules import Against, Secrecy, routing
from niangjia.services.requests.rules.workflow import (
    ACCEPT_MOVES,
    ALONG,
    ANSWER_TIERS,
    ANSWERS,
    EXTENSION_REASONS,
    HANDLERS,
    LONGEST_EXTENSION,
    TAKE_UP_REASONS,
)
from niangjia.services.requests.saying import keep_away
from niangjia.services.requests.telling import tell_asker, tell_desk, tell_place


@dataclass(frozen=True)
class Seen:
    """Who acts at the desk, when, and at which revision she looked."""

    by: Actor
    at: datetime
    revision: int | None = None

    def act(self, *, reason: str = "", says: str = "") -> Act:
        """As the engine knows it."""
        return Act(self.by, self.at, reason, says)


@transaction.atomic
def accept(request_id: int, grade: str, *, seen: Seen) -> Request:
    """Accept a request (受理): how hard it is decides the day of the answer, which she is told."""
    request = met(request_id, by=seen.by)
    case = _made(request, ACCEPT_MOVES[grade], seen=seen)
    Request.objects.filter(pk=request.pk).update(grade=grade)
    tell_asker("request_accepted", case, due=due_of(case, ANSWER_TIERS[grade]))
    return request


@transaction.atomic
def take(request_id: int, *, seen: Seen) -> Request:
    """Take it in hand (接办); who would have to keep away by now is found out once more."""
    request = met(request_id, by=seen.by)
    keep_away(request, askers=frozenset(), accused=_accused(request))
    if not visible_to(seen.by).filter(pk=request.pk).exists():
        raise Forbidden("barred")
    _made(request, "take", seen=seen)
    return request


@transaction.atomic
def accept_many(keys: Iterable[int], grade: str, *, by: Actor, at: datetime) -> int:
    """Accept many at once (批量受理), each by itself; what cannot be accepted stays."""
    return _each(keys, lambda key: accept(key, grade, seen=Seen(by, at)))


@transaction.atomic
def assign_many(keys: Iterable[int], account_id: int, *, by: Actor, at: datetime) -> int:
    """Give many to a colleague (批量分派); what she has to keep away from stays."""
    return _each(keys, lambda key: assign(key, account_id, seen=Seen(by, at)))


@transaction.atomic
def assign(request_id: int, account_id: int, *, seen: Seen) -> Request:
    """Give it to a colleague of the place that has it (分派)."""
    request = _here(request_id, by=seen.by)
    if not works_at(request.case.place_id, account_id):
        raise refused("no_right_there")
    keep_away(request, askers=frozenset(), accused=_accused(request))
    cases.assign(request.pk, account_id, act=seen.act(), seen=seen.revision)
    return request


@transaction.atomic
def move(request_id: int, name: str, *, seen: Seen, says: str = "", reason: str = "") -> Request:
    """Any other move of the table that the desk makes: put it back, ask for more, answer, tell where to go, call back."""
    request = met(request_id, by=seen.by)
    if name in SPEAKING and not says.strip():
        raise NotMade(Reason("words_missing", _WORDS_MISSING, {}))
    case = _made(request, name, seen=seen, says=says, reason=reason)
    if name == "heard_more":
        add_words(request, says, speaker=Speaker.DESK, by=seen.by, at=seen.at)
    if name in ("answer", "tell_elsewhere"):
        _answer_along(request, says, seen=seen)
    key, tier = TOLD.get(name, ("", ""))
    if key:
        tell_asker(key, case, due=due_of(case, tier) if tier else None)
    return request


# Moves that are nothing without words.
SPEAKING = frozenset({"answer", "ask_more", "tell_elsewhere", "heard_more"})
# What she is told of which move, and which day that names.
TOLD = {
    "answer": ("request_answered", "agree"),
    "tell_elsewhere": ("request_answered", "agree"),
    "ask_more": ("request_needs_more", ""),
    "heard_disagree": ("request_again", "again"),
}


@transaction.atomic
def extend(request_id: int, days: int, *, reason: str, seen: Seen) -> Request:
    """Take so many days longer for the answer (延期): once, with a reason, no longer than the rule allows; she is told."""
    request = _here(request_id, by=seen.by)
    running = Running.objects.filter(case=request.case, tier__in=ANSWERS, ended_at=None).first()
    if running is None or reason not in EXTENSION_REASONS:
        raise NotMade(Reason("nothing_runs", _NOTHING_RUNS, {}))
    longest = LONGEST_EXTENSION[running.tier]
    if running.extended_at is None and not 1 <= days <= longest:
        raise NotMade(Reason("too_many_days", _TOO_MANY_DAYS, {"longest": longest}))
    case = cases.extend(request.pk, running.tier, days, act=seen.act(reason=reason), seen=seen.revision)
    tell_asker("request_extended", case, due=due_of(case, running.tier))
    return request


@transaction.atomic
def hand_on(request_id: int, kind: HandOverKind, to_place: int, *, seen: Seen, says: str = "") -> HandOver:
    """Hand it up, down or to another one, or ask for help (上交、交办、协办): down it goes without her name, and never to the accused."""
    request = _here(request_id, by=seen.by)
    to = Place.objects.filter(pk=to_place, closed_on=None).first()
    if to is None:
        raise NotMade(Reason("nobody_there", _NOBODY_THERE, {}))
    spot, is_open = spot_of(to), request.secrecy == Secrecy.OPEN
    for accused in _accused(request) or (None,):
        why = routing.may_hold(spot, accused=accused.path if accused else "", is_open=is_open)
        if why is not None:
            raise NotMade(Reason(why, _WHY_NOT_THERE[why], {}))
    goes_down = to.path.startswith(request.case.place.path)
    knows = routing.may_know_who(spot, is_open=is_open, goes_down=goes_down)
    offered = Offer(kind, to.pk, knows_who=knows)
    return cases.offer(request.pk, offered, act=seen.act(says=says), seen=seen.revision)


@transaction.atomic
def answer_hand_over(hand_over_id: int, *, takes: bool, seen: Seen, says: str = "") -> Case:
    """Take what was handed on, or say why not (接、不接)."""
    if not takes:
        return cases.decline(hand_over_id, act=seen.act(says=says))
    case = cases.accept(hand_over_id, act=seen.act())
    _lies_elsewhere(case, seen=seen)
    return case


@transaction.atomic
def take_up(request_id: int, *, reason: str, seen: Seen) -> Case:
    """Take up from below what lies there (提级办理): a hand-over with its reason, and who had it looks on; nobody above acts on it before."""
    request = met(request_id, by=seen.by)
    above = own_place_above(seen.by, request.case)
    if above is None:
        raise Forbidden("out_of_scope")
    if reason not in TAKE_UP_REASONS:
        raise refused("reason_missing")
    spot, former = spot_of(Place.objects.get(pk=above)), request.case.place_id
    knows = routing.may_know_who(spot, is_open=request.secrecy == Secrecy.OPEN, goes_down=False)
    taken = Offer(HandOverKind.REFER, above, knows_who=knows)
    case = cases.take_up(request.pk, taken, act=seen.act(reason=reason), seen=seen.revision)
    _lies_elsewhere(case, seen=seen)
    tell_place("request_taken_up", case, former)
    return case


@transaction.atomic
def go_along(request_id: int, with_id: int, *, seen: Seen) -> Request:
    """Let it go along with another one (并案): both stay open, and who asked agrees to the answer for herself.

    Who asked both is told where it is handled now, and may say that it is another matter.
    """
    request, main = met(request_id, by=seen.by), met(with_id, by=seen.by)
    # What an employer asks never goes along with what anybody else said: the answer would tell it.
    is_apart = request.case.place_id != main.case.place_id or bool(
        request.asking_employer_id or main.asking_employer_id
    )
    if is_apart or main.goes_with_id is not None or main.pk == request.pk or main.case.closed_at is not None:
        raise NotMade(Reason("not_the_same", _NOT_THE_SAME, {}))
    case = _made(request, "go_along", seen=seen)
    Request.objects.filter(pk=request.pk).update(goes_with=main)
    request.goes_with = main
    with beyond(Purpose.CASES):
        is_hers = main_of_same_asker(request) is not None
    if is_hers:
        tell_asker("request_same", case)
    return main


@transaction.atomic
def go_alone(request_id: int, *, reason: str, seen: Seen) -> Request:
    """It is another matter after all (拆开)."""
    request = met(request_id, by=seen.by)
    _made(request, "go_alone", seen=seen, reason=reason)
    Request.objects.filter(pk=request.pk).update(goes_with=None)
    return request


@transaction.atomic
def press_from_above(request_id: int, *, seen: Seen) -> Request:
    """A union above presses for an answer (督办)."""
    request = met(request_id, by=seen.by)
    path = request.case.place.path
    if not any(path.startswith(right.path) and right.path != path for right in seen.by.rights):
        raise Forbidden("out_of_scope")
    Press.objects.create(
        city=request.city, request=request, account_id=seen.by.account_id, by_asker=False, on=seen.at.date(), at=seen.at
    )
    tell_desk("request_pressed", request.case, but=seen.by.account_id)
    return request


def met(request_id: int, *, by: Actor) -> Request:
    """The request, for who meets it at the desk; to others it is not there."""
    found: Request | None = visible_to(by).filter(pk=request_id).first()
    if found is None:
        raise Forbidden("out_of_scope")
    return found


def own_place_above(actor: Actor, case: Case) -> int | None:
    """Where the actor handles above the place that has a case: the nearest; None where she does not."""
    path = case.place.path
    found = [right for right in actor.rights if right.role in HANDLERS and path.startswith(right.path)]
    if any(right.path == path for right in found):
        return None
    return max(found, key=lambda right: len(right.path)).place_id if found else None


def _here(request_id: int, *, by: Actor) -> Request:
    """The request, for who handles at the very place that has it; a union above takes it up first."""
    request = met(request_id, by=by)
    if own_place_above(by, request.case) is not None:
        raise NotMade(Reason("lies_below", _LIES_BELOW, {}))
    return request


def _made(request: Request, name: str, *, seen: Seen, says: str = "", reason: str = "") -> Case:
    return cases.make(request.pk, name, by=seen.by, at=seen.at, seen=seen.revision, says=says, reason=reason)


def _answer_along(main: Request, says: str, *, seen: Seen) -> None:
    """Those that went along are answered in the same words; each asker agrees, or not, for herself."""
    for other in Request.objects.filter(goes_with=main, case__stage="along").select_related("case"):
        case = cases.make(other.pk, "answer_along", by=seen.by, at=seen.at, says=says)
        tell_asker("request_answered", case, due=due_of(case, "agree"))


def _lies_elsewhere(case: Case, *, seen: Seen) -> None:
    """Who has to keep away there, what stays behind, and who is told, once a case was taken by another place."""
    request = Request.objects.select_related("case__place").get(pk=case.pk)
    keep_away(request, askers=frozenset(), accused=_accused(request))
    if case.place_id == request.case.place_id:
        _others_go_alone(request, seen=seen)
        tell_asker("request_moved", case)
        tell_desk("request_new", case, due=case.due_at, but=seen.by.account_id)


def _others_go_alone(main: Request, *, seen: Seen) -> None:
    """Those that went along stay where they are when it goes elsewhere, and go on by themselves."""
    with beyond(Purpose.CASES):
        others = list(Request.objects.filter(goes_with=main, case__stage=ALONG).order_by("pk"))
        for other in others:
            cases.make(other.pk, "go_alone", by=CLOCK, at=seen.at, reason="other_moved")
            Request.objects.filter(pk=other.pk).update(goes_with=None)


def _accused(request: Request) -> tuple[Place, ...]:
    """The unions that it is about, those inside the employer complained of among them."""
    if request.against == Against.EMPLOYER:
        return unions_at(request.employer_id)
    return tuple(Place.objects.filter(Q(pk=request.union_id))) if request.against == Against.UNION else ()


def _each(keys: Iterable[int], do: Callable[[int], object]) -> int:
    done = 0
    for key in sorted(set(keys)):
        try:
            with transaction.atomic():
                do(key)
        except (NotMade, Forbidden):
            continue
        done += 1
    return done


_WORDS_MISSING = gettext_noop("写上要说的话，她会看到。")
_NOTHING_RUNS = gettext_noop("现在没有在走的答复期限，不能延期。")
_NOBODY_THERE = gettext_noop("没有找到这个工会，或者它已经撤销了。请重新选一个。")
_NOT_THE_SAME = gettext_noop("不能并到那一件：它已经办结，不在这里办，或者自己也并到别处了。")
_TOO_MANY_DAYS = gettext_noop("最少延 1 天，最多延 {longest} 天，请重新写。")
_LIES_BELOW = gettext_noop("这一件在下级工会办。要由您这里来办，先点「提上来办」，写明为什么。")
_WHY_NOT_THERE = {
    "in_line": gettext_noop("说的就是那里，不能交给被反映的一方，也不能交给它下面的工会。"),
    "inside_enterprise": gettext_noop("她没有同意让单位知道，不能交到单位里面的工会。可以先问问她。"),
}
