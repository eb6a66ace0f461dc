"""How alike two records are, field by field: each level once, as a rule for one pair and as SQL for millions.

The SQL speaks of the columns of `Record` with `_l` and `_r` behind them, of texts by their codes. A comparison takes the first level that holds.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from niangjia.registers.members.linking.rules.records import ID_DIGITS, Record
from niangjia.registers.members.linking.rules.shares import NAME_CLASSES, UNIT_CLASSES

UNKNOWN = "unknown"
# Birth and sex stand in the number: where numbers agree, they tell nothing more.
ID_AGREES = ("same", "same_unproven", "slip", "cut")
FIRST_15, LOST_TAIL = 15, "000"
LONG_NAME = 3


class Level(NamedTuple):
    """One degree of likeness (相似程度): its code, when it holds for a pair, and the same in SQL."""

    code: str
    holds: Callable[[Record, Record], bool]
    sql: str


class Comparison(NamedTuple):
    """One field compared (比对项): its levels from the most alike to `other`; `unknown` comes first and weighs nothing."""

    field: str
    levels: tuple[Level, ...]

    def level(self, left: Record, right: Record) -> str:
        """The first level that holds."""
        return _first(self.levels, left, right)


def _first(levels: Iterable[Level], left: Record, right: Record) -> str:
    for level in levels:
        if level.holds(left, right):
            return level.code
    return OTHER.code


def one_slip(left: str, right: str) -> bool:
    """Whether one is the other with one character mistyped, left out, doubled, or two neighbours exchanged."""
    if left == right:
        return True
    if abs(len(left) - len(right)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    a, b = left[start:], right[start:]
    exchanged = len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or exchanged


def _both(field: str) -> Level:
    return Level(
        UNKNOWN,
        lambda a, b: getattr(a, field) is None or getattr(b, field) is None,
        f"{_column(field)}_l IS NULL OR {_column(field)}_r IS NULL",
    )


def _column(field: str) -> str:
    """Texts of which it is only asked whether they are the same stand in columns of numbers."""
    return field if field in {"id_number", "birth_on", "sex"} else f"{field}_code"


def _same(field: str, code: str = "same") -> Level:
    column = _column(field)
    return Level(code, lambda a, b: getattr(a, field) == getattr(b, field), f"{column}_l = {column}_r")


OTHER = Level("other", lambda _a, _b: True, "ELSE")


def _id_level(left: Record, right: Record) -> str:
    return ID.level(left, right)


def _is_proven_same(a: Record, b: Record) -> bool:
    return a.id_number == b.id_number and (a.proven or b.proven)


def _is_cut(a: Record, b: Record) -> bool:
    one, two = a.id_number or "", b.id_number or ""
    lost = (one.endswith(LOST_TAIL) and not a.proven) or (two.endswith(LOST_TAIL) and not b.proven)
    return lost and len(one) == len(two) == ID_DIGITS and one[:FIRST_15] == two[:FIRST_15]


# Comparing letter by letter is dear: most that differ do so in more than two places.
_ONE_SLIP_SQL = "damerau_levenshtein(id_number_l, id_number_r) <= 1"
_SLIP_SQL = (
    f"CASE WHEN length(id_number_l) <> length(id_number_r) THEN {_ONE_SLIP_SQL} "
    f"WHEN hamming(id_number_l, id_number_r) > 2 THEN false ELSE {_ONE_SLIP_SQL} END"
)

ID = Comparison(
    "id_number",
    (
        _both("id_number"),
        Level("same", _is_proven_same, "id_number_l = id_number_r AND (proven_l OR proven_r)"),
        _same("id_number", "same_unproven"),
        # The check digit catches every single slip: two that pass and differ are two papers.
        Level("two_papers", lambda a, b: a.proven and b.proven, "proven_l AND proven_r"),
        Level(
            "slip",
            lambda a, b: one_slip(a.id_number or "", b.id_number or ""),
            _SLIP_SQL,
        ),
        # A sheet that took the number for a figure keeps fifteen digits and writes noughts for the rest.
        Level(
            "cut",
            _is_cut,
            "id_number_l[1:15] = id_number_r[1:15] AND length(id_number_l) = 18 AND length(id_number_r) = 18 "
            "AND ((id_number_l[16:] = '000' AND NOT proven_l) OR (id_number_r[16:] = '000' AND NOT proven_r))",
        ),
        OTHER,
    ),
)

# As a CASE, whose later arms are asked only where the earlier ones do not hold: comparing letter by letter is dear.
_ID_AGREES_SQL = (
    "CASE WHEN id_number_l IS NULL OR id_number_r IS NULL THEN false WHEN id_number_l = id_number_r THEN true "
    f"WHEN proven_l AND proven_r THEN false WHEN {_SLIP_SQL} THEN true "
    f"ELSE {ID.levels[5].sql} END"
)


def _besides_id(field: str) -> Level:
    """Unknown, or known from the number already."""
    return Level(
        UNKNOWN,
        lambda a, b: getattr(a, field) is None or getattr(b, field) is None or _id_level(a, b) in ID_AGREES,
        f"CASE WHEN {field}_l IS NULL OR {field}_r IS NULL THEN true ELSE {_ID_AGREES_SQL} END",
    )


def _name_same(share: int) -> Level:
    return Level(
        f"same_{share}",
        lambda a, b: a.name == b.name and a.name_share >= share,
        f"name_code_l = name_code_r AND name_share_l >= {share}",
    )


def _is_one_mark(a: Record, b: Record) -> bool:
    one, two = a.usual or "", b.usual or ""
    if len(one) != len(two) or len(one) < LONG_NAME:
        return False
    return sum(one[at] != two[at] for at in range(LONG_NAME)) + (one[LONG_NAME:] != two[LONG_NAME:]) == 1


# For SQL the usual name lies in numbers: its length, its first marks, the rest of it.
_MARKS_APART = " + ".join(f"(usual_{at}_l <> usual_{at}_r)::INT" for at in range(1, LONG_NAME + 1))

NAME = Comparison(
    "name",
    (
        _both("name"),
        *(_name_same(share) for share in range(len(NAME_CLASSES) - 1, -1, -1)),
        _same("usual", "variant"),
        _same("sound", "sound"),
        Level(
            "one_mark",
            _is_one_mark,
            f"name_length_l = name_length_r AND name_length_l >= {LONG_NAME} "
            f"AND {_MARKS_APART} + (usual_rest_l <> usual_rest_r)::INT = 1",
        ),
        Level("surname", lambda a, b: (a.usual or "")[:1] == (b.usual or "")[:1], "usual_1_l = usual_1_r"),
        OTHER,
    ),
)

PHONE = Comparison(
    "phone",
    (
        _both("phone"),
        Level(
            "same_own",
            lambda a, b: a.phone == b.phone and a.phone_share == 0,
            "phone_code_l = phone_code_r AND phone_share_l = 0",
        ),
        _same("phone", "same_family"),
        OTHER,
    ),
)


def _is_day_slip(a: Record, b: Record) -> bool:
    if a.birth_on is None or b.birth_on is None:
        return False
    one, two = a.birth_on.timetuple()[:3], b.birth_on.timetuple()[:3]
    swapped = one[0] == two[0] and one[1] == two[2] and one[2] == two[1]
    return swapped or sum(x == y for x, y in zip(one, two, strict=True)) == len(one) - 1


BIRTH = Comparison(
    "birth_on",
    (
        _besides_id("birth_on"),
        _same("birth_on"),
        Level(
            "slip",
            _is_day_slip,
            "(year(birth_on_l) = year(birth_on_r) AND month(birth_on_l) = day(birth_on_r) "
            "AND day(birth_on_l) = month(birth_on_r)) OR (year(birth_on_l) = year(birth_on_r))::INT "
            "+ (month(birth_on_l) = month(birth_on_r))::INT + (day(birth_on_l) = day(birth_on_r))::INT = 2",
        ),
        Level(
            "year",
            lambda a, b: a.birth_on is not None and b.birth_on is not None and a.birth_on.year == b.birth_on.year,
            "year(birth_on_l) = year(birth_on_r)",
        ),
        OTHER,
    ),
)

SEX = Comparison("sex", (_besides_id("sex"), _same("sex"), OTHER))


def _unit_same(share: int) -> Level:
    return Level(
        f"same_{share}",
        lambda a, b: a.unit == b.unit and a.unit_share >= share,
        f"unit_code_l = unit_code_r AND unit_share_l >= {share}",
    )


UNIT = Comparison(
    "unit", (_both("unit"), *(_unit_same(share) for share in range(len(UNIT_CLASSES) - 1, -1, -1)), OTHER)
)

COMPARISONS = (ID, NAME, PHONE, BIRTH, SEX, UNIT)

# The levels of all fields of one pair, in the order of COMPARISONS.
Likeness = tuple[str, ...]


def likeness(left: Record, right: Record) -> Likeness:
    """How alike two records are, field by field; the numbers, on which birth and sex depend, are compared once."""
    number = ID.level(left, right)
    is_known = number not in ID_AGREES
    birth_on = is_known and left.birth_on is not None and right.birth_on is not None
    sex = is_known and left.sex is not None and right.sex is not None
    return (
        number,
        NAME.level(left, right),
        PHONE.level(left, right),
        _first(BIRTH.levels[1:], left, right) if birth_on else UNKNOWN,
        _first(SEX.levels[1:], left, right) if sex else UNKNOWN,
        UNIT.level(left, right),
    )
