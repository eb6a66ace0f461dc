"""What is true about unions' codes, levels and forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc
from stdnum.iso7064 import mod_37_36

from niangjia.kernel.chinese import Reason
from niangjia.registers.orgs import rules
from niangjia.registers.orgs.rules import Level, UnionForm, UnionKind, check_credit_code
from niangjia.registers.orgs.rules.union_codes import check_mark

MARKS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _code(answer: object) -> str | None:
    return answer.code if isinstance(answer, Reason) else None


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    head = draw(st.sampled_from(["81", "89"])) + "349921"
    body = draw(st.text(MARKS, min_size=8, max_size=8))
    first17 = head + body + rules.organisation_check_character(body)
    return first17 + rules.check_character(first17)


@pytest.mark.parametrize(
    "code",
    ["91350100M000100Y43", "9144030071526726XG", "81110105MC0123450P", "81340800123456788R", "89410400MC9A000182"],
)
def test_a_valid_credit_code_passes_both_checks(code: str) -> None:
    assert check_credit_code(code) == code
    assert check_credit_code(f" {code.lower()} ") == code


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("12100000400009127U", "uscc_check_digit"),
        ("8111010MC0123450P", "uscc_length"),
        ("81110105MCO123450P", "uscc_marks"),
        ("81A10105MC0123450P", "uscc_region"),
        ("81110105MC0123451P", "uscc_check_digit"),
    ],
)
def test_a_wrong_credit_code_says_what_is_wrong(code: str, fault: str) -> None:
    assert _code(check_credit_code(code)) == fault
    assert fault in rules.UNION_FAULTS


def test_a_right_outer_check_does_not_hide_a_wrong_organisation_code() -> None:
    first17 = "81110105MC0123451"
    code = first17 + rules.check_character(first17)
    assert uscc.is_valid(code)
    assert _code(check_credit_code(code)) == "uscc_check_digit"


@given(credit_codes(), st.integers(0, 17), st.sampled_from(MARKS))
def test_one_wrong_character_is_always_caught(code: str, place: int, mark: str) -> None:
    assert uscc.is_valid(code)
    assert check_credit_code(code) == code
    wrong = code[:place] + mark + code[place + 1 :]
    assert wrong == code or isinstance(check_credit_code(wrong), Reason)


@pytest.mark.parametrize(
    ("code", "level", "kind", "fault"),
    [
        ("81110105MC0123450P", Level.BASE, UnionKind.BASE, None),
        ("89410400MC9A000182", Level.TOWN, UnionKind.TERRITORIAL, None),
        ("89410400MC9A000182", Level.COUNTY, UnionKind.FEDERATION, None),
        ("91350100M000100Y43", Level.BASE, UnionKind.BASE, "uscc_registrar"),
        ("81110105MC0123450P", Level.COUNTY, UnionKind.TERRITORIAL, "uscc_registrar"),
        ("81110105MC0123450P", Level.COUNTY, UnionKind.INDUSTRY, None),
        ("81110105MC0123450P", Level.BRANCH, UnionKind.BRANCH, "uscc_not_for_branch"),
        ("81110105MC0123450", Level.BASE, UnionKind.BASE, "uscc_length"),
    ],
)
def test_the_registrar_follows_level_and_kind(code: str, level: Level, kind: UnionKind, fault: str | None) -> None:
    assert _code(rules.uscc_fault(code, level=level, kind=kind)) == fault


def test_a_county_union_is_coded_by_the_posts_office() -> None:
    first17 = "123499215757" + "0000" + rules.organisation_check_character("57570000")
    code = first17 + rules.check_character(first17)
    assert rules.uscc_fault(code, level=Level.COUNTY, kind=UnionKind.TERRITORIAL) is None


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=20))
def test_our_check_character_is_iso_7064(text: str) -> None:
    assert check_mark(text) == mod_37_36.calc_check_digit(text)


def test_union_codes_follow_each_other_in_a_region() -> None:
    first = rules.next_union_code("349921", last_code=None)
    second = rules.next_union_code("349921", last_code=first)
    assert (rules.serial_of(first), rules.serial_of(second)) == (1, 2)
    assert rules.serial_of(second[:-1] + "?") is None
    assert rules.serial_of("other-system-7") is None
    assert rules.check_union_code(f" {first} ") == first


@pytest.mark.parametrize(
    ("text", "fault"), [("", "code_missing"), ("工会一", "code_invalid"), ("x" * 33, "code_invalid")]
)
def test_a_code_has_a_form(text: str, fault: str) -> None:
    assert _code(rules.check_union_code(text)) == fault


def test_a_serial_beyond_the_last_is_refused() -> None:
    with pytest.raises(ValueError, match="349921"):
        rules.union_code("349921", 100_000)


@pytest.mark.parametrize(
    ("child", "parent", "may"),
    [
        (Level.BASE, Level.COUNTY, True),
        (Level.BASE, Level.BASE, True),
        (Level.VILLAGE, Level.VILLAGE, True),
        (Level.BRANCH, Level.BASE, True),
        (Level.GROUP, Level.BRANCH, True),
        (Level.COUNTY, Level.TOWN, False),
        (Level.COUNTY, Level.COUNTY, False),
        (Level.BRANCH, Level.TOWN, False),
        (Level.BASE, Level.BRANCH, False),
        (Level.GROUP, Level.GROUP, False),
    ],
)
def test_levels_stand_under_higher_ones(child: Level, parent: Level, may: bool) -> None:
    assert rules.may_stand_under(child, parent) is may
    assert (rules.standing_fault(child, parent) is None) is may


def test_the_level_column_is_read_in_chinese_and_english() -> None:
    assert rules.read_level("乡镇", parent=Level.COUNTY) == (Level.TOWN, UnionKind.TERRITORIAL)
    assert rules.read_level("base", parent=None) == (Level.BASE, UnionKind.BASE)
    assert rules.read_level("行业工会联合会", parent=Level.COUNTY) == (Level.TOWN, UnionKind.FEDERATION)
    assert rules.read_level("federation", parent=Level.VILLAGE) == (Level.VILLAGE, UnionKind.FEDERATION)
    assert _code(rules.read_level("火星级", parent=Level.COUNTY)) == "level_unknown"


def test_twenty_five_members_need_a_committee() -> None:
    assert rules.committee_forms(25) == {UnionForm.COMMITTEE}
    assert rules.committee_forms(24) == {UnionForm.COMMITTEE, UnionForm.JOINT_COMMITTEE, UnionForm.ORGANISER}
