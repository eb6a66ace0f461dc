"""What somebody agreed to, what she asked for, what is held about her."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.queries import in_force, within
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.places.rules import ids_of
from niangjia.kernel.privacy.models import Consent, Notice, PersonalFile, RightsRequest
from niangjia.kernel.privacy.registered import personal_tables, persons
from niangjia.kernel.privacy.rules import (
    ERASE_PERSON,
    RECORD_CONSENT,
    SETTLE_CORRECTION,
    PersonalTable,
    RequestKind,
    RequestState,
    Row,
    Told,
)
from niangjia.kernel.sealed import unseal
from niangjia.kernel.sealed.columns import SealedColumn, sealed_columns
from niangjia.kernel.worded import Worded

BEGUN = Worded(
    lambda on: Notice.objects.filter(begins_on__lte=on).order_by("key", "-version").distinct("key"),
    on=date,
)
ACTS = Worded(
    lambda subject: Consent.objects.filter(subject_id=subject).select_related("notice").order_by("id"),
    subject=int,
)
FILES = Worded(
    lambda subject, at: (
        PersonalFile.objects.filter(subject_id=subject, expires_at__gt=at).defer("body_sealed").order_by("-id")[:1]
    ),
    subject=int,
    at=datetime,
)


@dataclass(frozen=True)
class Held:
    """A notice in force, and what somebody answered to it (同意情况)."""

    notice: Notice
    # Given, and to this version; `last` is her newest answer to any version.
    is_given: bool
    last: Consent | None

    @property
    def asks_again(self) -> bool:
        """Whether she agreed to an older version: the new one asks again."""
        return self.last is not None and self.last.given and not self.is_given


def notices(*, on: date) -> list[Notice]:
    """The notices in force on a day, of each the newest version."""
    return BEGUN(on=on)


def notice_of(key: str, *, on: date) -> Notice | None:
    """The notice for a purpose, in the version in force on a day."""
    return Notice.objects.filter(key=key, begins_on__lte=on).order_by("-version").first()


def consents_of(subject_id: int, *, on: date) -> list[Held]:
    """Every notice in force with this person's answer."""
    newest = {act.notice.key: act for act in ACTS(subject=subject_id)}
    return [_held(notice, newest.get(notice.key)) for notice in notices(on=on)]


def consents_seen(actor: Actor, subject_id: int, *, on: date) -> list[Held]:
    """As `consents_of`, for a cadre who keeps them and may see the person; `Forbidden` for others, the chair of a base union too."""
    if not actor.paths(RECORD_CONSENT) or not persons().is_seen_by(actor, subject_id):
        raise Forbidden("out_of_scope")
    with beyond(Purpose.OWN_DATA):
        return consents_of(subject_id, on=on)


def why_not_use(subject_id: int, purpose: str, *, on: date) -> Reason | None:
    """None where her data may be used for a purpose on a day, else why not; lines of work ask this before they take any."""
    notice = notice_of(purpose, on=on)
    if notice is None:
        return Reason("no_notice", _NO_NOTICE, {"purpose": purpose})
    with beyond(Purpose.OWN_DATA):  # whoever asks learns yes or no, never the acts
        last = Consent.objects.filter(subject_id=subject_id, notice__key=purpose).order_by("-id").first()
    if last is None:
        return Reason("consent_missing", _MISSING, {})
    if not last.given:
        return Reason("consent_withdrawn", _WITHDRAWN, {})
    return None if last.notice_id == notice.pk else Reason("consent_outdated", _OUTDATED, {})


def may_use(subject_id: int, purpose: str, *, on: date) -> bool:
    """Whether her data may be used for a purpose on a day."""
    return why_not_use(subject_id, purpose, on=on) is None


def _held(notice: Notice, last: Consent | None) -> Held:
    return Held(notice, last is not None and last.given and last.notice_id == notice.pk, last)


def requests_of(subject_id: int) -> QuerySet[RightsRequest]:
    """What somebody asked of her own data, the latest first."""
    asked = RightsRequest.objects.filter(subject_id=subject_id)
    return asked.select_related("place", "settled_by").order_by("-id")


