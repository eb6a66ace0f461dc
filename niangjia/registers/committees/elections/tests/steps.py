"""How the mill renews its committee, step by step: for the tests of elections."""

from datetime import date
from typing import Any

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.registers.committees.elections.approving import counted, done, standing_in_round
from niangjia.registers.committees.elections.models import Election
from niangjia.registers.committees.elections.preparing import begin_election
from niangjia.registers.committees.elections.rules.voting import Count
from niangjia.registers.committees.tests.hall import Hall

PLAN: dict[str, Any] = {
    "kind": "renewal", "form": "committee", "years": "3", "seats": 5, "audit_seats": 3, "standing_seats": None, "meeting": "general",
}  # fmt: skip
APPROVAL = {"document_number": "安禾工发〔2026〕31号", "approved_on": "2026-11-20"}
MEETING_ON = date(2026, 11, 18)


class Renewal:
    """An election of the mill, with its chair at the desk."""

    def __init__(self, hall: Hall) -> None:
        """It is begun by the chair."""
        self.hall = hall
        self.case = begin_election(hall.mill, by=hall.actor(hall.chair))

    def press(
        self, move: str, answers: dict[str, Any] | None = None, *, who: Account | None = None, **more: Any
    ) -> Case:
        """Somebody makes a move."""
        by = self.hall.actor(who or self.hall.chair)
        return done(self.case.pk, move, Pressed(by, clock.now(), answers=answers or {}, **more))

    def plan(self, **changed: Any) -> Case:
        """The plan, with what a test changes."""
        return self.press("plan", PLAN | changed)

    def nominate(self, number: int, body: str = "committee", post: str = "member", **declared: Any) -> Case:
        """One of the mill's members."""
        person = self.hall.people[number].pk
        return self.press("nominate", {"person": str(person), "body": body, "post": post} | declared)

    def candidates(self) -> None:
        """Six for five seats, four for three of the audit committee."""
        for number, post in enumerate(["chair", "finance", *["member"] * 4]):
            self.nominate(number, post=post)
        for number in range(10, 14):
            self.nominate(number, "audit", "chair" if number == 10 else "member")

    def convene(self) -> Case:
        """The meeting is called."""
        return self.press("convene", {"meeting_on": MEETING_ON.isoformat()})

    def count(self, votes: dict[int, int] | None = None, *, present: int = 28, ballots: int = 28) -> Case:
        """What was counted; those whom a test does not speak of have twenty-five votes, the last of each committee ten."""
        rows = standing_in_round(self.election)
        last = {each.body: each.pk for each in rows}
        given = {each.pk: 10 if each.pk == last[each.body] else 25 for each in rows}
        by_person = {self.hall.people[number].pk: number_of for number, number_of in (votes or {}).items()}
        given |= {each.pk: by_person[each.person_id] for each in rows if each.person_id in by_person}
        pressed = Pressed(self.hall.actor(self.hall.chair), clock.now())
        return counted(self.case.pk, Count(0, present, ballots, given), pressed)

    def approve(self, who: Account | None = None, **changed: Any) -> Case:
        """The union above approves."""
        return self.press("approve", APPROVAL | changed, who=who or self.hall.li)

    @property
    def election(self) -> Election:
        """As it stands now."""
        return Election.objects.select_related("case", "union__place").get(pk=self.case.pk)

    @property
    def stage(self) -> str:
        """How far it is."""
        return str(Case.objects.values_list("stage", flat=True).get(pk=self.case.pk))
