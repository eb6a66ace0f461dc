"""Two above her union agree, she waits or stops it, and the first moment afterwards the new phone is hers."""

from datetime import datetime

from django.db import transaction

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.sessions import end_sessions
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.making import make
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.pressing import Pressed, press
from niangjia.kernel.cases.refusals import NotMade
from niangjia.kernel.cases.rules import CLOCK
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.sealed import seal
from niangjia.registers.members.models import Membership, Person, PhoneProposal
from niangjia.registers.members.queries import HOLDING
from niangjia.registers.members.regaining.filing import home_of
from niangjia.registers.members.regaining.models import PhoneUse, Regaining
from niangjia.registers.members.regaining.queries import phone_in
from niangjia.registers.members.regaining.rules.filing import why_not_decide
from niangjia.registers.members.regaining.rules.moves import DECIDE_REGAINING
from niangjia.registers.members.regaining.rules.workflow import AGREE, HALT, NOT_ME, REFUSE, REFUSED, STOPPED, WAITS
from niangjia.registers.members.regaining.telling import tell_desks, tell_her
from niangjia.registers.members.rules.sealed_columns import SEALED_PHONE

OF_THE_DESK = frozenset({AGREE, REFUSE, HALT})


@transaction.atomic
def done(case_id: int, move: str, pressed: Pressed) -> Case:
    """Make a move of a lost phone that was pressed; nobody of her own union decides, alone or together."""
    regaining = Regaining.objects.select_related("case__place", "home").get(pk=case_id)
    if move in OF_THE_DESK:
        _check(regaining, by=pressed.by)
    case = press(case_id, move, pressed)
    case.refresh_from_db()
    regaining.case = case
    if case.stage == WAITS:
        tell_her("regaining_agreed", regaining, place=case.place_id)
    elif case.stage in (REFUSED, STOPPED):
        _settle(regaining, at=pressed.at)
        _tell_of_end(regaining, move, by=pressed.by)
    return case


@transaction.atomic
def handed_over(case_id: int, move: str, *, at: datetime) -> Case:
    """The wait is over (换上新手机): the new phone stands in her record, to be proved by her, and every open session ends."""
    case = make(case_id, move, by=CLOCK, at=at)
    with beyond(Purpose.CASES):
        regaining = Regaining.objects.select_for_update(of=("self",)).select_related("home").get(pk=case_id)
        person = Person.objects.select_for_update().get(pk=regaining.person_id)
        if person.erased_at is not None:
            raise NotMade(Reason("record_gone", _GONE, {}))
        _change_phone(person, regaining, at=at)
        regaining.settled_at = regaining.handed_at = at
        regaining.save(update_fields=["settled_at", "handed_at"])
        # The old phone may be in a thief's hands.
        for account in Account.objects.filter(subject=person.pk).select_related("place"):
            end_sessions(account, by=CLOCK)
        regaining.case = case
        place = (person.city, regaining.home_id)
        record(
            "hand_over_phone", by=CLOCK, thing="person", thing_id=person.pk, place=place, detail={"case": case.number}
        )
    tell_her("regaining_handed", regaining)
    return case


def _change_phone(person: Person, regaining: Regaining, *, at: datetime) -> None:
    """Not confirmed: the first right code to it does that."""
    sealed = seal(phone_in(regaining), aad=f"{SEALED_PHONE}.{person.pk}")
    Person.objects.filter(pk=person.pk).update(
        phone_sealed=sealed, phone_blind=regaining.phone_blind, phone_confirmed_at=None
    )
    PhoneUse.objects.filter(pk=person.pk).delete()
    same = PhoneProposal.objects.filter(person=person.pk, phone_blind=regaining.phone_blind, settled_at=None)
    same.update(settled_at=at, taken_over=True)


def _check(regaining: Regaining, *, by: Actor) -> None:
    works = [right.path for right in by.rights if right.role is not Role.WORKER]
    with beyond(Purpose.CASES):
        held = Membership.objects.filter(person=by.subject_id or 0, period__upper_inf=True, state__in=HOLDING)
        member = list(held.values_list("union__place__path", flat=True))
        now = home_of(Person.objects.get(pk=regaining.person_id))
    # Also where she went over to another union since.
    for home in {regaining.home.path, now.path if now else regaining.home.path}:
        why = why_not_decide(by.paths(DECIDE_REGAINING), works, member, home=home)
        if why is not None:
            raise NotMade(why)


def _settle(regaining: Regaining, *, at: datetime) -> None:
    with beyond(Purpose.CASES):
        regaining.settled_at = at
        regaining.save(update_fields=["settled_at"])


def _tell_of_end(regaining: Regaining, move: str, *, by: Actor) -> None:
    if move == NOT_ME:
        place = (regaining.city, regaining.home_id)
        detail = {"case": regaining.case.number}
        record("stop_lost_phone", by=by, thing="person", thing_id=regaining.person_id, place=place, detail=detail)
        tell_desks(regaining)
    if move == REFUSE:
        tell_her("regaining_refused", regaining, place=regaining.case.place_id)
    else:
        tell_her("regaining_stopped", regaining)


_GONE = gettext_noop("她的资料已经删除，不能再换手机。")
