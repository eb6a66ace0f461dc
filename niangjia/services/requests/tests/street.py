"""A small county with a worker who asks, her chair, and people who handle: for the tests of requests."""

from datetime import datetime
from typing import Any

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.registers.employers.models import Employer
from niangjia.registers.employers.rules.employer_facts import EmployerFacts
from niangjia.registers.employers.services import attach_union, register_employer
from niangjia.registers.members.models import Person
from niangjia.registers.members.tests.people import CHEN, LIU, enrol
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import DAY, OPERATOR, Office
from niangjia.services.requests.handling import Seen
from niangjia.services.requests.models import Request
from niangjia.services.requests.rules import Against, Words
from niangjia.services.requests.saying import submit

TEXT = "厂里九月和十月的工资到现在都没有发，问了说没有钱。"


class Street(Office):
    """安禾县 with people: the mill's worker and chair, two who handle at the county, one in the town."""

    def __init__(self, above: Union | None = None) -> None:
        super().__init__(above)
        self.chen, self.liu = enrol(CHEN, self.mill), enrol(LIU, self.mill)
        facts = EmployerFacts(name="鸿远纺织有限公司", place_id=self.town.pk, employees=1_200, women_employees=800)
        self.employer: Employer = register_employer(facts, by=OPERATOR)
        attach_union(self.employer.pk, self.mill.pk, by=OPERATOR, on=DAY)
        self.worker = self.worker_account(self.chen)
        self.colleague = self.worker_account(self.liu)
        self.chair = self.account("chair", Role.CHAIR, self.mill)
        self.zhou = self.account("zhou", Role.CADRE, self.county)
        self.yang = self.account("yang", Role.OFFICER, self.county)
        self.li = self.account("li", Role.CADRE, self.town)

    def worker_account(self, person: Person) -> Account:
        """The account of a member."""
        account = an_account(f"w{person.pk}", role=None, name=person.name)
        Account.objects.filter(pk=account.pk).update(subject=person.pk)
        account.refresh_from_db()
        return account

    def account(self, login: str, role: Role, union: Union, **more: Any) -> Account:
        """Somebody with a right at a union."""
        return an_account(login, role=role, at=union.place, **more)

    @staticmethod
    def actor(account: Account) -> Actor:
        """The account as it acts today."""
        return actor_of(account, on=clock.today())

    def says(
        self, kind: str = "complain", *, who: Account | None = None, at: datetime | None = None, **more: Any
    ) -> Request:
        """The worker says something about her employer."""
        facts = {"topic": "wages", "text": TEXT, "wish": "把工资发给我们", "against": Against.EMPLOYER} | more
        if kind != "complain":
            facts |= {"against": more.get("against", Against.NOBODY)}
        return submit(Words(kind, **facts), by=self.actor(who or self.worker), at=at or clock.now())

    def seen(self, account: Account, at: datetime | None = None) -> Seen:
        """Somebody at the desk, now."""
        return Seen(self.actor(account), at or clock.now())
