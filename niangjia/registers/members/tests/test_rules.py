"""What is true about members' papers, names and columns."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.config.tests.cheap import seconds_each
from niangjia.kernel.chinese import Reason
from niangjia.registers.members import rules
from niangjia.registers.members.rules import IdKind, IdNumber, Sex, check_id_number

TODAY = date(2026, 11, 20)
GOOD = "11010519491231002X"


def _code(answer: object) -> str | None:
    return answer.code if isinstance(answer, Reason) else None


birthdays = st.dates(date(1900, 1, 1), date(2025, 12, 31))


@st.composite
def numbers(draw: st.DrawFn) -> str:
    first17 = f"349921{draw(birthdays):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first17 + rules.check_digit(first17)


@pytest.mark.parametrize(
    ("number", "birth_on", "sex"),
    [(GOOD, date(1949, 12, 31), Sex.FEMALE), ("440524188001010014", date(1880, 1, 1), Sex.MALE)],
)
def test_a_number_tells_birth_and_sex(number: str, birth_on: date, sex: Sex) -> None:
    assert check_id_number(number) == IdNumber(number, birth_on, sex, False)


@pytest.mark.parametrize(
    "written",
    ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ", "'11010519491231002X"],
)
def test_spellings_of_the_same_number_are_forgiven(written: str) -> None:
    read = check_id_number(written)
    assert isinstance(read, IdNumber)
    assert read.number == GOOD


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        ("11010519491231002", "id_length", "现在是 17 位，身份证号有 18 位，还差 1 位。最后一位可能是字母 X。"),
        ("1101051949123100", "id_length", "还差 2 位"),
        ("11010519491231002X1", "id_length", "多了 1 位"),
        ("110105194912310021", "id_check_digit", "抄错"),
        ("11010519491331002X", "id_date", "1949年13月31日"),
        ("99010519491231002X", "id_region", "99"),
        ("1101051949123100XX", "id_length", "字母 X"),
        ("11010519O91231002X", "id_length", "「O」"),
        ("", "id_length", "还差 18 位"),
    ],
)
def test_a_wrong_number_says_what_and_what_next(number: str, code: str, words: str) -> None:
    answer = check_id_number(number)
    assert _code(answer) == code
    assert words in str(answer)


def test_fifteen_digits_become_eighteen() -> None:
    assert check_id_number("110105491231002") == IdNumber(GOOD, date(1949, 12, 31), Sex.FEMALE, True)


@given(numbers())
def test_every_built_number_is_accepted_and_converts_back(number: str) -> None:
    read = check_id_number(number)
    assert isinstance(read, IdNumber)
    assert read.number == number
    if number[6:8] == "19":
        old = check_id_number(number[:6] + number[8:17])
        assert isinstance(old, IdNumber)
        assert (old.number, old.converted_from_15) == (number, True)


@given(numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_caught(number: str, place: int, step: int) -> None:
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert isinstance(check_id_number(wrong), Reason)


@given(numbers(), st.integers(0, 15))
def test_two_swapped_neighbours_are_always_caught(number: str, place: int) -> None:
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert wrong == number or isinstance(check_id_number(wrong), Reason)


@given(st.text(max_size=25))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert isinstance(check_id_number(text), IdNumber | Reason)
    for kind in IdKind:
        assert isinstance(rules.check_paper_number(kind, text), IdNumber | Reason | str)
    assert isinstance(rules.check_name(text), str | Reason)
    assert isinstance(rules.check_mobile(text), str | Reason)


def test_a_number_is_cheap_enough_for_a_million_rows() -> None:
    assert seconds_each(lambda: check_id_number(GOOD)) < 4e-6


def test_sixteen_is_judged_on_the_day() -> None:
    born = date(2010, 11, 20)
    assert rules.age_fault(born, on=TODAY) is None
    assert _code(rules.age_fault(born, on=date(2026, 11, 19))) == "under_16"
    assert _code(rules.age_fault(date(2027, 1, 1), on=TODAY)) == "birth_invalid"


def test_sex_and_birth_beside_a_number_must_agree_with_it() -> None:
    read = check_id_number(GOOD)
    assert isinstance(read, IdNumber)
    assert rules.contradictions(read, sex="female", birth_on=date(1949, 12, 31)) == []
    assert rules.contradictions(read, sex=None, birth_on=None) == []
    found = rules.contradictions(read, sex="male", birth_on=date(1949, 12, 30))
    assert [reason.code for reason in found] == ["sex_contradicts_id", "birth_contradicts_id"]
    assert "性别写的是男，身份证号里是女" in str(found[0])


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        (IdKind.HKMT_RESIDENCE, GOOD, "id_invalid"),
        (IdKind.PERMANENT_RESIDENCE, "USA110000010101", None),
        (IdKind.PERMANENT_RESIDENCE, "US1100000101", "id_invalid"),
        (IdKind.PASSPORT, "e 12345678", None),
        (IdKind.PASSPORT, "护照", "id_invalid"),
        (IdKind.HKM_PERMIT, "H12345678", None),
        (IdKind.HKM_PERMIT, "H1234567801", None),
        (IdKind.HKM_PERMIT, "X12345678", "id_invalid"),
        (IdKind.TW_PERMIT, "12345678", None),
        (IdKind.TW_PERMIT, "1234567890(B)", None),
        (IdKind.OTHER, "军字第1234567号", None),
        (IdKind.ID_CARD, "123", "id_length"),
    ],
)
def test_other_papers_have_their_own_shapes(kind: IdKind, number: str, code: str | None) -> None:
    assert _code(rules.check_paper_number(kind, number)) == code


def test_residence_permits_are_known_by_their_head() -> None:
    first17 = "81000019900101001"
    number = first17 + rules.check_digit(first17)
    read = rules.check_paper_number(IdKind.HKMT_RESIDENCE, number)
    assert isinstance(read, IdNumber)
    assert rules.kind_of_number(read) is IdKind.HKMT_RESIDENCE
    new_permanent = "91122019900101001"
    assert rules.check_paper_number(IdKind.PERMANENT_RESIDENCE, new_permanent + rules.check_digit(new_permanent))
    assert rules.looks_like_other_paper(" e12345678")
    assert not rules.looks_like_other_paper(GOOD)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("王小明", "王小明"),
        (" 王　明 ", "王明"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("𠮷田", "𠮷田"),
        ("Anna  Maria Li", "Anna Maria Li"),
        ("Ｏ’Brien", "O’Brien"),
    ],
)
def test_a_name_is_tidied(written: str, kept: str) -> None:
    assert rules.check_name(written) == kept


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "name_missing"),
        ("　", "name_missing"),
        ("王", "name_invalid"),
        ("王小明1", "name_invalid"),
        ("王明（临时）", "name_invalid"),
        ("王" * 31, "name_invalid"),
        ("=1+1", "name_invalid"),
    ],
)
def test_what_is_no_name_is_refused(written: str, code: str) -> None:
    assert _code(rules.check_name(written)) == code


@pytest.mark.parametrize(
    "written",
    ["13812345678", "138-1234-5678", "138 1234 5678", "+86 13812345678", "８６13812345678", "008613812345678"],
)
def test_a_mobile_is_tidied(written: str) -> None:
    assert rules.check_mobile(written) == "13812345678"


@pytest.mark.parametrize(
    "written", ["1381234567", "12812345678", "0551-62812345", "13812345678/13912345678", "张三", ""]
)
def test_what_is_no_mobile_is_refused(written: str) -> None:
    assert _code(rules.check_mobile(written)) == "phone_invalid"


def test_coded_columns_know_what_rosters_write() -> None:
    assert rules.SEXES.code_of(" 女 ") == "female"
    assert rules.ETHNICITIES.code_of("汉") == rules.ETHNICITIES.code_of("汉族") == "01"
    assert rules.ETHNICITIES.code_of("基诺族") == "56"
    assert rules.POLITICAL_STATUSES.code_of("党员") == "01"
    assert rules.EDUCATIONS.code_of("大专") == "30"
    assert rules.HOUSEHOLD_REGISTRATIONS.code_of("非农") == "non_agricultural"
    assert rules.OCCUPATION_GROUPS.code_of("外卖骑手") == "food_delivery"
    assert rules.SKILL_GRADES.code_of("高级技师") == "1"
    assert rules.EMPLOYMENT_STATUSES.code_of("躺平") is None


def test_a_state_holds_counts_or_has_ended() -> None:
    waiting = {rules.MembershipState.APPLICANT, rules.MembershipState.REJECTED}
    assert set(rules.MembershipState) == rules.HOLDING_STATES | rules.ENDED_STATES | waiting
    assert {rules.MembershipState.RETAINED} == rules.HOLDING_STATES - rules.FULL_STATES
    assert set(rules.MEMBERSHIP_STATES.titles) == set(rules.MembershipState)


def test_faults_and_warnings_are_explained_and_apart() -> None:
    assert not set(rules.ROSTER_FAULTS) & set(rules.ROSTER_WARNINGS)
    for text in (*rules.ROSTER_FAULTS.values(), *rules.ROSTER_WARNINGS.values()):
        assert text.title
        assert text.remedy.endswith("。")
