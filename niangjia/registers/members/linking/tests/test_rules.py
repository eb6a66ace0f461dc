"""Whether two records are of one person: worked cases, and what holds for all records."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.registers.members.linking.rules.clusters import gather
from niangjia.registers.members.linking.rules.deciding import EXCLUSIONS, SENTENCES, Verdict, decide
from niangjia.registers.members.linking.rules.levels import COMPARISONS, UNKNOWN, likeness, one_slip
from niangjia.registers.members.linking.rules.records import Record, read_day, read_id, read_record
from niangjia.registers.members.linking.rules.shares import name_share, phone_share, unit_share
from niangjia.registers.members.linking.rules.variants import USUAL, usual_name
from niangjia.registers.members.linking.weights import shipped_weights
from niangjia.registers.members.rules import IdNumber, check_digit, check_id_number

RECORDS = 1_000_000
_FIRST17 = "34992119850312014"
NUMBER = _FIRST17 + check_digit(_FIRST17)
TWIN = "34992119850312016" + check_digit("34992119850312016")
WANG = {
    "name": "王晓明",
    "id_number": NUMBER,
    "phone": "13800001111",
    "sex": "女",
    "birth_on": "1985-03-12",
    "unit": "柳林镇纺织厂工会",
}


def judged(one: dict[str, str], two: dict[str, str]) -> Verdict:
    alike = likeness(read_record(one), read_record(two))
    return decide(alike, shipped_weights(), records=RECORDS)


def but(**changed: str) -> dict[str, str]:
    """The same woman's record with something else in it."""
    return WANG | changed


def slipped(number: str) -> str:
    """A number with one digit mistyped."""
    return number[:10] + str((int(number[10]) + 1) % 10) + number[11:]


@pytest.mark.parametrize(
    "again",
    [
        but(),
        but(name="王曉明", phone="", unit=""),
        but(name="王小明", phone="13900002222"),
        but(name="王晓萌", phone="", unit="别的厂"),
        but(id_number=slipped(NUMBER), phone="", birth_on="", unit=""),
        but(id_number=NUMBER[:4] + NUMBER[5] + NUMBER[4] + NUMBER[6:], phone=""),
        but(id_number=NUMBER[:6] + NUMBER[8:17], phone="13900002222"),
        but(id_number=NUMBER[:15] + "000", birth_on="", phone=""),
        but(id_number="", birth_on="1985年3月12日", phone="+86 138-0000-1111"),
        but(id_number="", birth_on="", unit=""),
        but(id_number=f" {NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]} ", name="王　晓明"),
        but(name="Wang Xiaoming", phone="", unit=""),
    ],
)
def test_one_person_written_differently_is_linked(again: dict[str, str]) -> None:
    verdict = judged(WANG, again)
    assert verdict.linked, verdict


@pytest.mark.parametrize(
    ("other", "excluded"),
    [
        (but(name="王晓亮", id_number=TWIN), "two_papers"),
        (but(id_number=TWIN), "two_papers"),
        (but(name="王建国", sex="男", id_number="", birth_on="1958-07-01"), "sex_differs"),
        (but(name="王晓明", sex="", id_number="", birth_on="1958-07-01"), "birth_differs"),
        (but(name="王晓亮", id_number="", birth_on="1985-03-12"), "name_like_kin"),
        (but(name="李丽", sex="", id_number="", birth_on=""), "name_differs"),
        (but(id_number="", birth_on="", phone="13900002222"), "nothing_firm"),
        (but(name="", id_number="", birth_on="1985-03-12"), "name_unknown"),
    ],
)
def test_kin_twins_and_namesakes_stay_two_and_it_is_said_why(other: dict[str, str], excluded: str) -> None:
    verdict = judged(WANG, other)
    assert not verdict.linked
    assert verdict.excluded == excluded


def test_twins_of_whom_one_number_is_missing_stay_two() -> None:
    assert not judged(but(name="王晓亮", id_number=""), WANG).linked


def test_one_number_under_two_unlike_names_is_not_enough() -> None:
    assert not judged(WANG, but(name="赵铁柱", phone="13900002222", unit="")).linked


