"""Give consent and withdraw it; withdrawing is as easy as giving."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden, check
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.messages.rules import ToPerson
from niangjia.kernel.messages.services import send
from niangjia.kernel.people.models import Subject
from niangjia.kernel.privacy.models import Consent, Notice
from niangjia.kernel.privacy.queries import notice_of, why_not_use
from niangjia.kernel.privacy.registered import persons
from niangjia.kernel.privacy.rules import RECORD_CONSENT, Channel, Standing, why_not_consent
from niangjia.kernel.sealed import blind

ORIGIN = "consent-origin"


class ConsentNeeded(Exception):
    """Her data may not be used for this; `reason` says why and what next."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


class NotConsented(Exception):
    """This consent does not count; `reason` says why. Nothing was written."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class Act:
    """How somebody answers: which purpose, which version she read, yes or no, from which address."""

    key: str
    version: int
    given: bool
    origin: str = ""


@dataclass(frozen=True)
class Paper:
    """A consent on paper (纸面同意): where the paper is kept."""

    place: str


def require_consent(subject_id: int, purpose: str, *, on: date) -> None:
    """Raise `ConsentNeeded` where her data may not be used; services call this before they take sensitive data."""
    reason = why_not_use(subject_id, purpose, on=on)
    if reason is not None:
        raise ConsentNeeded(reason)


@transaction.atomic
def answer(act: Act, *, by: Actor, on: date) -> Consent:
    """Give or withdraw one's own consent, with one's own hand."""
    standing = standing_of(by.subject_id)
    _check_age(standing, guardian_id=None, given=act.given, on=on)
    return _write(act, standing, by=by, on=on, channel=Channel.OWN)


@transaction.atomic
def answer_for_child(act: Act, child_id: int, *, by: Actor, on: date) -> Consent:
    """A parent gives or withdraws consent for a child under fourteen (监护人同意)."""
    guardian = standing_of(by.subject_id)
    child = standing_of(child_id)
    _check_age(child, guardian_id=guardian.subject_id, given=act.given, on=on)
    return _write(act, child, by=by, on=on, channel=Channel.OWN, guardian_id=guardian.subject_id)


@transaction.atomic
def record_paper(act: Act, subject_id: int, paper: Paper, *, by: Actor, on: date) -> Consent:
    """A cadre records what somebody signed on paper at the desk, and where the paper is."""
    standing = standing_of(subject_id)
    check(by, RECORD_CONSENT, standing.place_path)
    _check_age(standing, guardian_id=None, given=act.given, on=on)
    with beyond(Purpose.OWN_DATA):
        return _write(act, standing, by=by, on=on, channel=Channel.PAPER, paper=paper)


def standing_of(subject_id: int | None) -> Standing:
    """How somebody stands; `Forbidden` where nobody is known under this number."""
    standing = persons().standing_of(subject_id) if subject_id else None
    if standing is None:
        raise Forbidden("no_person")
    return standing


def _check_age(standing: Standing, *, guardian_id: int | None, given: bool, on: date) -> None:
    guardian = persons().standing_of(guardian_id) if guardian_id else None
    reason = why_not_consent(
        born_on=standing.born_on,
        guardian_born_on=guardian.born_on if guardian else None,
        is_guarded=guardian_id is not None,
        on=on,
    )
    if reason is not None and given:
        raise NotConsented(reason)


def _write(  # noqa: PLR0913 - the act, whose, by whom, when, and how it reached us
    act: Act,
    standing: Standing,
    *,
    by: Actor,
    on: date,
    channel: Channel,
    paper: Paper | None = None,
    guardian_id: int | None = None,
) -> Consent:
    with beyond(Purpose.OWN_DATA):
        Subject.objects.select_for_update().get(pk=standing.subject_id)
    notice = _notice(act, standing.subject_id, on=on)
    last = Consent.objects.filter(subject_id=standing.subject_id, notice__key=act.key).order_by("-id").first()
    if last is not None and (last.given, last.notice_id) == (act.given, notice.pk):
        return last  # a second press says nothing new
    consent = Consent.objects.create(
        city=standing.city,
        subject_id=standing.subject_id,
        notice=notice,
        given=act.given,
        channel=channel.value,
        guardian_id=guardian_id,
        recorded_by_id=by.account_id if channel is Channel.PAPER else None,
        paper_place=paper.place if paper else "",
        origin_blind=blind(ORIGIN, act.origin) if act.origin else None,
    )
    verb = "give_consent" if act.given else "withdraw_consent"
    detail = {"notice": notice.key, "version": notice.version, "channel": channel.value}
    place = (standing.city, standing.place_id) if standing.place_id else None
    record(verb, by=by, thing="person", thing_id=standing.subject_id, place=place, detail=detail)
    if not act.given:
        send("consent_withdrawn", to=ToPerson(standing.subject_id))
    return consent


def _notice(act: Act, subject_id: int, *, on: date) -> Notice:
    """The version she read: yes goes to the one in force alone, no takes back whatever she agreed to."""
    notice = notice_of(act.key, on=on)
    if notice is None:
        raise Forbidden("no_notice")
    if act.given and notice.version != act.version:
        raise NotConsented(Reason("notice_changed", _NOTICE_CHANGED, {}))
    if not act.given and not Consent.objects.filter(subject_id=subject_id, notice__key=act.key).exists():
        raise NotConsented(Reason("never_given", _NEVER_GIVEN, {}))
    return notice


_NOTICE_CHANGED = gettext_noop("告知书刚刚换了新的一版。请看过新的再决定。")
_NEVER_GIVEN = gettext_noop("没有同意过，不用撤回。")
