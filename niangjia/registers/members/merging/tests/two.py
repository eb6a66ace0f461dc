"""One woman with two records: by her identity card at the mill, by her passport at the plant; for the tests of merging."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Role
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.cases.opening import open_case
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.registers.members.merging.carrying import done
from niangjia.registers.members.merging.finding import propose_alike
from niangjia.registers.members.merging.models import Merge, Pair
from niangjia.registers.members.merging.proposing import propose_merge
from niangjia.registers.members.merging.rules.deciding import LEFT, NUMBER, RIGHT, Choice
from niangjia.registers.members.merging.rules.workflow import AGREE, MERGING
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.tests.people import CHEN, LIU, PHONE_CHEN, a_number, enrol
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import OPERATOR, Office

AT = datetime(2026, 11, 20, 10, 0, tzinfo=clock.PEOPLE_ZONE)
BY_PASSPORT = {
    "name": "陈桂兰", "id_kind": "passport", "id_number": "E12345678", "phone": PHONE_CHEN, "sex": "女",
    "birth_on": "1980-03-02", "title": "挡车工", "joined_on": "2016-01-01",
}  # fmt: skip


class Two(Office):
    """安禾县 with 陈桂兰 twice and somebody else, two cadres of the county and the chair of the mill."""

    def __init__(self) -> None:
        super().__init__()
        self.left = enrol(CHEN, self.mill)
        self.right = enrol(BY_PASSPORT, self.plant)
        self.other = enrol(LIU, self.mill)
        self.zhou = an_account("zhou", role=Role.CADRE, at=self.county.place)
        self.wang = an_account("wang", role=Role.CADRE, at=self.county.place)
        self.chair = an_account("chair", role=Role.CHAIR, at=self.mill.place)

    @staticmethod
    def actor(account: Account) -> Actor:
        """The account as it acts today."""
        return actor_of(account, on=clock.today())

    def pair(self) -> Pair:
        """The two records, found."""
        propose_alike([self.left.pk, self.right.pk])
        return Pair.objects.select_related("place").get(left=self.left.pk, right=self.right.pk)

    def choice(self, **changed: Any) -> Choice:
        """Her identity card, her membership at the plant, her title as the plant has it."""
        seen = tuple(Person.objects.get(pk=pk).revision for pk in (self.left.pk, self.right.pk))
        goes_on = Membership.objects.get(person=self.right).pk
        picks = {NUMBER: LEFT, "title": RIGHT}
        return replace(Choice(picks, "paper_seen", goes_on=goes_on, seen=(seen[0], seen[1])), **changed)

    def proposes(self, **changed: Any) -> Merge:
        """One cadre brings it before another."""
        return propose_merge(self.pair().pk, self.choice(**changed), by=self.actor(self.zhou), at=AT)

    def agrees(self, merge: Merge, *, by: Account | None = None, move: str = AGREE, **said: Any) -> Merge:
        """The other one agrees."""
        done(merge.pk, move, Pressed(self.actor(by or self.wang), AT, **said))
        return Merge.objects.get(pk=merge.pk)

    def merged(self, **changed: Any) -> Merge:
        """Both did."""
        return self.agrees(self.proposes(**changed))


def a_pair(union: Union, number: int) -> Pair:
    """Two records of one union, found: for tests that only need that it is so."""
    first = enrol({"name": "孙丽华", "id_number": a_number("34992119770505", number)}, union)
    second = enrol({"name": "孙丽华", "id_kind": "passport", "id_number": f"E8{number:07d}"}, union)
    return Pair.objects.create(
        city=union.city, left_id=first.pk, right_id=second.pk, place=union.place, score=0.995,
        levels=["name.same_2", "birth_on.same"], facts=bytes(16),
    )  # fmt: skip


def a_merge(pair: Pair) -> Merge:
    """Somebody brought it before another."""
    case = open_case(MERGING, place=pair.place, askers=(), by=OPERATOR, at=clock.now())
    return Merge.objects.create(
        case=case, city=pair.city, pair=pair, kept_id=pair.left_id, gone_id=pair.right_id, picks={NUMBER: LEFT},
        kept_seen=1, gone_seen=1, reason="paper_seen",
    )  # fmt: skip
