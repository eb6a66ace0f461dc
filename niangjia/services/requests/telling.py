"""Tell who asked how far it is, and the desk what waits for it; never what it is about, never who has to keep away."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from niangjia.kernel import clock
from niangjia.kernel.access.offices import OFFICES
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.models import Barred, Case, Party, PartyPart
from niangjia.kernel.cases.queries import place_above
from niangjia.kernel.cases.today import due_day
from niangjia.kernel.messages.rules import ToAccount, ToPerson
from niangjia.kernel.messages.services import Sending, send, send_all
from niangjia.services.requests.rules.workflow import HANDLERS

ROLES = frozenset(role.value for role in HANDLERS)
NO_PLACE = (
    "request_apart",
    "request_answered",
    "request_lapsed",
    "request_refused",
    "request_pressed",
    "request_more_said",
)
DATED = frozenset({
    "request_received", "request_accepted", "request_answered", "request_again", "request_new", "request_refused",
    "request_extended",
})  # fmt: skip


def tell_asker(key: str, case: Case, *, due: datetime | None = None) -> None:
    """To who asked, whoever that is: the program knows."""
    with beyond(Purpose.CASES):
        hers = Party.objects.filter(case=case, part=PartyPart.ASKER.value).order_by("pk")
        askers = list(hers.values_list("subject_id", flat=True))
    if askers:
        send(key, to=[ToPerson(each) for each in askers], facts=_facts(key, case, due), about=case.pk)


def tell_desk(key: str, case: Case, *, due: datetime | None = None, but: int | None = None) -> None:
    """To who has it in hand, else to everybody who handles where it lies; never to who keeps away from it."""
    with beyond(Purpose.CASES):
        away = set(Barred.objects.filter(case=case).values_list("account_id", flat=True))
        everybody = [case.handler_id] if case.handler_id else OFFICES.holders(case.place_id, ROLES, but=but)
    send_all(_to_accounts(key, case, [each for each in everybody if each not in away and each != but], due=due))


def tell_begun(key: str, case: Case, *, askers: Sequence[int], away: Collection[int], due: datetime | None) -> None:
    """It came, to who asked; it waits, to everybody who handles where it lies. Who asks, and who keeps away, is known."""
    with beyond(Purpose.CASES):
        desk = OFFICES.holders_along(case.place.path, ROLES, but=None)
    facts, persons = _facts("request_received", case, due), [ToPerson(each) for each in askers]
    came = [Sending("request_received", persons, facts, case.pk)] if persons else []
    send_all([*came, *_to_accounts(key, case, [each for each in desk if each not in away], due=due)])


def tell_above(key: str, case: Case, *, but: int | None = None) -> None:
    """To who handles at the union above the one that has it; where nobody there meets it, to who handles beside her."""
    above_id = place_above(case)
    if above_id == case.place_id and case.handler_id is None:
        return  # the desk heard of it already
    with beyond(Purpose.CASES):
        away = {*Barred.objects.filter(case=case).values_list("account_id", flat=True), case.handler_id}
        above = OFFICES.holders(above_id, ROLES, but=but)
    send_all(_to_accounts(key, case, [each for each in above if each not in away]))


def tell_place(key: str, case: Case, place_id: int) -> None:
    """To who handles at a place that had it before."""
    with beyond(Purpose.CASES):
        away = set(Barred.objects.filter(case=case).values_list("account_id", flat=True))
        there = OFFICES.holders(place_id, ROLES, but=None)
    send_all(_to_accounts(key, case, [each for each in there if each not in away]))


def _to_accounts(key: str, case: Case, accounts: Iterable[int], *, due: datetime | None = None) -> list[Sending]:
    facts = _facts(key, case, due)
    return [Sending(key, ToAccount(each), facts, case.pk) for each in accounts]


def _facts(key: str, case: Case, due: datetime | None) -> dict[str, object]:
    told: dict[str, object] = {} if key in NO_PLACE else {"place": case.place_id}
    if key in DATED:
        told["last"] = _day(due)
    return told


def _day(due: datetime | None) -> date:
    return due_day(due) or clock.today()