def own_request(subject_id: int | None, request_id: int) -> RightsRequest | None:
    """One request of this person; None where it is not hers."""
    found = RightsRequest.objects.filter(pk=request_id, subject_id=subject_id or 0)
    return found.select_related("place", "settled_by").first()


def office_of(asked: RightsRequest) -> int | None:
    """The place that has a request now: the nearest one, upwards, where somebody may settle it today."""
    if asked.place is None:
        return None
    move = SETTLE_CORRECTION if asked.kind == RequestKind.CORRECT else ERASE_PERSON
    held = Grant.objects.filter(in_force(clock.today()), place_id__in=ids_of(asked.place.path), account__is_active=True)
    held = held.filter(role__in=[role.value for role in move.roles]).exclude(account__subject_id=asked.subject_id)
    return held.order_by(Length("place__path").desc(), "pk").values_list("place_id", flat=True).first()


def visible_to(actor: Actor) -> QuerySet[RightsRequest]:
    """Requests that this actor may settle: corrections and erasures each within the subtrees of their move."""
    corrections = _within(actor.paths(SETTLE_CORRECTION)) & Q(kind=RequestKind.CORRECT)
    erasures = _within(actor.paths(ERASE_PERSON)) & Q(kind=RequestKind.ERASE)
    return RightsRequest.objects.filter(corrections | erasures).select_related("place")


def open_requests(actor: Actor) -> QuerySet[RightsRequest]:
    """Those that wait, the oldest first."""
    return visible_to(actor).filter(state=RequestState.OPEN).order_by("asked_at", "id")


def _within(paths: tuple[str, ...]) -> Q:
    return within(paths, field="place__path")


def says_of(asked: RightsRequest) -> str:
    """What is right, in the person's own words."""
    return unseal(asked.says_sealed, aad=f"{SAYS}.{asked.pk}") if asked.says_sealed else ""


def file_of(subject_id: int, *, at: datetime) -> PersonalFile | None:
    """The newest file of her data that has not run out."""
    return next(iter(FILES(subject=subject_id, at=at)), None)


def told_of(subject_id: int) -> Iterator[tuple[PersonalTable, list[Row]]]:
    """Everything held about a person, table by table, in words."""
    for table in personal_tables():
        if isinstance(table.tell, str):
            continue
        rows = _told(table, table.tell, subject_id) if isinstance(table.tell, Told) else table.tell(subject_id)
        yield table, rows


def _told(table: PersonalTable, told: Told, subject_id: int) -> list[Row]:
    model = apps.get_model(table.model)
    columns = [column for column, _words in told.facts]
    sealed = {each.field: each for each in sealed_columns() if each.model == table.model and not each.within}
    bound = {each.row for each in sealed.values() if each.row}
    rows = model._base_manager.filter(**{told.by: subject_id}).order_by("pk")  # noqa: SLF001 - Django's name for it
    return [
        {words: _opened(sealed.get(column), column, row) for column, words in told.facts}
        for row in rows.values("pk", *bound, *columns)
    ]


def _opened(sealed: SealedColumn | None, column: str, row: dict[str, Any]) -> Any:
    value = row[column]
    if sealed is None or value is None:
        return value
    return unseal(value, aad=sealed.aad_of(row[sealed.row]))


SAYS = "privacy_rightsrequest.says_sealed"
BODY = "privacy_personalfile.body_sealed"
_NO_NOTICE = gettext_noop("还没有「{purpose}」的告知书，不能收集这类资料。请安全管理员先发布告知书。")
_MISSING = gettext_noop("本人还没有同意。请先让本人看过告知书，在手机上同意，或者到工会签字。")
_WITHDRAWN = gettext_noop("本人已经撤回同意，不能再用。要用，请先问过本人，由本人重新同意。")
_OUTDATED = gettext_noop("告知书换了新的一版，要请本人看过以后再同意一次。")
