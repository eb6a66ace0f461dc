"""Made-up people for the tests of members; their numbers carry a region that was never assigned."""

from datetime import date
from typing import Any

from niangjia.registers.members.models import Person
from niangjia.registers.members.rules import check_digit
from niangjia.registers.members.services import Registered, register_member
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.tests.office import OPERATOR

TODAY = date(2026, 11, 20)


def a_number(region_and_birth: str, sequence: int) -> str:
    """A citizen number with its right check character."""
    first17 = f"{region_and_birth}{sequence:03d}"
    return first17 + check_digit(first17)


ID_CHEN, PHONE_CHEN = a_number("34992119800302", 302), "13800132206"
CHEN = {"name": "陈桂兰", "id_number": ID_CHEN, "phone": PHONE_CHEN, "joined_on": "2014-05-01"}
LIU = {"name": "刘秀英", "id_number": a_number("34992119870611", 442), "phone": "13900007715"}


def enrol(written: dict[str, Any], union: Union) -> Person:
    """A member registered by the operator."""
    answer = register_member(written, union_id=union.pk, by=OPERATOR, on=TODAY)
    assert isinstance(answer, Registered)
    return answer.person
