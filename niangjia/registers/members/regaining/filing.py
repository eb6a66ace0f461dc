"""File that a member lost the phone she confirmed: at her union's desk or any above, with her standing there."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.queries import in_force
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.making import Act, change
from niangjia.kernel.cases.models import Holding, HoldingPart
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.chinese import Reason, gettext_noop
from niangjia.kernel.journal.services import record
from niangjia.kernel.people.phones import check_mobile
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level, ids_of
from niangjia.kernel.sealed import blind, seal
from niangjia.registers.members.masked import phone_of
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import HOLDING, editable_by, present_membership
from niangjia.registers.members.regaining.models import Regaining
from niangjia.registers.members.regaining.rules.filing import Desk, Filing, lies_at, why_not_file
from niangjia.registers.members.regaining.rules.moves import DECIDERS
from niangjia.registers.members.regaining.rules.sealed_columns import SEALED_NEW_PHONE
from niangjia.registers.members.regaining.rules.workflow import FILE, REGAINING
from niangjia.registers.members.regaining.telling import tell_deciders, tell_her
from niangjia.registers.members.rules.sealed_columns import PHONE


class NotFiled(Exception):
    """What stands against it, by field; nothing was kept and nobody was told."""

    def __init__(self, reasons: Mapping[str, Reason]) -> None:
        super().__init__(", ".join(f"{field}: {reason.code}" for field, reason in reasons.items()))
        self.reasons = dict(reasons)


@transaction.atomic
def report_lost(person_id: int, filing: Filing, *, by: Actor, at: datetime) -> Regaining:
    """File that her phone is lost (旧手机丢了): two above her union decide, and she is told at the old phone at once."""
    found = editable_by(by).filter(pk=person_id).values_list("pk", flat=True).first()
    if found is None:
        raise Forbidden("out_of_scope")
    if by.subject_id == found:
        raise NotFiled({"__all__": Reason("own_case", _OWN_CASE, {})})
    with beyond(Purpose.CASES):
        person = Person.objects.select_for_update().get(pk=found)
        regaining = _filed(person, filing, by=by, at=at)
    membership = present_membership(person)
    place = (person.city, membership.union_id if membership else regaining.home_id)
    detail = {"why": filing.why, "paper": filing.paper, "case": regaining.case.number}
    record("report_lost_phone", by=by, thing="person", thing_id=person.pk, place=place, detail=detail)
    tell_her("regaining_filed", regaining, place=regaining.home_id)
    tell_deciders(regaining, but=by.account_id)
    return regaining


def home_of(person: Person) -> Place | None:
    """The whole of her enterprise's union, also where she is in a branch of it; None for who is a member nowhere."""
    held = present_membership(person)
    if held is None:
        return None
    line = Place.objects.in_bulk(ids_of(held.union.place.path))
    inside = [each for each in line.values() if Level(each.level).rank >= Level.BASE.rank]
    return min(inside, key=lambda each: len(each.path), default=held.union.place)


def _filed(person: Person, filing: Filing, *, by: Actor, at: datetime) -> Regaining:
    reasons = why_not_file(filing, old_phone=phone_of(person), is_confirmed=person.phone_confirmed_at is not None)
    if Regaining.objects.filter(person=person.pk, settled_at=None).exists():
        reasons = {"__all__": Reason("filed_already", _FILED_ALREADY, {})}
    home, phone = home_of(person), check_mobile(filing.phone)
    if reasons or home is None or isinstance(phone, Reason):
        raise NotFiled(reasons or {"__all__": Reason("no_member", _NO_MEMBER, {})})
    decided_at = lies_at(_desks_above(home, person, by=by))
    if decided_at is None:
        raise NotFiled({"__all__": Reason("nobody_above", _NOBODY_ABOVE, {})})
    place = Place.objects.get(pk=decided_at)
    case = open_case(REGAINING, place=place, askers=(person.pk,), by=by, at=at)
    # Where it was filed it is looked on: nobody there decides.
    Holding.objects.create(
        city=case.city, case=case, place=home, part=HoldingPart.WATCHES.value, knows_who=True, since=at
    )
    case = change(case, REGAINING.move(FILE), Act(by, at))
    return Regaining.objects.create(
        case=case,
        city=person.city,
        person_id=person.pk,
        home=home,
        phone_sealed=seal(phone, aad=f"{SEALED_NEW_PHONE}.{case.pk}"),
        phone_blind=blind(PHONE, phone),
        paper=filing.paper,
        why=filing.why,
        author=by.words[:160],
    )


def _desks_above(home: Place, person: Person, *, by: Actor) -> list[Desk]:
    """The unions above hers, the nearest first, each with how many there could decide besides who files."""
    above = list(reversed(ids_of(home.path)[:-1]))
    held = Grant.objects.filter(in_force(clock.today()), account__is_active=True)
    inside = held.filter(place__path__startswith=home.path).exclude(role=Role.WORKER.value).values("account")
    members = Membership.objects.filter(period__upper_inf=True, state__in=HOLDING)
    members = members.filter(union__place__path__startswith=home.path)
    theirs = Account.objects.filter(subject__in=members.values("person")).values("pk")
    free = held.filter(place__in=above, role__in=[role.value for role in DECIDERS])
    free = free.exclude(account=by.account_id or 0).exclude(account__in=inside).exclude(account__in=theirs)
    there: dict[int, set[int]] = defaultdict(set)
    for place_id, account_id in free.exclude(account__subject=person.pk).values_list("place_id", "account_id"):
        there[place_id].add(account_id)
    return [Desk(each, len(there[each])) for each in above]


_OWN_CASE = gettext_noop("这是您本人的手机，不能自己报。请同事或者上级工会给您报。")
_FILED_ALREADY = gettext_noop("她已经有一件在办，不用再报。要改新手机号，等那一件有了结果。")
_NO_MEMBER = gettext_noop("她现在不是会员，请先办入会。")
_NOBODY_ABOVE = gettext_noop("她的工会上面没有别的工会，没有人能核。请上级总工会先用上这个系统，或者打热线问怎么办。")
