"""How common a name, a phone or a unit is: the same agreement tells the less, the more people share it (本系统默认值)."""

# Classes from the common to the rare: the least share of the class, and the share it counts as.
NAME_CLASSES = ((2e-3, 6e-3), (3e-4, 1e-3), (3e-5, 1e-4), (4e-6, 1.2e-5), (0.0, 2e-6))
UNIT_CLASSES = ((0.2, 1.0), (0.02, 0.1), (0.002, 0.01), (0.0, 0.001))
# A small file knows little of how common a name is: it is taken together with so many records of an average land.
KNOWN_BESIDE, USUAL_SHARE = 20_000, 2e-5
# A phone of up to three records is a person's or a couple's, up to eight a family's; more have it from an office.
OWN_PHONE, FAMILY_PHONE = 3, 8
# A number that stands in more records than that is nobody's.
MOST_OF_ONE_ID = 8


def name_share(count: int, *, records: int) -> int:
    """The class of a name that so many records sound like: 0 the rarest."""
    return _class((count + KNOWN_BESIDE * USUAL_SHARE) / (records + KNOWN_BESIDE), NAME_CLASSES)


def unit_share(count: int, *, records: int) -> int:
    """The class of a unit with so many of the records: 0 the smallest."""
    return _class(count / max(records, 1), UNIT_CLASSES)


def phone_share(count: int) -> int | None:
    """0: a person's own, 1: a family's, None: an office's, which tells nothing."""
    if count > FAMILY_PHONE:
        return None
    return 0 if count <= OWN_PHONE else 1


def _class(share: float, classes: tuple[tuple[float, float], ...]) -> int:
    place = next(at for at, (least, _) in enumerate(classes) if share >= least)
    return len(classes) - 1 - place
