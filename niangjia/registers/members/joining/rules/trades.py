"""What whoever has no fixed employer does for a living (新就业形态劳动者), as she says it herself."""

from dataclasses import dataclass

from niangjia.kernel.chinese import gettext_noop
from niangjia.registers.members.rules import OccupationGroup


@dataclass(frozen=True)
class Trade:
    """One of these: the group of the register that it is, and how she says it."""

    group: OccupationGroup
    title: str

    @property
    def key(self) -> str:
        """As addresses and tables write it."""
        return self.group.value


TRADES = (
    Trade(OccupationGroup.RIDE_HAILING_DRIVER, gettext_noop("我开网约车")),
    Trade(OccupationGroup.TRUCK_DRIVER, gettext_noop("我开货车")),
    Trade(OccupationGroup.COURIER, gettext_noop("我送快递")),
    Trade(OccupationGroup.FOOD_DELIVERY, gettext_noop("我送餐")),
    Trade(OccupationGroup.DOMESTIC_WORKER, gettext_noop("我做家政")),
    Trade(OccupationGroup.OTHER_NEW_FORM, gettext_noop("别的零工")),
)
BY_KEY = {trade.key: trade for trade in TRADES}