def test_fillers_are_no_numbers() -> None:
    for text in ("", "无", "000000000000000000", "111111111111111111", "4.10105E+17", "410105000000000000", "1234"):
        assert read_id(text).number is None, text


def test_every_reason_and_every_exclusion_has_its_sentence() -> None:
    codes = {f"{each.field}.{level.code}" for each in COMPARISONS for level in each.levels if level.code != UNKNOWN}
    assert set(SENTENCES) == codes
    assert all(EXCLUSIONS.values())
    assert {(each.field, level.code) for each in COMPARISONS for level in each.levels if level.code != UNKNOWN} == {
        (field, code) for field, codes_of in shipped_weights().items() for code in codes_of
    }


def test_what_is_shared_by_many_tells_less() -> None:
    assert name_share(2, records=RECORDS) < name_share(200, records=RECORDS) < name_share(5_000, records=RECORDS)
    assert unit_share(1, records=RECORDS) < unit_share(RECORDS, records=RECORDS)
    assert [phone_share(many) for many in (1, 5, 500)] == [0, 1, None]


def test_days_are_read_as_rosters_have_them() -> None:
    assert {read_day(text) for text in ("1985-03-12", "1985/3/12", "19850312", "1985年3月12日")} == {date(1985, 3, 12)}
    assert read_day("1985-13-40") is None


def test_variants_lead_to_one_usual_character() -> None:
    assert not set(USUAL) & set(USUAL.values())
    assert usual_name("劉國傑") == "刘国杰"


def test_links_gather_records_but_never_two_proven_papers() -> None:
    links = [(0, 1, 7, None), (1, 2, None, 8), (3, 4, None, None), (4, 5, None, 9)]
    assert gather(links) == {0: 0, 1: 0, 2: 2, 3: 3, 4: 3, 5: 3}


digits17 = st.builds(
    lambda head, day, tail: f"{head}{day:%Y%m%d}{tail:03d}",
    st.sampled_from(["410105", "330106", "510104"]),
    st.dates(date(1950, 1, 1), date(2008, 12, 31)),
    st.integers(0, 999),
)
numbers = digits17.map(lambda first17: first17 + check_digit(first17))
names = st.text(st.sampled_from("王李欧阳晓小明萌國国芳"), min_size=0, max_size=4)
written = st.fixed_dictionaries(
    {
        "name": names,
        "id_number": st.one_of(
            st.just(""), numbers, numbers.map(slipped), numbers.map(lambda n: n[:6] + n[8:17]), st.text(max_size=19)
        ),
        "phone": st.sampled_from(["", "13800001111", "13800002222", "021-5555"]),
        "sex": st.sampled_from(["", "男", "女", "F", "不详"]),
        "birth_on": st.sampled_from(["", "1985-03-12", "1985/12/3", "19580701", "不详"]),
        "unit": st.sampled_from(["", "一厂", "二厂"]),
    }
)


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_a_single_slip_never_gives_another_number_that_passes(number: str, at: int, mark: str) -> None:
    wrong = number[:at] + mark + number[at + 1 :]
    assert wrong == number or not isinstance(check_id_number(wrong), IdNumber)


@given(numbers, st.integers(0, 16))
def test_nor_do_two_neighbours_exchanged(number: str, at: int) -> None:
    wrong = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert wrong == number or not isinstance(check_id_number(wrong), IdNumber)
    assert one_slip(number, wrong)
    assert one_slip(wrong, number)


@given(written, written)
def test_the_verdict_does_not_ask_which_record_came_first(one: dict[str, str], two: dict[str, str]) -> None:
    left, right = read_record(one), read_record(two)
    assert likeness(left, right) == likeness(right, left)


@given(written)
def test_a_record_is_never_ruled_out_against_itself(one: dict[str, str]) -> None:
    verdict = judged(one, one)
    assert verdict.excluded in {None, "nothing_firm", "name_unknown", "name_like_kin"}


@given(st.permutations(range(6)))
def test_links_of_one_person_give_one_group_whatever_their_order(order: list[int]) -> None:
    chain = [(at, at + 1, None, None) for at in range(6)]
    assert set(gather([chain[at] for at in order]).values()) == {0}


def test_an_empty_record_tells_nothing() -> None:
    assert read_record({}) == Record()
