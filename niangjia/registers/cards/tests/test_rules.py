"""What is true about numbers, codes and verdicts, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.registers.cards.rules.bank import why_no_bank_card
from niangjia.registers.cards.rules.checking import (
    CardFacts,
    CheckPurpose,
    Verdict,
    decided,
    name_told,
    stands,
    surname_only,
)
from niangjia.registers.cards.rules.numbers import FIRST_DRAWN, PAST_DRAWN, card_number, grouped, read_number
from niangjia.registers.cards.rules.states import (
    FREEZE,
    MOVES,
    REPLACE,
    UNFREEZE,
    CardMove,
    CardState,
    HeldBy,
    why_not_moved,
)
from niangjia.registers.cards.rules.tokens import (
    CLOCKS_APART_S,
    GRACE_S,
    WINDOW_S,
    Code,
    Kind,
    drawn_key,
    is_in_time,
    is_signed,
    printed_code,
    read_code,
    shown_code,
    window_at,
)
from niangjia.registers.cards.rules.typed import digits_of, meant_by_typed, read_typed

# RFC 8032, section 7.1, the first test: a secret and its public key.
SECRET = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
NUMBER = card_number(12_345_678_901)
AT = datetime(2026, 11, 20, 2, 0, 30, tzinfo=UTC)
DRAWN = st.integers(FIRST_DRAWN, PAST_DRAWN - 1)


def a_code(at: datetime = AT, number: str = NUMBER, nonce: bytes = b"123456") -> str:
    return shown_code(number, window=window_at(at), nonce=nonce, key=1, secret=SECRET)


def the_code(text: str) -> Code:
    found = read_code(text)
    assert found is not None
    return found


@given(DRAWN, st.integers(0, 11), st.integers(1, 9))
def test_every_number_is_read_back_and_every_single_wrong_digit_is_found(drawn: int, place: int, more: int) -> None:
    number = card_number(drawn)
    assert read_number(grouped(number)) == number
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert read_number(wrong) is None


@pytest.mark.parametrize("written", ["", "12345", "abcdefghijkl", "１２３４５６７８９０１２", NUMBER + "1", "0" * 12])
def test_what_is_no_number_is_none(written: str) -> None:
    assert read_number(written) is None


def test_the_public_key_is_that_of_the_standard() -> None:
    assert drawn_key(SECRET) == PUBLIC


@given(DRAWN, st.binary(min_size=6, max_size=6))
def test_a_code_says_card_and_minute_and_is_signed(drawn: int, nonce: bytes) -> None:
    number = card_number(drawn)
    code = the_code(a_code(number=number, nonce=nonce))
    assert (code.kind, code.number, code.turn, code.key) == (Kind.SHOWN, number, window_at(AT), 1)
    assert is_signed(code, keys={1: PUBLIC})
    assert not is_signed(code, keys={2: PUBLIC})
    assert not is_signed(code, keys={1: drawn_key(bytes(32))})


@given(st.integers(0, 20), st.integers(1, 255))
def test_whatever_is_changed_in_a_code_its_signature_does_not_hold(place: int, other: int) -> None:
    code = the_code(a_code())
    body = bytearray(code.body)
    body[place] ^= other
    assert not is_signed(Code(code.kind, 1, code.number, code.turn, bytes(body), code.signature), keys={1: PUBLIC})


def test_a_code_is_read_alone_and_behind_the_address_of_the_page() -> None:
    text = a_code()
    assert read_code(f"  {text}\n") == read_code(f"https://anhe.example/cards/check/#{text}") == the_code(text)


@given(st.text(max_size=200))
def test_whatever_is_written_is_a_code_or_none_and_never_a_fault(text: str) -> None:
    read_code(text)
    read_code("NJC" + text)
    read_typed(text)
    read_number(text)


@pytest.mark.parametrize(
    ("after_s", "counts"),
    [(-31, False), (-30, True), (0, True), (WINDOW_S - 31, True), (29 + GRACE_S, True), (30 + GRACE_S, False)],
)
def test_a_code_counts_in_its_minute_and_a_little_after(after_s: int, counts: bool) -> None:
    assert is_in_time(the_code(a_code()), at=AT + timedelta(seconds=after_s)) is counts


def test_the_clock_of_a_checker_without_a_line_may_be_a_little_off() -> None:
    code, early = the_code(a_code()), AT - timedelta(seconds=30 + CLOCKS_APART_S)
    assert is_in_time(code, at=early, apart_s=CLOCKS_APART_S)
    assert not is_in_time(code, at=early - timedelta(seconds=1), apart_s=CLOCKS_APART_S)


def test_a_printed_code_counts_at_any_time_and_says_which_print_it_is() -> None:
    code = the_code(printed_code(NUMBER, print_no=2, key=1, secret=SECRET))
    assert (code.kind, code.turn, is_signed(code, keys={1: PUBLIC})) == (Kind.PRINTED, 2, True)
    assert is_in_time(code, at=AT + timedelta(days=900))


def test_six_digits_are_those_of_the_standard_and_change_each_minute() -> None:
    key = b"12345678901234567890"
    assert len({digits_of(key, window=window) for window in range(50)}) > 45
    digits = digits_of(key, window=window_at(AT))
    meant = meant_by_typed(NUMBER, digits, key=key, at=AT)
    assert meant == Code(Kind.TYPED, 0, NUMBER, window_at(AT))
    assert meant_by_typed(NUMBER, digits, key=key, at=AT + timedelta(seconds=44)) == meant
    assert meant_by_typed(NUMBER, digits, key=key, at=AT + timedelta(seconds=46)) is None
    assert read_typed(f"{grouped(NUMBER)} {digits}") == (NUMBER, digits)


CASES = [
    ("in_use", 0, True, Verdict.VALID),
    ("frozen", 0, True, Verdict.FROZEN),
    ("lost", 0, True, Verdict.LOST),
    ("in_use", 0, False, Verdict.ENDED),
    ("frozen", 0, False, Verdict.FROZEN),
]


@pytest.mark.parametrize(("state", "print_no", "is_member", "verdict"), CASES)
def test_verdicts_of_a_code_of_this_minute(state: str, print_no: int, is_member: bool, verdict: Verdict) -> None:
    facts = CardFacts(state, AT - timedelta(days=1), print_no, is_member)
    assert decided(the_code(a_code()), facts, at=AT) is stands(facts) is verdict


def test_a_code_past_its_minute_tells_nothing_of_the_card() -> None:
    frozen = CardFacts("frozen", AT, 0, is_member=True)
    assert decided(the_code(a_code()), frozen, at=AT + timedelta(hours=1)) is Verdict.OVER
    assert decided(None, None, at=AT) is decided(the_code(a_code()), None, at=AT) is Verdict.UNKNOWN


@pytest.mark.parametrize(("print_no", "verdict"), [(1, Verdict.UNKNOWN), (2, Verdict.VALID), (3, Verdict.LOST)])
def test_only_the_last_print_counts(print_no: int, verdict: Verdict) -> None:
    code = the_code(printed_code(NUMBER, print_no=2, key=1, secret=SECRET))
    assert decided(code, CardFacts("in_use", AT, print_no, is_member=True), at=AT) is verdict


def test_a_card_frozen_after_a_check_without_a_line_was_good_then() -> None:
    code = the_code(a_code())
    before, after = (CardFacts("frozen", AT + timedelta(minutes=shift), 0, is_member=True) for shift in (-1, 1))
    assert decided(code, before, at=AT, is_far=True) is Verdict.FROZEN
    assert decided(code, after, at=AT, is_far=True) is Verdict.VALID


@pytest.mark.parametrize("purpose", list(CheckPurpose))
def test_a_name_is_told_where_a_purpose_needs_one_and_then_the_surname_alone(purpose: CheckPurpose) -> None:
    told = name_told("陈桂兰", purpose=purpose, verdict=Verdict.VALID)
    assert told == ("" if purpose in (CheckPurpose.TILL, CheckPurpose.VENUE) else "陈**")
    assert not any(name_told("陈桂兰", purpose=purpose, verdict=each) for each in Verdict if each is not Verdict.VALID)
    assert surname_only("李") == "李*"


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", [state.value for state in CardState])
@pytest.mark.parametrize("held_by", [held.value for held in HeldBy])
@pytest.mark.parametrize("by_herself", [True, False])
def test_every_state_and_every_move(move: CardMove, state: str, held_by: str, by_herself: bool) -> None:
    assert move in (FREEZE, UNFREEZE, REPLACE)
    possible = {FREEZE: ["in_use"], UNFREEZE: ["frozen"], REPLACE: ["in_use", "frozen"]}[move]
    reason = why_not_moved(move, state=state, held_by=held_by, by_herself=by_herself, reason="来电说丢了")
    if state not in possible:
        assert reason is not None
        assert reason.code == "card_moved_already"
    elif by_herself and held_by == "union":
        assert reason is not None
        assert reason.code == "card_held_by_union"
    else:
        assert reason is None


def test_the_union_says_why() -> None:
    for move in (FREEZE, REPLACE):
        reason = why_not_moved(move, state="in_use", held_by="nobody", by_herself=False, reason="  ")
        assert reason is not None
        assert reason.code == "reason_missing"
    assert why_not_moved(UNFREEZE, state="frozen", held_by="union", by_herself=False, reason="") is None


@pytest.mark.parametrize(
    ("number", "code"),
    [("6222021234567890128", None), ("6222021234567890127", "bank_card_digit"), ("12", "bank_card_length"), ("ab", "bank_card_length")],
)  # fmt: skip
def test_a_bank_card_has_its_check_digit(number: str, code: str | None) -> None:
    reason = why_no_bank_card(number)
    assert (reason.code if reason else None) == code
