"""A county with a mill of so many members, its chair, cadres above: for the tests of terms and committees."""

from datetime import date, datetime
from typing import Any

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.registers.committees.models import Term
from niangjia.registers.committees.rules.bodies import BodyKind, Chosen, Post
from niangjia.registers.committees.services import Elected, begin_term
from niangjia.registers.members.models import Person
from niangjia.registers.members.tests.people import a_number, enrol
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import Office

AT = datetime(2026, 11, 20, 10, 0, tzinfo=clock.PEOPLE_ZONE)
TODAY = AT.date()
SURNAMES, GIVEN = "陈刘赵孙何周吴郑冯黄杨马", "桂兰秀英春梅丽娟雪琴玉芬小燕海霞翠萍晓丽素珍玲"


class Hall(Office):
    """安禾县 with the mill: its chair, a cadre in the town above, one in the county, and members in rows."""

    def __init__(self, members: int = 30, women: int = 12) -> None:
        """So many members of the mill, the first of them women."""
        super().__init__()
        self.chair = self.account("chair", Role.CHAIR, self.mill)
        self.li = self.account("li", Role.CADRE, self.town)
        self.zhou = self.account("zhou", Role.CADRE, self.county)
        self.people = [self.member(number, is_woman=number < women) for number in range(members)]

    @staticmethod
    def account(login: str, role: Role | None, union: Union | None = None, **more: Any) -> Account:
        """Somebody with a right at a union."""
        return an_account(login, role=role, at=union.place if union else None, **more)

    def member(self, number: int, *, is_woman: bool, union: Union | None = None) -> Person:
        """A member whose number tells a woman or a man."""
        name = f"{SURNAMES[number % 12]}{GIVEN[number % 11 * 2 : number % 11 * 2 + 2]}"
        sequence = number * 2 + (0 if is_woman else 1)
        return enrol({"name": name, "id_number": a_number("34992119800302", sequence)}, union or self.mill)

    @staticmethod
    def actor(account: Account) -> Actor:
        """The account as it acts today."""
        return actor_of(account, on=clock.today())

    def committee(self, seats: int = 5, *, start: int = 0) -> tuple[Chosen, ...]:
        """A committee of the mill with a chair and who keeps the money, and an audit committee of three others."""
        posts = [Post.CHAIR, Post.FINANCE, *[Post.MEMBER] * (seats - 2)]
        on = [Chosen(self.people[start + n].pk, BodyKind.COMMITTEE, post) for n, post in enumerate(posts)]
        first = start + seats
        audit = [
            Chosen(self.people[first + n].pk, BodyKind.AUDIT, Post.CHAIR if n == 0 else Post.MEMBER) for n in range(3)
        ]
        return (*on, *audit)

    def term(
        self, begins_on: date = date(2024, 3, 1), *, years: int = 3, union: Union | None = None, **more: Any
    ) -> Term:
        """A term of the mill, approved by the county."""
        given = {
            "document_number": "安禾工发〔2024〕7号", "approved_on": begins_on, "by": self.actor(self.zhou),
            "elected": Elected(self.committee()) if union is None and self.people else None,
        } | more  # fmt: skip
        return begin_term((union or self.mill).place, years=years, begins_on=begins_on, **given)
