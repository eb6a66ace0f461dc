"""One row of a roster, checked: what it says, and every fault with its reason. Pure: plain values in and out."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from niangjia.kernel.chinese import Reason, Vocabulary
from niangjia.kernel.intake.sheets import BadDay, Cell, FormulaCell, clean_text, is_month_only, is_number, parse_day
from niangjia.kernel.people.masks import masked_number, masked_words
from niangjia.registers.members.roster import sentences as say
from niangjia.registers.members.rules import (
    EDUCATIONS,
    EMPLOYMENT_STATUSES,
    ETHNICITIES,
    HOUSEHOLD_REGISTRATIONS,
    ID_KINDS,
    MIGRANTS,
    OCCUPATION_GROUPS,
    POLITICAL_STATUSES,
    SEXES,
    SKILL_GRADES,
    WORKING_AGE,
    IdKind,
    IdNumber,
    age_fault,
    age_on,
    check_id_number,
    check_mobile,
    check_name,
    check_paper_number,
    contradictions,
    kind_of_number,
    looks_like_other_paper,
)

CODED: Mapping[str, Vocabulary] = {
    "ethnicity": ETHNICITIES,
    "political": POLITICAL_STATUSES,
    "education": EDUCATIONS,
    "household_registration": HOUSEHOLD_REGISTRATIONS,
    "migrant": MIGRANTS,
    "employment": EMPLOYMENT_STATUSES,
    "skill": SKILL_GRADES,
    "occupation": OCCUPATION_GROUPS,
}
FREE_TEXT: Mapping[str, int] = {"workplace": 128, "title": 64, "member_no": 32}
_READ_ONE_BY_ONE = ("name", "id_number", "id_kind", "phone", "sex", "birth_on", "union", "joined_on")
MOBILE_DIGITS = 11
SHOWN_LENGTH = 48


class RowRemark(NamedTuple):
    """One remark on a row (行说明): the field, the reason, whether the row lands all the same, the cell as shown."""

    field: str
    reason: Reason
    is_fault: bool
    shown: str


class Member(NamedTuple):
    """What a good row says (花名册的一行); None stands for a blank cell, which never erases anything."""

    name: str
    id_kind: str
    id_number: str
    phone: str | None
    sex: str | None
    birth_on: date | None
    union_id: int
    names_union: bool
    joined_on: date | None
    ethnicity: str | None
    political: str | None
    education: str | None
    household_registration: str | None
    migrant: str | None
    employment: str | None
    skill: str | None
    occupation: str | None
    workplace: str | None
    title: str | None
    member_no: str | None


class CheckedRow(NamedTuple):
    """A row after the checks: the member it names where nothing is wrong, its name and key, and the remarks."""

    member: Member | None
    name: str
    key: tuple[str, str] | None
    remarks: tuple[RowRemark, ...]


class _Day(NamedTuple):
    """A day as written, and whether only its month was."""

    on: date | None
    month_only: bool


_FORMULA_CELL = Reason("formula_cell", say.FORMULA, {})
_NO_DAY = _Day(None, False)
_DAYS_KEPT = 100_000
_IN_E_NOTATION = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{2}")
UnionFinder = Callable[[str], int | Reason]


class RowChecker:
    """Checks row after row of one file; what a column wrote before is looked up, not judged again.

    Most of a million rows are right, so each step first tries the quick way and explains only what fails it.
    """

    def __init__(
        self, columns: Mapping[str, int], *, on: date, unit_id: int, find_union: UnionFinder, epoch_1904: bool = False
    ) -> None:
        """`columns` maps a field to its place in the row; a row without a union of its own belongs to `unit_id`."""
        self._on = on
        self._unit_id = unit_id
        self._find_union = find_union
        self._epoch_1904 = epoch_1904
        self._has_birth = "birth_on" in columns
        self._born_latest = on.replace(year=on.year - WORKING_AGE, day=min(on.day, 28))
        # A column that the file does not have is looked for past the last cell, where `check` puts a blank one.
        self._width = max(columns.values(), default=-1) + 1
        self._at = {field: columns.get(field, self._width) for field in _READ_ONE_BY_ONE}
        self._coded = tuple((columns[name], _Coded(CODED[name])) if name in columns else None for name in CODED)
        self._free = tuple((columns.get(name, self._width), name, longest) for name, longest in FREE_TEXT.items())
        self._days: dict[Cell, _Day | BadDay] = {}
        self._unions: dict[str, int | Reason] = {}

    def check(self, cells: list[Cell]) -> CheckedRow:
        """Judge one row."""
        width = self._width
        if len(cells) < width:
            cells = cells + [None] * (width - len(cells))
        cells = [*cells[:width], None]
        remarks: list[RowRemark] = []
        name = self._name(cells, remarks)
        kind, number, birth_on, sex = self._paper(cells, remarks)
        phone = self._phone(cells, remarks)
        union_id, names_union = self._union(cells, remarks)
        joined_on = self._joined_on(cells, birth_on, remarks)
        coded = self._coded_values(cells, remarks)
        free = self._free_text(cells, remarks)
        key = (kind, number) if number else None
        if remarks and any(remark.is_fault for remark in remarks):
            return CheckedRow(None, name, key, tuple(remarks))
        member = Member(name, kind, number, phone, sex, birth_on, union_id, names_union, joined_on, *coded, *free)
        return CheckedRow(member, name, key, tuple(remarks))

    def _text(self, cells: list[Cell], field: str, remarks: list[RowRemark]) -> str | None:
        """The text of a field; None where the cell is blank, or a formula stands there."""
        cell = cells[self._at[field]]
        if type(cell) is str:
            return clean_text(cell) or None
        if cell is None:
            return None
        if isinstance(cell, FormulaCell):
            _add(remarks, field, _FORMULA_CELL, clean_text(cell.cached))
            return None
        return clean_text(cell) or None

    def _name(self, cells: list[Cell], remarks: list[RowRemark]) -> str:
        before = len(remarks)
        text = self._text(cells, "name", remarks)
        if text is None:
            if len(remarks) == before:
                _add(remarks, "name", Reason("name_missing", say.NAME_MISSING, {}), "")
            return ""
        name = check_name(text)
        if isinstance(name, Reason):
            _add(remarks, "name", name, text)
            return masked_words(text)[:64]
        return name

    def _paper(self, cells: list[Cell], remarks: list[RowRemark]) -> tuple[str, str, date | None, str | None]:
        """Kind and number of the paper, birth date and sex; an empty number where it cannot be right."""
        kind = self._id_kind(cells, remarks)
        number = self._id_number(cells, kind, remarks)
        sex = self._sex(cells, remarks)
        birth_on = self._birth_on(cells, remarks)
        if isinstance(number, IdNumber):
            kind = kind or kind_of_number(number)
            self._compare(number, sex, birth_on, remarks)
            birth_on, sex, number = number.birth_on, number.sex.value, number.number
        if birth_on is not None and birth_on > self._born_latest:
            too_young = age_fault(birth_on, on=self._on)
            if too_young is not None:
                _add(remarks, "birth_on" if self._has_birth else "id_number", too_young, birth_on.isoformat())
        return (kind or IdKind.ID_CARD).value, number, birth_on, sex

    def _compare(self, number: IdNumber, sex: str | None, birth_on: date | None, remarks: list[RowRemark]) -> None:
        """The number tells sex and birth date itself; what stands beside it may not say otherwise."""
        if (sex is not None and sex != number.sex) or (birth_on is not None and birth_on != number.birth_on):
            for reason in contradictions(number, sex=sex, birth_on=birth_on):
                field = "sex" if reason.code == "sex_contradicts_id" else "birth_on"
                _add(remarks, field, reason, str(reason.values["written"]))
        if number.converted_from_15:
            _warn(remarks, "id_number", Reason("id_15_converted", say.CONVERTED, {}), masked_number(number.number))

    def _id_kind(self, cells: list[Cell], remarks: list[RowRemark]) -> IdKind | None:
        text = self._text(cells, "id_kind", remarks)
        if text is None:
            return None
        code = ID_KINDS.code_of(text)
        if code is None:
            _add(remarks, "id_kind", Reason("id_kind_unknown", say.KIND_UNKNOWN, {}), text)
            return None
        return IdKind(code)

    def _id_number(self, cells: list[Cell], kind: IdKind | None, remarks: list[RowRemark]) -> IdNumber | str:
        text = self._id_text(cells, remarks)
        if text is None:
            return ""
        if kind is None:
            number = check_id_number(text)
            if isinstance(number, IdNumber):
                return number
            if looks_like_other_paper(text):
                _add(remarks, "id_number", Reason("id_kind_needed", say.KIND_NEEDED, {}), masked_number(text))
                return ""
        checked = check_paper_number(kind or IdKind.ID_CARD, text)
        if isinstance(checked, Reason):
            _add(remarks, "id_number", checked, masked_number(text))
            return ""
        return checked

    def _id_text(self, cells: list[Cell], remarks: list[RowRemark]) -> str | None:
        """The number as written; None where it is missing, or where the spreadsheet program has destroyed it."""
        raw = cells[self._at["id_number"]]
        if is_number(raw) and not isinstance(raw, FormulaCell):
            _add(remarks, "id_number", Reason("id_numeric_cell", say.NUMERIC, {}), f"{raw:.5E}")
            return None
        before = len(remarks)
        text = self._text(cells, "id_number", remarks)
        if text is None and len(remarks) == before:
            _add(remarks, "id_number", Reason("id_missing", say.ID_MISSING, {}), "")
        elif text is not None and text[-3:-2] in "Ee+" and _IN_E_NOTATION.fullmatch(text):
            # A text file keeps what the spreadsheet program showed of the number it had destroyed.
            _add(remarks, "id_number", Reason("id_numeric_cell", say.NUMERIC, {}), text)
            return None
        return text

    def _sex(self, cells: list[Cell], remarks: list[RowRemark]) -> str | None:
        text = self._text(cells, "sex", remarks)
        if text is None:
            return None
        code = SEXES.code_of(text)
        if code is None:
            _add(remarks, "sex", Reason("sex_unknown", say.SEX_UNKNOWN, {"written": text}), text)
        return code

    def _day(self, cells: list[Cell], field: str, code: str, remarks: list[RowRemark]) -> "_Day":
        """The day in a cell; one that cannot be read is a fault under `code`."""
        raw = cells[self._at[field]]
        if raw is None or raw == "":
            return _NO_DAY
        if isinstance(raw, FormulaCell):
            _add(remarks, field, _FORMULA_CELL, clean_text(raw.cached))
            return _NO_DAY
        day = self._days.get(raw) or self._parsed(raw)
        if isinstance(day, BadDay):
            facts: dict[str, str | int] = {key: str(value) for key, value in day.facts.items()}
            _add(remarks, field, Reason(code, day.template, facts), clean_text(raw))
            return _NO_DAY
        return day

    def _parsed(self, raw: Cell) -> "_Day | BadDay":
        try:
            on = parse_day(raw, epoch_1904=self._epoch_1904)
            day: _Day | BadDay = _Day(on, on is not None and on.day == 1 and is_month_only(raw))
        except BadDay as error:
            day = error
        if len(self._days) < _DAYS_KEPT:
            self._days[raw] = day
        return day

    def _birth_on(self, cells: list[Cell], remarks: list[RowRemark]) -> date | None:
        day, month_only = self._day(cells, "birth_on", "birth_invalid", remarks)
        # A month alone says less than the number does: it neither contradicts nor replaces it.
        return None if month_only else day

    def _phone(self, cells: list[Cell], remarks: list[RowRemark]) -> str | None:
        raw = cells[self._at["phone"]]
        if is_number(raw) and not isinstance(raw, FormulaCell):
            text: str | None = clean_text(raw)
        else:
            text = self._text(cells, "phone", remarks)
        if text is None:
            return None
        phone = check_mobile(text)
        if isinstance(phone, Reason):
            _add(remarks, "phone", phone, text)
            return None
        return phone

    def _union(self, cells: list[Cell], remarks: list[RowRemark]) -> tuple[int, bool]:
        text = self._text(cells, "union", remarks)
        if text is None:
            return self._unit_id, False
        found = self._unions.get(text)
        if found is None:
            found = self._unions[text] = self._find_union(text)
        if isinstance(found, Reason):
            _add(remarks, "union", found, text)
            return self._unit_id, True
        return found, True

    def _joined_on(self, cells: list[Cell], birth_on: date | None, remarks: list[RowRemark]) -> date | None:
        day, month_only = self._day(cells, "joined_on", "joined_on_invalid", remarks)
        if day is None:
            return None
        if day > self._on:
            _add(
                remarks,
                "joined_on",
                Reason("joined_on_invalid", say.JOINED_LATER, {"day": day.isoformat()}),
                day.isoformat(),
            )
        elif birth_on is not None and day.year - birth_on.year <= WORKING_AGE and age_on(birth_on, day) < WORKING_AGE:
            _add(
                remarks,
                "joined_on",
                Reason("joined_on_invalid", say.JOINED_YOUNG, {"day": day.isoformat()}),
                day.isoformat(),
            )
        elif month_only:
            raw = clean_text(cells[self._at["joined_on"]])
            _warn(remarks, "joined_on", Reason("month_only", say.MONTH_ONLY, {"day": day.isoformat()}), raw)
        return day

    def _coded_values(self, cells: list[Cell], remarks: list[RowRemark]) -> list[str | None]:
        """The coded columns; what a list does not know is left blank with a warning."""
        values: list[str | None] = []
        for field, column in zip(CODED, self._coded, strict=True):
            cell = cells[column[0]] if column else None
            if not column or cell is None or cell == "":
                values.append(None)
                continue
            code, reason = column[1].codes.get(cell) or column[1].look_up(cell)
            values.append(code)
            if reason is not None:
                shown = str(reason.values.get("written", ""))
                remarks.append(RowRemark(field, reason, reason.code == "formula_cell", shown))
        return values

    def _free_text(self, cells: list[Cell], remarks: list[RowRemark]) -> list[str | None]:
        values: list[str | None] = []
        for place, field, longest in self._free:
            cell = cells[place]
            if isinstance(cell, FormulaCell):
                _add(remarks, field, _FORMULA_CELL, clean_text(cell.cached))
                cell = None
            values.append((clean_text(cell)[:longest] or None) if cell is not None else None)
        return values


class _Coded:
    """One coded column: every spelling met in this file, with its code or the reason it has none."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.codes: dict[Cell, tuple[str | None, Reason | None]] = {}
        self._vocabulary = vocabulary

    def look_up(self, cell: Cell) -> tuple[str | None, Reason | None]:
        """Judge a spelling met for the first time."""
        if isinstance(cell, FormulaCell):
            answer: tuple[str | None, Reason | None] = (None, _FORMULA_CELL)
        else:
            text = clean_text(cell)
            code = self._vocabulary.code_of(text) if text else None
            unknown = Reason("value_unknown", say.VALUE_UNKNOWN, {"written": _shown(text)})
            answer = (code, unknown if text and code is None else None)
        if type(cell) is str:  # to a dictionary, True and 1 are the same
            self.codes[cell] = answer
        return answer


def _add(remarks: list[RowRemark], field: str, reason: Reason, shown: str) -> None:
    remarks.append(RowRemark(field, _told(reason), True, _shown(shown)))


def _warn(remarks: list[RowRemark], field: str, reason: Reason, shown: str) -> None:
    remarks.append(RowRemark(field, _told(reason), False, _shown(shown)))


def _told(reason: Reason) -> Reason:
    if not reason.values:
        return reason
    values = {key: _shown(value) if isinstance(value, str) else value for key, value in reason.values.items()}
    return reason._replace(values=values)


def _shown(text: str) -> str:
    return masked_words(text)[:SHOWN_LENGTH]
