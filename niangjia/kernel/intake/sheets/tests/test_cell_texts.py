"""What cells say: letters and digits of all widths, invisible marks, days in every way of writing."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel.intake.sheets import (
    BadDay,
    Cell,
    FormulaCell,
    clean_text,
    is_month_only,
    is_number,
    parse_day,
)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("陈秀兰", "陈秀兰"),
        ("\u00a0陈秀兰 \u3000", "陈秀兰"),
        ("\ufeff陈\u200b秀兰\u200e", "陈秀兰"),
        ("１３８００１３０００１", "13800130001"),
        ("ｘ", "x"),
        ("'349921199003070018", "349921199003070018"),
        ("’13800130001", "13800130001"),
        ('="349921199003070018"', "349921199003070018"),
        ("\t13800130001", "13800130001"),
        ("安禾县（筹）工会，第一", "安禾县（筹）工会，第一"),
        ("买买提·艾力", "买买提·艾力"),
        ("⼤⼭", "大山"),
        (None, ""),
        (13800130001, "13800130001"),
        (13800130001.0, "13800130001"),
        (3.49921199003070e17, "3.4992119900307e+17"),
        (0, "0"),
        (True, "是"),
        (date(2019, 3, 5), "2019-03-05"),
        (datetime(2019, 3, 5), "2019-03-05"),
        (datetime(2019, 3, 5, 8, 30), "2019-03-05 08:30:00"),
        (FormulaCell(" 甲 "), "甲"),
        ("=1+1", "=1+1"),
        ("甲\x00\x01", "甲"),
    ],
)
def test_a_cell_says_what_its_writer_meant(cell: Cell, said: str) -> None:
    assert clean_text(cell) == said


@given(st.text())
def test_cleaning_twice_changes_nothing_more(written: str) -> None:
    once = clean_text(written)
    if not once.startswith('="'):
        assert clean_text(once) == once
    assert once == once.strip()


def test_numbers_are_told_from_digits_in_text() -> None:
    assert is_number(1)
    assert is_number(1.5)
    assert is_number(FormulaCell(5))
    assert not is_number("1")
    assert not is_number(True)
    assert not is_number(None)


FIFTH = date(2019, 3, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "2019-03-05", "2019-3-5", "2019.3.5", "2019/3/5", "2019年3月5日", "2019 年 3 月 5 日", "20190305", "２０１９－０３－０５",
        "2019．3．5", " 2019-03-05\u00a0", "2019-03-05 00:00:00", "2019/3/5 0:00", "2019-03-05T08:00:00", "2019年3月5号", "2019、3、5",
        "2019.03.05.", "'2019-03-05", 20190305, 20190305.0, 43529, 43529.0, "43529", 43529.75, FIFTH, datetime(2019, 3, 5, 23, 59), FormulaCell(FIFTH),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(cell: Cell) -> None:
    assert parse_day(cell) == FIFTH
    assert not is_month_only(cell)


@pytest.mark.parametrize(
    "cell", ["2019.3", "2019-03", "2019/3", "2019年3月", "201903", 201903, 2019.3, "2019年03月", "2019.03"]
)
def test_a_month_gives_its_first_day_and_says_so(cell: Cell) -> None:
    assert parse_day(cell) == date(2019, 3, 1)
    assert is_month_only(cell)


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "—", "/", "无", "\u3000"])
def test_nothing_written_is_no_day(cell: Cell) -> None:
    assert parse_day(cell) is None


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1990.2.30", "2 月没有 30 日。"),
        ("2019-02-29", "2 月没有 29 日。"),
        ("2019-13-01", "一年只有 12 个月，这里写的是 13 月。"),
        ("85.3.5", "年份请写 4 位，比如 1985-03-05。"),
        ("1850-01-01", "年份是 1850，不在 1900 到 2100 之间。请核对。"),
        (2019, "只写了年份。请补上月份，比如 2019-03，知道日子就写全。"),
        ("2019", "只写了年份。请补上月份，比如 2019-03，知道日子就写全。"),
        (2019.1, "表格软件会把 2019.10 存成 2019.1，分不清是 1 月还是 10 月。请写成 2019-01 或 2019-10。"),
        ("²²²²²²", "看不出是哪一天。请写成 2019-03-05 这样。"),
        ("三月五日", "看不出是哪一天。请写成 2019-03-05 这样。"),
        (True, "看不出是哪一天。请写成 2019-03-05 这样。"),
        (5, "看不出是哪一天。请写成 2019-03-05 这样。"),
        (1e30, "看不出是哪一天。请写成 2019-03-05 这样。"),
        (date(3000, 1, 1), "年份是 3000，不在 1900 到 2100 之间。请核对。"),
    ],
)
def test_a_day_that_cannot_be_read_says_what_is_wrong(cell: Cell, reason: str) -> None:
    with pytest.raises(BadDay) as bad:
        parse_day(cell)
    assert bad.value.reason == reason


DAYS = st.dates(date(1906, 1, 1), date(2100, 12, 31))


@given(
    DAYS,
    st.sampled_from(
        [
            "{0:%Y-%m-%d}",
            "{0:%Y}.{0.month}.{0.day}",
            "{0:%Y}年{0.month}月{0.day}日",
            "{0:%Y%m%d}",
            "{0:%Y}/{0.month}/{0.day}",
        ]
    ),
)
def test_every_day_survives_every_way_of_writing_it(day: date, way: str) -> None:
    assert parse_day(way.format(day)) == day


@given(DAYS)
def test_serial_numbers_count_as_the_spreadsheet_program_counts(day: date) -> None:
    assert parse_day((day - date(1899, 12, 30)).days) == day
    since_1904 = (day - date(1904, 1, 1)).days
    if since_1904 > 2100:
        assert parse_day(since_1904, epoch_1904=True) == day


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_the_day_after_the_last_is_always_refused(year: int, month: int) -> None:
    last = calendar.monthrange(year, month)[1]
    assert parse_day(f"{year}-{month}-{last}") == date(year, month, 1) + timedelta(days=last - 1)
    with pytest.raises(BadDay):
        parse_day(f"{year}-{month}-{last + 1}")


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers()))
def test_whatever_stands_in_a_cell_gives_a_day_nothing_or_a_reason(cell: Cell) -> None:
    day, reason = None, ""
    try:
        day = parse_day(cell)
    except BadDay as bad:
        reason = bad.reason
    assert day is None or 1900 <= day.year <= 2100
    assert reason == "" or reason.endswith("。")


def test_a_cell_made_to_keep_the_reader_busy_is_no_day() -> None:
    with pytest.raises(BadDay):
        parse_day("2019" + " " * 100_000 + "x")
    assert not is_month_only("2019" + " " * 100_000 + "x")
