"""Elections and extensions of the demo county, held, reported and decided on by the real services at their instants."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

from niangjia.demo.rules.terms import ELECTED, FEWEST
from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.registers.committees.elections.approving import counted, done, standing_in_round
from niangjia.registers.committees.elections.models import Election
from niangjia.registers.committees.elections.preparing import begin_election
from niangjia.registers.committees.elections.rules.voting import Count
from niangjia.registers.committees.models import Term
from niangjia.registers.committees.motions.moving import begin_extension, extension_done
from niangjia.registers.committees.queries import ending_by, people_of
from niangjia.registers.committees.rules.bodies import BodyKind, Chosen, Post
from niangjia.registers.committees.rules.composition import Composed
from niangjia.registers.committees.rules.seats import seats_for
from niangjia.registers.committees.services import set_up_body
from niangjia.registers.members.models import Membership
from niangjia.registers.members.queries import FULL
from niangjia.registers.orgs.models import Union

Ago = Callable[..., AbstractContextManager[None]]
Acting = Callable[[str], Actor]
Does = Callable[[int, str, Pressed], object]
WOMEN = 3


def hold_elections(*, ago: Ago, actor: Acting, on: date) -> None:
    """One union elected and was approved, one waits for its approval; one was extended, one asks to be."""
    elected = Union.objects.select_related("place").filter(name=ELECTED).first()
    late = [term.union for term in ending_by(on).order_by("pk") if people_of(term.union).members >= FEWEST]
    if elected is None or not late:
        return
    story = _Story(ago, actor)
    story.elect(elected, days_ago=20)
    approved_on = on - timedelta(days=8)
    story.press("approve", 8, {"document_number": f"安禾工发〔{on.year}〕96号", "approved_on": str(approved_on)})
    story.women(elected)
    story.elect(late[0], days_ago=9)
    for union, is_granted in zip(late[1:3], (True, False), strict=False):
        story.extend(union, is_granted=is_granted)


class _Story:
    """Who does what, at which instants: the county's cadre, for unions that have no account of their own."""

    def __init__(self, ago: Ago, actor: Acting) -> None:
        self.ago, self.actor, self.case = ago, actor, 0

    def press(self, move: str, days: int, answers: dict[str, Any] | None = None, *, does: Does = done) -> None:
        """One move of the case that is told of, so many days ago."""
        with self.ago(days=days):
            does(self.case, move, Pressed(self.actor("zhoumin"), clock.now(), answers=answers or {}))

    def elect(self, union: Union, *, days_ago: int) -> None:
        """From the plan to the report."""
        with self.ago(days=days_ago + 14):
            self.case = begin_election(union, by=self.actor("zhoumin")).pk
        people = people_of(union)
        seats = max((people.seats or seats_for(people.members)).least, 5)
        self.press("plan", days_ago + 13, {
            "kind": "renewal", "form": "committee", "years": "5", "seats": seats, "audit_seats": 3, "meeting": "general",
        })  # fmt: skip
        self._nominate(union, seats, days_ago + 10)
        with self.ago(days=days_ago):
            day = clock.today()
        self.press("convene", days_ago + 5, {"meeting_on": str(day)})
        self._count(people.members, days_ago)
        self.press("report", days_ago - 1)

    def _nominate(self, union: Union, seats: int, days: int) -> None:
        ids = list(_of(union)[: 2 * seats])
        for number, person in enumerate(ids[: seats + 1 + seats // 20]):
            post = {0: "chair", 1: "finance"}.get(number, "member")
            self.press("nominate", days, {"person": str(person), "body": "committee", "post": post})
        for number, person in enumerate(ids[-4:]):
            post = "member" if number else "chair"
            self.press("nominate", days, {"person": str(person), "body": "audit", "post": post})

    def _count(self, members: int, days: int) -> None:
        election = Election.objects.get(pk=self.case)
        rows = standing_in_round(election)
        last = {row.body: row.pk for row in rows}
        came = members * 9 // 10
        votes = {
            row.pk: came // 3 if last[row.body] == row.pk else came - 1 - number for number, row in enumerate(rows)
        }
        with self.ago(days=days):
            counted(self.case, Count(0, came, came, votes), Pressed(self.actor("zhoumin"), clock.now()))

    def women(self, union: Union) -> None:
        """The women's committee of the one that elected."""
        ids = list(_of(union).filter(person__sex="female")[:WOMEN])
        if len(ids) < WOMEN:
            return
        chosen = [
            Chosen(person, BodyKind.WOMEN, Post.MEMBER if number else Post.CHAIR) for number, person in enumerate(ids)
        ]
        with self.ago(days=7):
            body = Composed(BodyKind.WOMEN, tuple(chosen))
            set_up_body(union.pk, body, by=self.actor("zhoumin"), on=clock.today())

    def extend(self, union: Union, *, is_granted: bool) -> None:
        """More time is asked for, and granted to one."""
        with self.ago(days=6):
            self.case = begin_extension(union, by=self.actor("zhoumin")).pk
            term = Term.objects.get(union=union, ended_on=None)
        until = term.ends_on.replace(day=1).toordinal() + 150
        asked = {"until": str(date.fromordinal(until)), "says": "单位正在搬迁，会员大会要等新址能用"}
        self.press("ask", 5, asked, does=extension_done)
        if is_granted:
            granted = {"document_number": f"安禾工发〔{term.ends_on.year}〕88号"}
            self.press("grant", 3, granted, does=extension_done)


def _of(union: Union) -> Any:
    """The members of a union by number."""
    held = Membership.objects.filter(union=union, period__upper_inf=True, state__in=FULL)
    return held.order_by("person_id").values_list("person_id", flat=True)
