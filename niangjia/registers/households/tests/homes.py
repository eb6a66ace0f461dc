"""A member with her household, for tests of it."""

from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.tests.signing_in import an_account
from niangjia.kernel.dated.models import Region
from niangjia.kernel.privacy.consenting import Act, answer
from niangjia.kernel.privacy.notices import load_notices
from niangjia.kernel.sealed import seal
from niangjia.registers.households.models import Belonging, Household, Kin
from niangjia.registers.households.rules import CHILDREN, FAMILY, KinWritten, Relation
from niangjia.registers.households.rules.sealed_columns import SEALED_ADDRESS
from niangjia.registers.households.services import Home, begin_household
from niangjia.registers.members.models import Person
from niangjia.registers.members.tests.people import CHEN, LIU, a_number, enrol
from niangjia.registers.orgs.tests.office import Office

REGION = "349921"
CHILD_NUMBER = a_number("34992120190603", 14)


def a_region() -> None:
    """The county of the office."""
    Region.objects.get_or_create(code=REGION, name="安禾县", defaults={"parent_code": "349900"})


def herself(person: Person, login: str = "") -> tuple[Account, Actor]:
    """A member with her own account."""
    account = an_account(login or f"w{person.pk}", role=None, subject_id=person.pk, name=person.name)
    return account, actor_of(account, on=clock.today())


def agree(actor: Actor, *notices: str) -> None:
    """She agrees to these notices."""
    load_notices()
    for key in notices or (FAMILY, CHILDREN):
        answer(Act(key, 1, given=True), by=actor, on=clock.today())


def since() -> date:
    """Some years ago."""
    return clock.today() - timedelta(days=2000)


def a_household(actor: Actor) -> Household:
    """Hers, in the county."""
    a_region()
    return begin_household(Home(REGION, "柳林镇河西街 12 号", since()), by=actor, on=clock.today())


def kin(relation: Relation = Relation.CHILD, **more: Any) -> KinWritten:
    """Somebody she lives with."""
    facts: dict[str, Any] = {
        "name": "刘小宝",
        "birth_on": date(2019, 6, 3),
        "since": since() + timedelta(days=1),
        "agreed": True,
    }
    return KinWritten(relation=relation, **{**facts, **more})


class TwoHomes(Office):
    """Liu at the mill and Chen at the plant, each with an account."""

    def __init__(self) -> None:
        """Both have agreed to the notices."""
        super().__init__()
        a_region()
        self.liu, self.chen = enrol(LIU, self.mill), enrol(CHEN, self.plant)
        self.liu_account, self.liu_acts = herself(self.liu, "liu")
        self.chen_account, self.chen_acts = herself(self.chen, "chen")
        agree(self.liu_acts)
        agree(self.chen_acts)


def a_lodger(person: Person) -> int:
    """Somebody of this member's household, written down without a word of hers."""
    period = DateRange(since(), None)
    household = Household.objects.create(
        city=person.city, head_id=person.pk, region_code=REGION, address_sealed=b"", period=period
    )
    household.address_sealed = seal("柳林镇河西街 12 号", aad=f"{SEALED_ADDRESS}.{household.pk}")
    household.save(update_fields=["address_sealed"])
    shared = {"city": person.city, "household": household, "head_id": person.pk, "period": period}
    Belonging.objects.create(**shared, member_id=person.pk, relation=Relation.APPLICANT.value)
    child = Kin.objects.create(city=person.city, name="陈小宝", birth_on=date(2019, 6, 3), told_by_id=person.pk)
    return Belonging.objects.create(**shared, kin=child, relation=Relation.CHILD.value).pk
