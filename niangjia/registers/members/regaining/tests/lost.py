"""陈桂兰 of the mill lost the phone that she confirmed; her chair, a cadre of the town and three of the county: for the tests."""

from datetime import datetime, timedelta
from typing import Any

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.registers.members.masked import phone_of
from niangjia.registers.members.models import Person
from niangjia.registers.members.regaining.deciding import done, handed_over
from niangjia.registers.members.regaining.filing import report_lost
from niangjia.registers.members.regaining.models import Regaining
from niangjia.registers.members.regaining.rules.filing import Filing
from niangjia.registers.members.regaining.rules.workflow import AGREE, HAND_OVER
from niangjia.registers.members.tests.people import CHEN, LIU, enrol
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import OPERATOR, Office

AT = datetime(2026, 11, 20, 10, 0, tzinfo=clock.PEOPLE_ZONE)
NEW_PHONE = "13900001111"
SAID = "视频里对过本人和身份证"
FILING = Filing(NEW_PHONE, "id_card", "lost", is_compared=True)


class Lost(Office):
    """Who files, who decides, and she herself with an account of her own."""

    def __init__(self, above: Union | None = None) -> None:
        super().__init__(above)
        self.chen = enrol(CHEN, self.mill)
        self.liu = enrol(LIU, self.mill)
        Person.objects.update(phone_confirmed_at=AT - timedelta(days=30))
        self.chair = self.somebody("chair", Role.CHAIR, self.mill, subject_id=self.liu.pk)
        self.town_cadre = self.somebody("town", Role.CADRE, self.town)
        self.zhou = self.somebody("zhou", Role.CADRE, self.county)
        self.wang = self.somebody("wang", Role.CADRE, self.county)
        self.han = self.somebody("han", Role.CADRE, self.county)
        self.account = an_account("chen", role=None, subject_id=self.chen.pk, name="陈桂兰")

    @staticmethod
    def somebody(login: str, role: Role, union: Union, **more: Any) -> Account:
        """Who works at a union."""
        return an_account(login, role=role, at=union.place, name=login, **more)

    @staticmethod
    def actor(account: Account) -> Actor:
        """The account as it acts."""
        return actor_of(account, on=AT.date())

    @property
    def herself(self) -> Actor:
        """She."""
        return self.actor(self.account)

    def files(self, *, by: Account | None = None, at: datetime = AT, filing: Filing = FILING) -> Regaining:
        """Somebody files it, her chair where nobody else is said."""
        return report_lost(self.chen.pk, filing, by=self.actor(by or self.chair), at=at)

    def presses(self, case: Regaining, move: str, by: Account, *, at: datetime = AT, **more: Any) -> Case:
        """Somebody makes a move."""
        given = {"says": SAID, "answers": {"says": SAID}} if move == AGREE else {}
        return done(case.pk, move, Pressed(self.actor(by), at, **(given | more)))

    def agreed(self, **more: Any) -> Regaining:
        """Two of the county agreed."""
        case = self.files(**more)
        self.presses(case, AGREE, self.zhou)
        self.presses(case, AGREE, self.wang)
        return Regaining.objects.get(pk=case.pk)

    def handed(self, at: datetime = AT + timedelta(days=7)) -> Regaining:
        """The wait is over."""
        case = self.agreed()
        handed_over(case.pk, HAND_OVER, at=at)
        return Regaining.objects.get(pk=case.pk)

    def phone_now(self) -> str:
        """The phone in her record."""
        return phone_of(Person.objects.get(pk=self.chen.pk))


def a_regaining(person_id: int) -> Regaining:
    """A case about a member, for tests that only need that it is there."""
    Person.objects.filter(pk=person_id).update(phone_confirmed_at=clock.now())
    return report_lost(person_id, FILING, by=OPERATOR, at=clock.now())
