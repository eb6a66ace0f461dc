"""What kind of body an employer is (单位性质), read from its ownership; where head-counts come from."""

from enum import StrEnum


class Nature(StrEnum):
    """What an employer is by its ownership (单位性质)."""

    ENTERPRISE = "enterprise"
    INSTITUTION = "institution"
    OFFICE = "office"
    HOUSEHOLD = "household"
    SOCIETY = "society"
    COOPERATIVE = "cooperative"
    UNKNOWN = "unknown"


class HeadSource(StrEnum):
    """Where a head-count comes from (人数的来源): the employer said so, the union counted, the market authority has it."""

    DECLARED = "declared"
    COUNTED = "counted"
    REGISTRY = "registry"


# What is no enterprise, by list and code; every other code of the lists is one.
OTHER_NATURES: dict[tuple[str, str], Nature] = {
    ("union_2015", "400"): Nature.INSTITUTION,
    ("union_2015", "500"): Nature.OFFICE,
    ("union_2015", "600"): Nature.HOUSEHOLD,
    ("union_2015", "700"): Nature.SOCIETY,
    ("nbs_2023", "400"): Nature.COOPERATIVE,
    ("nbs_2023", "500"): Nature.HOUSEHOLD,
}


def nature_of(ownership_list: str, ownership_code: str) -> Nature:
    """The kind of body that a type of ownership is."""
    if not ownership_list or not ownership_code:
        return Nature.UNKNOWN
    return OTHER_NATURES.get((ownership_list, ownership_code), Nature.ENTERPRISE)


def codes_of(nature: Nature) -> tuple[tuple[str, str], ...]:
    """Lists and codes of a kind that is no enterprise."""
    return tuple(pair for pair, found in OTHER_NATURES.items() if found is nature)
