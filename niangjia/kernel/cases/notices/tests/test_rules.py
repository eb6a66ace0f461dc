"""Public notices without a database: how little they show, how long they hang, who answers."""

import re
from datetime import date
from typing import Any

import pytest

from niangjia.kernel.cases.notices.rules import (
    MASKED,
    NUMBER,
    NoticeState,
    Shown,
    digits_in,
    in_fours,
    is_public,
    receipt_of,
    shown_of,
    state_of,
    why_not_answer,
    why_not_clear,
    why_not_object,
    why_not_publish,
    why_not_shown_at,
)
from niangjia.kernel.cases.notices.tests.hanging import AID, PRIZE

ON = date(2026, 11, 20)


def code(reason: Any) -> str:
    return reason.code if reason else ""


def shown(**more: Any) -> Shown:
    return Shown(**{"name": "陈*兰", "category": "study", "union": "鸿远纺织工会"} | more)


@pytest.mark.parametrize(
    ("name", "masked"), [("陈桂兰", "陈*兰"), ("李梅", "李*"), ("欧阳娜娜", "欧**娜"), ("买买提·艾力", "买****力"), ("丽", "*"), ("", "*")]
)  # fmt: skip
def test_no_name_is_told_whole(name: str, masked: str) -> None:
    told = shown_of(name, "study", union="x", town="", amount_fen=None)
    assert told.name == masked
    assert re.search(MASKED, told.name)


@pytest.mark.parametrize(
    "words",
    ["349921198003153021", "13812342206", "138 1234 2206", "138-1234-2206", "１３８１２３４２２０６", "6222 0000 0000 0000 771", "电话8661234", "34992119800315302X", "(0571)8765432"],
)  # fmt: skip
def test_a_number_as_long_as_a_telephone_s_hangs_nowhere(words: str) -> None:
    assert re.search(NUMBER, words)
    assert code(why_not_publish(AID, shown(union=f"鸿远{words}工会"))) == "number_told"
    assert code(why_not_publish(AID, shown(town=words))) == "number_told"
    assert code(why_not_publish(AID, shown(name=f"{words}*"))) == "name_not_masked"


@pytest.mark.parametrize("words", ["2026年第12车间", "3507厂工会", "第 349921 号", ""])
def test_short_numbers_are_part_of_names(words: str) -> None:
    assert why_not_publish(AID, shown(town=words)) is None


def test_only_what_the_kind_allows_is_told() -> None:
    assert code(why_not_publish(AID, shown(category="肺癌"))) == "category_unknown"
    assert code(why_not_publish(AID, shown(amount_fen=1))) == "amount_not_told"
    assert why_not_publish(PRIZE, shown(category="model", amount_fen=1)) is None
    assert code(why_not_publish(AID, shown(union=""))) == "union_missing"
    assert code(why_not_publish(AID, shown(name="陈桂兰"))) == "name_not_masked"


def test_it_hangs_where_the_case_is_above_and_below_and_nowhere_else() -> None:
    assert why_not_shown_at("1.2.3.", ["1.2.3.", "1.2.", "1.2.3.9."]) is None
    assert code(why_not_shown_at("1.2.3.", ["1.2.4."])) == "place_elsewhere"


def test_it_hangs_from_the_first_day_to_the_end_of_the_last() -> None:
    days = [date(2026, 11, day) for day in (18, 19, 20, 21)]
    assert [is_public(begins_on=days[1], ends_on=days[2], on=on) for on in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("ends", "still", "upheld", "state"),
    [(20, 0, 0, "running"), (20, 3, 0, "running"), (19, 1, 0, "waiting"), (19, 0, 0, "clear"), (19, 0, 1, "stopped"), (25, 0, 1, "stopped")],
)  # fmt: skip
def test_how_a_notice_stands(ends: int, still: int, upheld: int, state: str) -> None:
    assert state_of(ends_on=date(2026, 11, ends), open_objections=still, upheld=upheld, on=ON) == state


def test_a_case_goes_on_when_every_notice_is_over_and_there_was_one() -> None:
    states = NoticeState
    assert why_not_clear([states.CLEAR, states.CLEAR]) is None
    assert code(why_not_clear([])) == "no_notice"
    assert code(why_not_clear([states.CLEAR, states.RUNNING])) == "notice_running"
    assert code(why_not_clear([states.WAITING, states.CLEAR])) == "notice_waiting"
    assert code(why_not_clear([states.RUNNING, states.STOPPED])) == "notice_stopped"


def test_anybody_objects_while_it_hangs_a_few_times() -> None:
    few = {"here": 0, "own": 0, "on_notice": 0}
    assert why_not_object("有房", is_hanging=True, **few) is None
    assert code(why_not_object("有房", is_hanging=False, **few)) == "notice_over"
    assert code(why_not_object("  ", is_hanging=True, **few)) == "says_nothing"
    assert code(why_not_object("x" * 2001, is_hanging=True, **few)) == "too_long"
    for counted in ({"here": 5}, {"own": 5}, {"on_notice": 200}):
        assert code(why_not_object("有房", is_hanging=True, **few | counted)) == "enough"


def test_another_answers_and_says_why() -> None:
    assert why_not_answer("open", "查过了", answers=3, made_by=[1, 2, None]) is None
    assert code(why_not_answer("open", "查过了", answers=1, made_by=[1, 2])) == "same_person"
    assert code(why_not_answer("open", "查过了", answers=None, made_by=[None])) == "same_person"
    assert code(why_not_answer("open", " ", answers=3, made_by=[1])) == "answer_missing"
    assert code(why_not_answer("upheld", "查过了", answers=3, made_by=[1])) == "answered_already"


def test_a_receipt_has_sixteen_digits_however_it_is_written() -> None:
    receipt = receipt_of(bytes(range(16)))
    assert re.fullmatch(r"\d{16}", receipt)
    assert (
        digits_in(in_fours(receipt))
        == digits_in(receipt.translate(str.maketrans("0123456789", "０１２３４５６７８９")))
        == receipt
    )
    assert digits_in("1234") == digits_in("没有") == ""
