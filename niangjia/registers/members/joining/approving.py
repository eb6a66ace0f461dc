"""Decide on applications: one by one or many at once, each by itself; an approval makes the membership, or asks for a transfer."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.pressing import Pressed, press
from niangjia.kernel.cases.rules import CLOCK
from niangjia.kernel.cases.services import NotMade, make
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.registers.members.joining.models import Application
from niangjia.registers.members.joining.queries import number_in, phone_in
from niangjia.registers.members.joining.rules.workflow import (
    APPROVE,
    ASK,
    BRING,
    ENROL,
    FRUITLESS,
    REFUSED,
    TO_TRANSFER,
)
from niangjia.registers.members.joining.telling import tell_her, tell_of_answer
from niangjia.registers.members.masked import phone_of
from niangjia.registers.members.models import Person
from niangjia.registers.members.rules import EmploymentStatus, check_name
from niangjia.registers.members.services import (
    MemberRefused,
    Registered,
    TransferAsked,
    bring_phone,
    register_member,
)


@transaction.atomic
def done(case_id: int, move: str, pressed: Pressed) -> Case:
    """Make a move of an application that was pressed, and what belongs to it."""
    if move == APPROVE:
        return approve(case_id, pressed)
    if move == BRING:
        _corrected(case_id, str(pressed.answers.get("name") or ""), by=pressed.by)
    case = press(case_id, move, pressed)
    case.refresh_from_db()
    application = Application.objects.select_related("union").get(pk=case_id)
    if case.stage in FRUITLESS:
        _settle(application, pressed)
    if move == ASK:
        tell_her("joining_asks", application)
    elif move == BRING:
        tell_of_answer(application)
    elif case.stage == REFUSED:
        tell_her("joining_refused", application)
    return case


@transaction.atomic
def approve(case_id: int, pressed: Pressed) -> Case:
    """Approve an application (批准入会): the membership begins in the same transaction, or a transfer is asked for."""
    decided_on = _day_of(pressed.answers.get("decided_on"), pressed)
    case = press(case_id, APPROVE, pressed)
    application = Application.objects.select_for_update(of=("self",)).select_related("union").get(pk=case_id)
    answer = _registered(application, pressed)
    application.decided_on = decided_on
    _settle(application, pressed)
    move = ENROL if isinstance(answer, Registered) else TO_TRANSFER
    case = make(case.pk, move, by=CLOCK, at=pressed.at)
    tell_her("joining_approved" if move == ENROL else "joining_transfer", application)
    return case


def decide_each(keys: Iterable[int], move: str, pressed: Pressed) -> int:
    """Decide on many applications with the same words, each by itself: what fails stays as it is."""
    number = 0
    for case_id in sorted(set(keys)):
        try:
            with transaction.atomic():
                done(case_id, move, pressed)
        except (NotMade, Forbidden):
            continue
        number += 1
    return number


def _registered(application: Application, pressed: Pressed) -> Registered | TransferAsked:
    """Into the register by the checks of every other member; the person she is already stays the one she is."""
    on = pressed.at.astimezone(clock.PEOPLE_ZONE).date()
    try:
        answer = register_member(
            _as_written(application),
            union_id=application.union_id,
            by=pressed.by,
            on=on,
            subject_id=application.subject_id,
        )
    except MemberRefused as refused:
        raise NotMade(next(iter(refused.reasons.values()))) from refused
    if isinstance(answer, Registered):
        _her_phone(application, answer.person)
    return answer


def _as_written(application: Application) -> dict[str, str]:
    written = {
        "name": application.name,
        "id_kind": application.id_kind,
        "id_number": number_in(application),
        "phone": phone_in(application),
    }
    if application.trade:
        written |= {"occupation": application.trade, "employment": EmploymentStatus.FLEXIBLE.value}
    return written


def _her_phone(application: Application, person: Person) -> None:
    """She proved her phone when she applied; on somebody who was known by another one it is brought like any other."""
    with beyond(Purpose.SAME_PERSON):
        phone = phone_in(application)
        bring_phone(person, phone)
        person.refresh_from_db()
        if phone_of(person) == phone and person.phone_confirmed_at is None:
            Person.objects.filter(pk=person.pk).update(phone_confirmed_at=application.case.opened_at)
        application.person = person


def _corrected(case_id: int, name: str, *, by: Actor) -> None:
    """She wrote her name anew, where the union asked."""
    if not name.strip():
        return
    read = check_name(name)
    if isinstance(read, Reason):
        raise NotMade(Reason("name_invalid", _NAME, {}))
    if by.subject_id is not None:
        Application.objects.filter(pk=case_id, subject=by.subject_id, settled_at=None).update(name=read)


def _settle(application: Application, pressed: Pressed) -> None:
    application.settled_at = pressed.at
    application.save(update_fields=["settled_at", "decided_on", "person"])


def _day_of(written: object, pressed: Pressed) -> date:
    """The day on which the committee agreed; none that is still to come."""
    today = pressed.at.astimezone(clock.PEOPLE_ZONE).date()
    try:
        day = date.fromisoformat(str(written)) if written else today
    except ValueError as unread:
        raise NotMade(Reason("decided_unread", _DECIDED_UNREAD, {})) from unread
    if day > today:
        raise NotMade(Reason("decided_later", _DECIDED_LATER, {}))
    return day


_NAME = gettext_noop("这不像身份证上的姓名。写 2 到 30 个字，中间有点的写「·」，不写数字和别的符号。")
_DECIDED_UNREAD = gettext_noop("看不出委员会是哪一天同意的。写成 2026-11-20 这样。")
_DECIDED_LATER = gettext_noop("委员会同意的日子还没有到。写已经开过会的那一天。")
