"""Who wants to join in the demo county (谁申请入会): some wait, one was asked for more, one refused, one approved."""

from datetime import date
from typing import NamedTuple

from niangjia.demo.rules.counties import ANHE
from niangjia.demo.rules.week import MILL, a_number

# Riders, couriers and drivers of the county join here, whoever they drive for.
NEW_FORM = f"{ANHE.name}新就业形态劳动者联合工会"
# Above those of every roster of the demo: the numbers of nobody else.
MAN, WOMAN = 999, 998


class PlannedMove(NamedTuple):
    """What became of it: which move, by whom, how many days ago, why."""

    move: str
    login: str
    days_ago: int
    reason: str = ""


class PlannedApplication(NamedTuple):
    """Somebody applies (申请): who, born when, at which union, how many days ago, what for a living, what became of it."""

    name: str
    born: date
    sequence: int
    union: str
    days_ago: int
    trade: str = ""
    moves: tuple[PlannedMove, ...] = ()

    @property
    def number(self) -> str:
        """A number of this fictional county."""
        return a_number(self.born, self.sequence)


APPLICATIONS = (
    PlannedApplication("苏婷", date(1994, 3, 8), WOMAN, NEW_FORM, 9, "courier", (PlannedMove("approve", "zhoumin", 6),)),
    PlannedApplication("江海", date(1990, 7, 22), MAN, MILL, 8, "", (PlannedMove("refuse", "zhangjianguo", 6, "works_elsewhere"),)),
    PlannedApplication("邓超群", date(1988, 1, 30), MAN, NEW_FORM, 6, "ride_hailing_driver", (PlannedMove("ask", "zhoumin", 4, "name_unlike_paper"),)),
    PlannedApplication("罗建平", date(1979, 11, 2), MAN, NEW_FORM, 12, "truck_driver"),
    PlannedApplication("田小雨", date(2003, 5, 17), WOMAN, MILL, 2),
    PlannedApplication("何俊", date(1998, 9, 14), MAN, NEW_FORM, 1, "food_delivery"),
    PlannedApplication("龚雪", date(2001, 12, 1), WOMAN, NEW_FORM, 1, "food_delivery"),
)  # fmt: skip
