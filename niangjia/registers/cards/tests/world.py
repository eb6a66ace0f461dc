"""A member with a card, and somebody who checks it."""

from uuid import uuid4

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.registers.cards.models import Card
from niangjia.registers.cards.services import take_card
from niangjia.registers.cards.showing import shown
from niangjia.registers.members.models import Person
from niangjia.registers.members.tests.people import CHEN, LIU, enrol
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import Office


class Counter(Office):
    """陈桂兰 of the mill has a card; 刘秀英 of the plant has none; an officer of the county stands at a counter."""

    def __init__(self) -> None:
        super().__init__()
        self.chen, self.liu = enrol(CHEN, self.mill), enrol(LIU, self.plant)
        self.chen_account = an_account("chen", role=None, name="陈桂兰", subject_id=self.chen.pk)
        self.checker = somebody("counter", self.county, Role.OFFICER)[1]
        self.chair = somebody("chair", self.mill, Role.CHAIR)[1]
        self.card = take_card(by=herself(self.chen))

    def code(self) -> str:
        """What her phone shows now."""
        self.card.refresh_from_db()
        return shown(self.card, at=clock.now())[0].code

    def typed(self) -> str:
        """Number and digits as her phone shows them now."""
        return f"{self.card.number} {shown(self.card, at=clock.now())[0].digits}"


def herself(person: Person) -> Actor:
    """The member on her own side."""
    return Actor(account_id=None, name="", subject_id=person.pk)


def somebody(login: str, union: Union, role: Role = Role.CADRE) -> tuple[Account, Actor]:
    """Somebody with a right at a union."""
    account = an_account(login, role=role, at=union.place, name=login)
    return account, actor_of(account, on=clock.today())


def key() -> str:
    """A key for one write."""
    return str(uuid4())


def only_card() -> Card:
    """The one good card there is."""
    return Card.objects.get(state="in_use")
