"""A county with two towns that shall become one: members, employers, rights and an open case in each, and two cadres above."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.registers.employers.models import Coverage
from niangjia.registers.employers.rules.employer_facts import EmployerFacts
from niangjia.registers.employers.services import register_employer
from niangjia.registers.members.tests.people import CHEN, LIU, TODAY, enrol
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.past.queries import level_on
from niangjia.registers.orgs.reorganising.models import Reorganisation
from niangjia.registers.orgs.reorganising.queries import Wish
from niangjia.registers.orgs.reorganising.rules.plans import Operation
from niangjia.registers.orgs.reorganising.rules.workflow import APPROVE, REORGANISING, SUBMIT
from niangjia.registers.orgs.reorganising.services import done, plan
from niangjia.registers.orgs.tests.office import OPERATOR, Office, actor_at

# Members came on the 20th; the towns become one on the first of the next year but one day.
ON = date(2026, 12, 1)
AT = datetime(2026, 11, 24, 10, 0, tzinfo=clock.PEOPLE_ZONE)
NIGHT = datetime.combine(ON, time(0, 5), tzinfo=clock.PEOPLE_ZONE)
DOCUMENT = "安工发〔2026〕15号"


class Killed(Exception):
    """The process ended in the middle."""


class Land(Office):
    """柳林 and the park; 陈桂兰 is a member of the park itself, 刘秀英 of the plant below it."""

    def __init__(self) -> None:
        super().__init__()
        self.zhou = an_account("zhou", role=Role.CADRE, at=self.county.place)
        self.han = an_account("han", role=Role.CADRE, at=self.county.place)
        self.hers = an_account("park", role=Role.CADRE, at=self.park.place)
        self.chen, self.liu = enrol(CHEN, self.park), enrol(LIU, self.plant)
        facts = EmployerFacts(name="园区物业有限公司", place_id=self.park.pk)
        self.employer = register_employer(facts, by=OPERATOR)
        Coverage.objects.create(city=self.park.city, employer=self.employer, union=self.park, valid_from=TODAY)
        self.open = open_case(REORGANISING, place=self.park.place, askers=[], by=OPERATOR, at=AT)

    def merged(self, *, on: date = ON) -> Wish:
        """The park goes into 柳林."""
        return Wish(Operation.MERGE, (self.fresh(self.park),), on, into=self.fresh(self.town))

    def planned(self, wish: Wish, *, by: Account | None = None) -> Reorganisation:
        """Written down by 周."""
        actor = self.actor(by or self.zhou)
        with clock.at(AT), acting(actor):
            return plan(wish, by=actor, at=AT)

    def pressed(self, kept: Reorganisation, move: str, by: Account, **answers: Any) -> Case:
        """A move that was pressed."""
        actor = self.actor(by)
        with clock.at(AT), acting(actor):
            return done(kept.pk, move, Pressed(actor, AT, answers=answers))

    def approved(self, wish: Wish) -> Reorganisation:
        """Planned by 周, approved by 韩."""
        kept = self.planned(wish)
        self.pressed(kept, SUBMIT, self.zhou)
        self.pressed(kept, APPROVE, self.han, document=DOCUMENT)
        return Reorganisation.objects.get(pk=kept.pk)

    @staticmethod
    def actor(account: Account) -> Actor:
        """As she acts that day."""
        return actor_of(Account.objects.get(pk=account.pk), on=AT.date())

    @staticmethod
    def fresh(union: Union) -> Union:
        """As it stands now."""
        return Union.objects.select_related("place__parent__union").get(pk=union.pk)

    def tree(self, day: date) -> list[tuple[Any, ...]]:
        """Everything that stood below the county on a day, with names and figures."""
        found: list[tuple[Any, ...]] = []
        codes = [""]
        while codes:
            level = level_on(actor_at(self.fresh(self.county)), day, codes.pop(0))
            if level is None or level.here is None:
                continue
            here = level.here
            found.append((here.name, here.path, here.unions, *sorted(here.figures.items()), here.second))
            codes += [each.union.code for each in level.below]
        return found

    def figures(self, union: Union, day: date) -> dict[str, int]:
        """The figures of one union on a day."""
        level = level_on(actor_at(self.fresh(self.county)), day, union.code)
        assert level is not None
        assert level.here is not None
        return level.here.figures | {"unions": level.here.unions}


BEFORE = ON - timedelta(days=1)


@contextmanager
def killed_at(statement: int, words: str = "") -> Iterator[list[int]]:
    """The process is killed when it sends so many statements, or the first with these words; answers how many it sent."""
    sent = [0]

    def count(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        sent[0] += 1
        if sent[0] == statement or (words and words in str(sql)):
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield sent
