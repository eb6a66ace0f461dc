"""A mill with a chair, two cadres above, and a member who has an account: for the tests of staying and leaving."""

from datetime import datetime, timedelta
from typing import Any

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.cases.by_clock import make_due_moves
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.registers.members.leaving.exits import exit_done
from niangjia.registers.members.leaving.models import ExitProposal, Leaving
from niangjia.registers.members.leaving.rules.workflow import EXIT, LEAVING
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.tests.people import CHEN, enrol
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import Office

AT = datetime(2026, 11, 20, 10, 0, tzinfo=clock.PEOPLE_ZONE)
LONG = timedelta(days=40)


class Hall(Office):
    """安禾县 with the mill's chair, a cadre of the town, one of the county; 陈桂兰 is a member of the mill."""

    def __init__(self) -> None:
        super().__init__()
        self.chen: Person = enrol(CHEN, self.mill)
        Membership.objects.update(period=("2014-05-01", None))
        self.chair = self.account("chair", Role.CHAIR, self.mill)
        self.li = self.account("li", Role.CADRE, self.town)
        self.zhou = self.account("zhou", Role.CADRE, self.county)
        self.hers = self.account("chen", None, None, subject=self.chen.subject, name="陈桂兰")

    @staticmethod
    def account(login: str, role: Role | None, union: Union | None, **more: Any) -> Account:
        """Somebody with a right at a union."""
        return an_account(login, role=role, at=union.place if union else None, **more)

    @staticmethod
    def actor(account: Account) -> Actor:
        """The account as it acts today."""
        return actor_of(account, on=clock.today())

    def pressed(self, who: Account, answers: dict[str, Any] | None = None, **more: Any) -> Pressed:
        """What somebody sends with a move, now."""
        return Pressed(self.actor(who), clock.now(), answers=answers or {}, **more)

    def silent(self, case: Case) -> Case:
        """Her time to answer is over, and the clock has said so."""
        make_due_moves(at=clock.now() + LONG)
        return Case.objects.get(pk=case.pk)

    def decides(self, who: Account, case: Case, move: str, answers: dict[str, Any] | None = None, **more: Any) -> Case:
        """Somebody decides on a proposed exit."""
        return exit_done(case.pk, move, self.pressed(who, answers, **more))


def a_leave(person: Person, union: Union) -> Leaving:
    """She wants to leave, without anybody told: for tests that only need that it is so."""
    herself = Actor(account_id=None, name="", subject_id=person.pk)
    case = open_case(LEAVING, place=union.place, askers=[person.pk], by=herself, at=clock.now())
    return Leaving.objects.create(case=case, city=union.city, person=person, union=union)


def an_exit(person: Person, union: Union) -> ExitProposal:
    """She is asked whether she is still there, without anybody told."""
    case = open_case(EXIT, place=union.place, askers=[person.pk], by=Actor.operator(), at=clock.now())
    return ExitProposal.objects.create(case=case, city=union.city, person=person, union=union, source="by_hand")
