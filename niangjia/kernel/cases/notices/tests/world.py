"""The mill whose member 陈桂兰 is to be helped, two people who work on it, and a case that waits for its notice."""

from dataclasses import dataclass, field
from typing import Any

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.notices.models import Publication
from niangjia.kernel.cases.notices.services import Told, publish
from niangjia.kernel.cases.notices.tests.hanging import FLOW, FLOW_PATH, KINDS_PATH
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.services import make
from niangjia.kernel.cases.tests.world import allow
from niangjia.kernel.privacy.tests.people import World as People


def wired(settings: Any) -> None:
    """The kinds and the table of the tests are wired, and allowed by the database."""
    settings.NIANGJIA_NOTICE_KINDS = (KINDS_PATH,)
    settings.NIANGJIA_WORKFLOWS = (*settings.NIANGJIA_WORKFLOWS, FLOW_PATH)
    allow(FLOW)


@dataclass
class World:
    """陈桂兰 of the mill; 周敏 of the town, who brings her case; 王芳 beside her, and 何静 at the county."""

    people: People = field(default_factory=People)

    def __post_init__(self) -> None:
        office = self.people.office
        self.place = office.mill.place
        self.zhou = an_account("zhou", at=office.town.place, name="周敏")
        self.wang = an_account("wang", at=office.town.place, name="王芳")
        self.county = an_account("he", at=office.county.place, name="何静")
        self.park = an_account("park", at=office.park.place, name="赵强")
        self.auditor = an_account("auditor", role=Role.AUDITOR, at=office.county.place, name="审计")
        self.case = self.a_case()

    def a_case(self) -> Case:
        """Another case of 陈桂兰, brought to its stage by 周敏."""
        at = clock.now()
        case = open_case(FLOW, place=self.place, askers=[self.people.chen.pk], by=acts(self.zhou), at=at)
        return make(case.pk, "show", by=acts(self.zhou), at=at)

    def comes_again(self, case: Case) -> None:
        """The case is put back, and brought to the stage where its notice hangs once more."""
        for move in ("put_back", "show"):
            make(case.pk, move, by=acts(self.zhou), at=clock.now())
        case.refresh_from_db()

    def put_up(self, case: Case | None = None, **facts: Any) -> Publication:
        """What 周敏 puts up of a case."""
        told = Told(**{"kind": "aid", "name": "陈桂兰", "category": "study"} | facts)
        return publish(case or self.case, told, at=[], by=acts(self.zhou), on=clock.today())


def acts(account: Account) -> Actor:
    """The account with the rights of today."""
    return actor_of(account, on=clock.today())


NOBODY = Actor(account_id=None, name="")
