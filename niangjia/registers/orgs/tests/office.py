"""A small office for the tests of registers: a county with two towns, and people who act there."""

from datetime import date
from typing import Any

from django.test import Client

from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.rules import Level, UnionKind
from niangjia.registers.orgs.rules.union_facts import UnionFacts
from niangjia.registers.orgs.services import register_union

DAY = date(2026, 3, 2)
OPERATOR = Actor.operator()
KINDS = {Level.BASE: UnionKind.BASE, Level.BRANCH: UnionKind.BRANCH, Level.GROUP: UnionKind.GROUP}


def register(name: str, level: Level, parent: Union | None = None, **more: Any) -> Union:
    """A union registered by the operator."""
    kind = KINDS.get(level, UnionKind.TERRITORIAL)
    facts = UnionFacts(name=name, level=level, kind=kind, parent_id=parent.pk if parent else None, **more)
    return register_union(facts, by=OPERATOR, on=DAY)


class Office:
    """安禾县: the town of Liulin with its mill, and the park with its own plant."""

    def __init__(self, above: Union | None = None) -> None:
        """Register the unions, below a city where one is given."""
        self.county = register("安禾县总工会", Level.COUNTY, above, region_code="349921")
        self.town = register("柳林镇总工会", Level.TOWN, self.county)
        self.mill = register("鸿远纺织有限公司工会", Level.BASE, self.town)
        self.park = register("开发区工会", Level.TOWN, self.county)
        self.plant = register("宏达五金制品有限公司工会", Level.BASE, self.park)


def actor_at(union: Union, role: Role = Role.CADRE) -> Actor:
    """Somebody with a right at a union."""
    return Actor(account_id=None, name="周敏", rights=(Right(role, union.pk, union.place.path),))


def client_at(union: Union, role: Role = Role.CADRE, login: str = "") -> Client:
    """A browser in which somebody with a right at a union is signed in."""
    account = an_account(login or f"{role.value}-{union.code}", role=role, at=union.place)
    return open_session(Client(), account)
