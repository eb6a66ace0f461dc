"""One record as it is compared (一条记录): the same facts however a cadre wrote them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from niangjia.kernel.chinese import fold_width, pinyin_keys
from niangjia.registers.members.linking.rules.variants import usual_name
from niangjia.registers.members.rules import SEXES, IdNumber, check_id_number, check_mobile, tidy_name
from niangjia.registers.members.rules.id_numbers import LAST_YEAR, OLDEST_YEAR

COLUMNS = ("key", "name", "id_number", "phone", "sex", "birth_on", "unit")
ID_DIGITS = 18
# Of a number that failed its check; shorter ones tell too little, and one of a few digits is a filler such as 000000.
SHORTEST_ID, LONGEST_ID, FEWEST_DIGITS = 16, 19, 4
_ID_SHAPE = re.compile(rf"\d{{{SHORTEST_ID - 1},{LONGEST_ID - 1}}}[\dX]")
# A sheet that kept the number as 4.1E+17 left noughts only.
_LOST = "0000000"
_TIDY_ID = str.maketrans("", "", " -\t\r\n'’‘")
_DAY = re.compile(r"(\d{4})\D{0,3}(\d{1,2})\D{0,3}(\d{1,2})(?:\D.*)?")


class Record(NamedTuple):
    """What of a person's record is compared; None where it is not known or tells nothing.

    `proven`: the number has 18 digits of its own and its check digit is right. `…_share`: how common name, phone and unit
    are among all records, as a class (0: as rare as can be); see `shares`.
    """

    name: str | None = None
    usual: str | None = None
    sound: str | None = None
    id_number: str | None = None
    proven: bool = False
    phone: str | None = None
    birth_on: date | None = None
    sex: str | None = None
    unit: str | None = None
    name_share: int = 1
    phone_share: int = 0
    unit_share: int = 1


class ReadId(NamedTuple):
    """An identity number as written: as it is compared, whether proven, and the birth and sex that may be trusted."""

    number: str | None
    proven: bool = False
    birth_on: date | None = None
    sex: str | None = None


def read_record(written: Mapping[str, str]) -> Record:
    """A record out of its written fields; a number that passed its check says birth and sex, else the columns do."""
    name, usual, sound = read_name(written.get("name", ""))
    number = read_id(written.get("id_number", ""))
    sex = number.sex if number.sex is not None else read_sex(written.get("sex", ""))
    trusted = number.birth_on if number.sex is not None else None
    birth_on = trusted or read_day(written.get("birth_on", "")) or number.birth_on
    return Record(
        name=name,
        usual=usual,
        sound=sound,
        id_number=number.number,
        proven=number.proven,
        phone=read_phone(written.get("phone", "")),
        birth_on=birth_on,
        sex=sex,
        unit=read_unit(written.get("unit", "")),
    )


def read_name(text: str) -> tuple[str | None, str | None, str | None]:
    """The tidy name, its usual form, and its sound; nothing where there is no name."""
    name = tidy_name(text)
    usual = usual_name(name)
    return (name, usual, pinyin_keys(name)[0] or usual) if usual else (None, None, None)


def read_id(text: str) -> ReadId:
    """A number that passes, one that was mistyped and can still be compared, or nothing."""
    read = check_id_number(text)
    if isinstance(read, IdNumber):
        return ReadId(read.number, not read.converted_from_15, read.birth_on, read.sex.value)
    bare = fold_width(text).translate(_TIDY_ID).upper()
    if not _ID_SHAPE.fullmatch(bare) or bare.endswith(_LOST) or len(set(bare)) < FEWEST_DIGITS:
        return ReadId(None)
    birth_on = _day_of(bare[6:10], bare[10:12], bare[12:14]) if len(bare) == ID_DIGITS else None
    return ReadId(bare, birth_on=birth_on if birth_on and OLDEST_YEAR <= birth_on.year <= LAST_YEAR else None)


def read_phone(text: str) -> str | None:
    """A mobile number, or nothing."""
    phone = check_mobile(text)
    return phone if isinstance(phone, str) and phone else None


def read_sex(text: str) -> str | None:
    """The sex as the register keeps it, or nothing."""
    return SEXES.code_of(text) if text else None


def read_day(text: str) -> date | None:
    """A day as rosters have it: 1990-01-31, 1990/1/31, 19900131, 1990年1月31日; nothing where there is no such day."""
    found = _DAY.fullmatch(fold_width(text).strip())
    return _day_of(*found.groups()) if found else None


def read_unit(text: str) -> str | None:
    """The unit as it was written, without spaces, widths folded."""
    return "".join(fold_width(text).split()).upper() or None


def _day_of(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
