"""What the database tells of what waits, held against the same said plainly: every case looked at, in worlds of any shape."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import BEGAN, a_place, an_account
from niangjia.kernel.cases.models import Barred, Case, Decision, Party
from niangjia.kernel.cases.queries import flow_under
from niangjia.kernel.cases.rules import Waits, Who
from niangjia.kernel.cases.tests.tables import POOL_ALL, POOL_ANY, TRIAL
from niangjia.kernel.cases.tests.world import AT, acting_of, wired
from niangjia.kernel.cases.today import waiting_for
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.rules import Level

pytestmark = pytest.mark.django_db
FLOWS = (TRIAL, POOL_ANY, POOL_ALL)
KINDS = tuple(flow.kind for flow in FLOWS)
# The way of each kind to where it waits for a second pair of eyes.
WAYS = {TRIAL.kind: ("in_work", "checked"), POOL_ANY.kind: ("decided",), POOL_ALL.kind: ("decided",)}
PEOPLE, PLACES, MOST = 5, 5, 3
WORKS = (Role.CADRE, Role.CHAIR, Role.OFFICER)


@dataclass(frozen=True)
class Fact:
    """One case of a made-up world: where, how far, by whom, due when, whose, who keeps away, who has spoken."""

    kind: str
    place: int
    steps: int
    maker: int | None
    handler: int | None
    days: int | None
    asker: int | None
    barred: frozenset[int]
    spoke: frozenset[int]


someone = st.none() | st.integers(0, PEOPLE - 1)
some = st.frozensets(st.integers(0, PEOPLE - 1), max_size=3)
facts = st.builds(
    Fact,
    kind=st.sampled_from(KINDS),
    place=st.integers(0, PLACES - 1),
    steps=st.integers(0, 2),
    maker=someone,
    handler=someone,
    days=st.none() | st.integers(0, 4),
    asker=someone,
    barred=some,
    spoke=some,
)
Works = frozenset[tuple[int, int, Role]]
rights = st.frozensets(
    st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PLACES - 1), st.sampled_from(WORKS)), max_size=8
)


numbers = count(1)


@pytest.fixture
def office(settings: object, monkeypatch: pytest.MonkeyPatch) -> "Office":
    wired(settings)
    monkeypatch.setattr("niangjia.kernel.cases.today.MOST", MOST)
    return Office()


class Office:
    """A county, its town with a village and a workshop below, another town; five people with accounts of their own."""

    def __init__(self) -> None:
        county = a_place(Level.COUNTY)
        town = a_place(Level.TOWN, parent=county)
        village = a_place(Level.VILLAGE, parent=town)
        self.places = [county, town, village, a_place(Level.BASE, parent=village), a_place(Level.TOWN, parent=county)]
        self.subjects = [Subject.objects.create(city="349900").pk for _who in range(PEOPLE)]
        self.accounts = [
            an_account(f"who{who}", role=None, subject_id=subject).pk for who, subject in enumerate(self.subjects)
        ]

    def fill(self, works: Works, cases: list[Fact]) -> None:
        """Who works where, then the cases, as the program leaves them."""
        for who, where, role in works:
            Grant.objects.create(
                city="349900", account_id=self.accounts[who], role=role.value, place=self.places[where], valid_from=BEGAN
            )  # fmt: skip
        for fact in cases:
            self.file(fact)

    def file(self, fact: Fact) -> None:
        flow = next(flow for flow in FLOWS if flow.kind == fact.kind)
        case = Case.objects.create(
            city="349900", kind=flow.kind, version=1, number=f"w{next(numbers)}", stage=flow.start,
            place=self.places[fact.place], due_at=None if fact.days is None else AT + timedelta(days=fact.days),
        )  # fmt: skip
        if fact.asker is not None:
            Party.objects.create(city="349900", case=case, subject_id=self.subjects[fact.asker], part="asker")
        for who in fact.barred:
            Barred.objects.create(city="349900", case=case, account_id=self.accounts[who], reason="relative", at=AT)
        self.move(case, fact)
        for who in fact.spoke:
            self.speak(case, self.accounts[who])

    def move(self, case: Case, fact: Fact) -> None:
        """So many of the steps of its kind; one that was sent back where somebody had spoken."""
        flow, maker, handler = flow_under(case), self.of(fact.maker), self.of(fact.handler)
        for revision, stage in enumerate(WAYS[fact.kind][: fact.steps], 1):
            waits = flow.waits(flow.stage(stage), in_hand=handler is not None)
            if waits is Waits.HANDLER and fact.spoke:
                waits = Waits.RETURNED
            Case.objects.filter(pk=case.pk).update(
                stage=stage, revision=revision, maker_id=maker, handler_id=handler, waits_for=waits.value
            )
        case.refresh_from_db()

    def speak(self, case: Case, account: int) -> None:
        """One voice of those who all have to agree."""
        if case.stage == "decided" and case.kind == POOL_ALL.kind and account != case.maker_id:
            Decision.objects.create(
                city="349900", case=case, round=0, move="grant", account_id=account, maker_id=case.maker_id, at=AT
            )  # fmt: skip

    def of(self, who: int | None) -> int | None:
        return None if who is None else self.accounts[who]

    def plainly(self, actor: Actor, works: Works) -> list[int]:
        """What waits for her, every case looked at: in her hands, at her desks, to be checked there, to be checked further down."""
        desks = [right.path for right in actor.rights]
        met = [case for case in Case.objects.select_related("place") if not self.keeps_away(actor.account_id, case)]
        checks = [case for case in met if self.may_check(actor.account_id, case)]
        in_hand = [
            case for case in met
            if case.handler_id == actor.account_id and case.waits_for in (Waits.HANDLER, Waits.RETURNED)
            and any(case.place.path.startswith(desk) for desk in desks)
        ]  # fmt: skip
        here = [case for case in met if case.waits_for == Waits.DESK and case.place.path in desks]
        second = [case for case in checks if case.place.path in desks]
        above = [case for case in checks if any(self.nobody_else(case, desk, works) for desk in desks)]
        told = [case for group in (in_hand, here, second, above) for case in sorted(group, key=_soonest)[:MOST]]
        return [case.pk for case in told if self.has_part(case, actor)]

    def keeps_away(self, account: int | None, case: Case) -> bool:
        subject = self.subjects[self.accounts.index(account or 0)]
        barred = Barred.objects.filter(case=case, account=account).exists()
        return barred or Party.objects.filter(case=case, subject=subject).exists()

    def may_check(self, account: int | None, case: Case) -> bool:
        spoke = Decision.objects.filter(case=case, round=case.round, account=account).exists()
        return case.waits_for == Waits.SECOND and case.maker_id != account and not spoke

    def nobody_else(self, case: Case, desk: str, works: Works) -> bool:
        """Nobody on the way up to this desk, but not at it, could check a case that lies below it."""
        flow = flow_under(case)
        pool = flow.stage(case.stage).pool
        if pool is None or case.place.path == desk or not case.place.path.startswith(desk):
            return False
        roles = flow.move(pool.agrees).roles
        between = [
            where for where, place in enumerate(self.places)
            if case.place.path.startswith(place.path) and place.path.startswith(desk) and place.path != desk
        ]  # fmt: skip
        able = {self.accounts[who] for who, where, role in works if where in between and role in roles}
        return all(who == case.maker_id or self.keeps_away(who, case) for who in able)

    def has_part(self, case: Case, actor: Actor) -> bool:
        if case.waits_for in (Waits.HANDLER, Waits.RETURNED):
            return True
        hers = {right.role for right in actor.rights}
        at_desk = {Who.DESK, Who.HERE, Who.SECOND, Who.ABOVE}
        moves = [move for move in flow_under(case).moves if case.stage in move.leaves and move.who & at_desk]
        return any(move.roles & hers for move in moves)


def _soonest(case: Case) -> tuple[bool, datetime, int]:
    return case.due_at is None, case.due_at or AT, case.pk


def told_and_plain(office: Office, works: Works, cases: list[Fact]) -> list[tuple[list[int], list[int]]]:
    """For everybody of a world what the database tells, and the same said plainly; nothing of the world stays."""
    found = []
    with transaction.atomic():
        office.fill(works, cases)
        for account in office.accounts:
            actor = acting_of(Account.objects.get(pk=account))
            with acting(actor):
                told = [case.pk for case in waiting_for(actor, KINDS)]
            found.append((told, office.plainly(actor, works) if actor.rights else []))
        transaction.set_rollback(True)
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(works=rights, cases=st.lists(facts, max_size=9))
def test_told_as_said_plainly(office: Office, works: Works, cases: list[Fact]) -> None:
    for told, plain in told_and_plain(office, works, cases):
        assert told == plain


@pytest.mark.deep
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(works=rights, cases=st.lists(facts, max_size=14))
def test_told_as_said_plainly_in_many_worlds(office: Office, works: Works, cases: list[Fact]) -> None:
    for told, plain in told_and_plain(office, works, cases):
        assert told == plain


def test_more_spots_than_are_told_are_read_on_where_the_soonest_lie(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifteen wait below at one empty place, and one each at two others: the soonest twelve are told, wherever they lie."""
    monkeypatch.setattr("niangjia.kernel.cases.today.MOST", 12)
    works = frozenset({(0, 0, Role.CADRE)})
    many = [Fact(POOL_ANY.kind, 3, 1, None, None, days % 5, None, frozenset(), frozenset()) for days in range(15)]
    others = [Fact(POOL_ANY.kind, place, 1, None, None, 2, None, frozenset(), frozenset()) for place in (1, 4)]
    with transaction.atomic():
        office.fill(works, [*many, *others])
        actor = acting_of(Account.objects.get(pk=office.accounts[0]))
        with acting(actor):
            told = [(case.due_at or AT, case.place_id) for case in waiting_for(actor, KINDS)]
    assert len(told) == 12
    assert [due for due, _place in told] == sorted(due for due, _place in told)
    assert {place for _due, place in told} == {office.places[where].pk for where in (1, 3, 4)}
