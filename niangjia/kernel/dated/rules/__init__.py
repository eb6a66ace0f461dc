"""What is dated: reference tables as they are shipped, and parameters with the region and the days they hold in."""

from niangjia.kernel.dated.rules.parameters import (
    LONGEST_VALUE,
    NATION,
    Measure,
    NumberStep,
    Parameter,
    ParameterKey,
    bands_of,
    chain_of,
    nearest,
    steps_of,
    value_fault,
)
from niangjia.kernel.dated.rules.public_days import OneDay
from niangjia.kernel.dated.rules.reference import (
    OWNERSHIP_LISTS,
    OwnershipRow,
    RegionRow,
    TradeRow,
    demo_regions,
    ownerships,
    parent_code,
    read_regions,
    shipped_regions,
    trades,
)

__all__ = [
    "LONGEST_VALUE",
    "NATION",
    "OWNERSHIP_LISTS",
    "Measure",
    "NumberStep",
    "OneDay",
    "OwnershipRow",
    "Parameter",
    "ParameterKey",
    "RegionRow",
    "TradeRow",
    "bands_of",
    "chain_of",
    "demo_regions",
    "nearest",
    "ownerships",
    "parent_code",
    "read_regions",
    "shipped_regions",
    "steps_of",
    "trades",
    "value_fault",
]
