"""What who asked does with her own request (跟着办): say more, press, agree or not, rate, take it back, open it again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases import services as cases
from niangjia.kernel.cases.models import Case, Opinion, Rating
from niangjia.kernel.cases.rules import CLOCK
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.files.drafts import claim_unnamed
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.sealed import seal
from niangjia.services.requests.models import Addition, Press, Request, Speaker
from niangjia.services.requests.queries import FILES, due_of, last_press_on, main_of_same_asker, own_requests
from niangjia.services.requests.rules import pressing
from niangjia.services.requests.rules.sealed_words import SAYS
from niangjia.services.requests.rules.workflow import ALONG, ANSWERED, OPEN_STAGES, REOPEN_WITHIN_DAYS, WAITING
from niangjia.services.requests.telling import tell_above, tell_asker, tell_desk

NEXT = "SELECT nextval(pg_get_serial_sequence('requests_addition', 'id'))"


@transaction.atomic
def say_more(request_id: int, says: str, *, by: Actor, at: datetime, drafts: Sequence[StoredFile] = ()) -> Request:
    """Say something more (补充); where the desk waits for it, the clock goes on."""
    request = own(request_id, by=by)
    case = request.case
    if case.stage not in OPEN_STAGES:
        raise NotMade(Reason("closed", _CLOSED, {}))
    add_words(request, says, speaker=Speaker.ASKER, by=by, at=at)
    if drafts:
        claim_unnamed(drafts, owner=FILES, owner_thing=request.pk, place=case.place, by=by)
    if case.stage == WAITING:
        case = cases.make(request.pk, "say_more", by=by, at=at)
    tell_desk("request_more_said", case)
    return request


@transaction.atomic
def press(request_id: int, *, by: Actor, at: datetime) -> Request:
    """Press for an answer (催办): once a day; the one above hears of it, too."""
    request = own(request_id, by=by)
    today = at.astimezone(clock.PEOPLE_ZONE).date()
    why = pressing.why_not_press(request.case.stage, last_on=last_press_on(request), today=today)
    if why is not None:
        raise NotMade(Reason(why, _WHY_NOT_PRESS[why], {}))
    Press.objects.create(city=request.city, request=request, account_id=by.account_id, by_asker=True, on=today, at=at)
    tell_desk("request_pressed", request.case)
    tell_above("request_pressed", request.case)
    return request


@transaction.atomic
def agree(request_id: int, *, by: Actor, at: datetime) -> Case:
    """Agree to the answer (同意): only now it is closed, and with it what she had said of the same thing."""
    request = own(request_id, by=by)
    for other in own_requests(by).filter(goes_with=request, case__stage=ANSWERED):
        cases.make(other.pk, "agree", by=by, at=at)
    return cases.make(request.pk, "agree", by=by, at=at)


@transaction.atomic
def part(request_id: int, *, by: Actor, at: datetime) -> Case:
    """It is another matter (拆开), says who asked both: it goes on by itself."""
    request = own(request_id, by=by)
    if main_of_same_asker(request) is None:
        raise NotMade(Reason("not_along", _NOT_ALONG, {}))
    case = cases.make(request.pk, "go_alone", by=by, at=at, reason="asker_asks")
    with beyond(Purpose.CASES):
        Request.objects.filter(pk=request.pk).update(goes_with=None)
    tell_desk("request_apart", case)
    return case


@transaction.atomic
def disagree(request_id: int, *, by: Actor, at: datetime, reason: str, says: str = "") -> Case:
    """Do not agree (不同意): it is opened again, or opened once more where it turned out later."""
    request = own(request_id, by=by)
    move = "disagree" if request.case.closed_at is None else "reopen"
    closed_at = request.case.closed_at
    if closed_at is not None and at - closed_at > timedelta(days=REOPEN_WITHIN_DAYS):
        raise NotMade(Reason("too_late", _TOO_LATE, {"days": REOPEN_WITHIN_DAYS}))
    case = cases.make(request.pk, move, by=by, at=at, reason=reason, says=says)
    due = due_of(case, "again")
    tell_asker("request_again", case, due=due)
    tell_desk("request_refused", case, due=due)
    return case


@transaction.atomic
def rate(request_id: int, opinion: Opinion, *, by: Actor, at: datetime, says: str = "") -> Rating:
    """Say how it went (评价)."""
    return cases.rate(own(request_id, by=by).pk, opinion, by=by, at=at, says=says)


@transaction.atomic
def withdraw(request_id: int, *, by: Actor, at: datetime) -> Case:
    """Take it back (撤回)."""
    request = own(request_id, by=by)
    with beyond(Purpose.CASES):
        others = list(Request.objects.filter(goes_with=request, case__stage=ALONG).order_by("pk"))
    for other in others:
        # Nobody learns that somebody else said the same: those that went along go on by themselves.
        cases.make(other.pk, "go_alone", by=CLOCK, at=at, reason="other_withdrawn")
        with beyond(Purpose.CASES):
            Request.objects.filter(pk=other.pk).update(goes_with=None)
    return cases.make(request.pk, "withdraw", by=by, at=at)


@transaction.atomic
def made_by_clock(case_id: int, move: str, *, at: datetime) -> Case:
    """Make a move whose time is over (到期自动), and tell who asked: what ends by itself does not end behind her back."""
    case = cases.make(case_id, move, by=CLOCK, at=at)
    key = TOLD_BY_CLOCK.get(move)
    if key:
        tell_asker(key, case)
    return case


TOLD_BY_CLOCK = {"lapse": "request_lapsed"}


def own(request_id: int, *, by: Actor) -> Request:
    """Her own request; to others it is not there."""
    found = own_requests(by).filter(pk=request_id).first()
    if found is None:
        raise Forbidden("out_of_scope")
    return found


def add_words(request: Request, says: str, *, speaker: Speaker, by: Actor, at: datetime) -> Addition | None:
    """Keep what was said later, sealed; it is numbered first, for the words are bound to its number."""
    if not says.strip():
        return None
    with connection.cursor() as cursor:
        cursor.execute(NEXT)
        number = cursor.fetchone()[0]
    return Addition.objects.create(
        pk=number,
        city=request.city,
        request=request,
        speaker=speaker.value,
        account_id=by.account_id,
        at=at,
        says_sealed=seal(says.strip(), aad=f"{SAYS}.{number}"),
    )


_CLOSED = gettext_noop("这件事已经办结了。还有话说，可以在答复下面说不同意，或者再说一件。")
_NOT_ALONG = gettext_noop("这一件是单独办的，不用拆开。")
_TOO_LATE = gettext_noop("办结超过 {days} 天了，不能再打开。请再说一件新的，写上原来的编号。")
_WHY_NOT_PRESS = {
    "not_with_the_desk": gettext_noop("现在不在经办人手上，不用催：在等您补充，或者已经答复了。"),
    "pressed_today": gettext_noop("今天催过了，明天还能再催。"),
}
