"""Who wants a union in the demo county (谁要建会): one workplace waits, one is being prepared, one was founded last month."""

from datetime import date
from typing import NamedTuple

from niangjia.demo.rules.week import a_number

TOWN = "白塔镇总工会"
# Above those of every roster and of whoever applies to join: the numbers of nobody else.
MAN, WOMAN = 997, 996


class PlannedMember(NamedTuple):
    """Somebody joins the union in preparation (会员): who, born when, a woman or a man."""

    name: str
    born: date
    is_woman: bool

    @property
    def number(self) -> str:
        """A number of this fictional county."""
        return a_number(self.born, WOMAN if self.is_woman else MAN)


class PlannedAsker(NamedTuple):
    """Somebody asks for a union (申请人): who, from which side, about how many, which form, how many days ago."""

    name: str
    side: str
    size: str
    form: str
    days_ago: int


# Asked for by two of its workers, who do not know of each other.
WAITING = (
    PlannedAsker("彭志勇", "worker", "under_100", "committee", 4),
    PlannedAsker("石秀兰", "worker", "under_100", "committee", 2),
)
PREPARED_BY = PlannedAsker("金永贵", "employer", "under_25", "committee", 30)
PREPARED_AGO = 24
PREPARING = (
    PlannedMember("贺小玲", date(1991, 4, 9), True),
    PlannedMember("龙大庆", date(1986, 10, 27), False),
    PlannedMember("万晓东", date(1995, 2, 3), False),
    PlannedMember("段红梅", date(1989, 6, 18), True),
)
FOUNDED_BY = PlannedAsker("雷建军", "worker", "under_25", "committee", 75)
FOUNDED_PREPARED_AGO, ELECTED_AGO, APPROVED_AGO = 68, 36, 30
FOUNDED = (
    PlannedMember("雷建军", date(1979, 8, 14), False),
    PlannedMember("钱玉梅", date(1983, 3, 22), True),
    PlannedMember("汤春生", date(1990, 12, 5), False),
    PlannedMember("尹小燕", date(1994, 7, 30), True),
    PlannedMember("黎国强", date(1981, 1, 11), False),
    PlannedMember("常丽华", date(1987, 9, 2), True),
    PlannedMember("武海涛", date(1992, 5, 16), False),
)
RESULT = {
    "chair": "雷建军",
    "members": "钱玉梅\n汤春生",
    "audit": "黎国强",
    "women": "尹小燕",
    "present": 7,
    "chair_votes": 6,
}
