"""Forms without a database: what is asked when, what is missing, and how two people's changes meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from niangjia.kernel.cases.drafts.rules import (
    ALWAYS,
    NEVER,
    All,
    Answer,
    AnyOf,
    AtLeast,
    AtMost,
    Conflict,
    Field,
    FieldKind,
    FormSheet,
    Given,
    Is,
    Keep,
    Not,
    OneOf,
    answered,
    faults,
    holds,
    merge,
    plain,
    prefilled,
    settle,
    shown_fields,
    speaks_of,
)
from niangjia.kernel.cases.drafts.tests.sheets import ASK, SHEET

ANSWERS = some.dictionaries(
    some.sampled_from("abcd"), some.one_of(some.none(), some.booleans(), some.integers(0, 2), some.sampled_from(["", "x", "y"]))
)  # fmt: skip


def names(answers: dict[str, Answer]) -> list[str]:
    return [field.name for field in shown_fields(SHEET, answers)]


def test_a_field_is_asked_only_where_what_stands_before_it_was_answered_so() -> None:
    assert names({}) == ["topic", "phone", "words", "papers"]
    assert names({"topic": "wages"})[1:3] == ["owed", "months"]
    assert names({"topic": "dismissed", "said_why": True})[1:4] == ["dismissed_on", "said_why", "why"]


def test_what_a_hidden_field_was_told_before_counts_no_more() -> None:
    changed_her_mind = {"topic": "wages", "said_why": True, "why": "没说清", "owed": 100}
    assert "why" not in answered(SHEET, changed_her_mind)
    assert set(faults(SHEET, {"topic": "wages", "owed": 100})) == set()
    assert faults(SHEET, {"topic": "wages", "owed": 1_000_000})["months"].code == "missing"


def test_what_is_missing_too_long_or_out_of_bounds_is_said_with_what_next() -> None:
    found = faults(SHEET, {"topic": "wages", "owed": 0, "months": 121})
    assert {name: reason.code for name, reason in found.items()} == {
        "owed": "too_small",
        "months": "too_large",
        "words": "missing",
    }
    assert found["owed"].values["least"] == "0.01"
    long = faults(
        SHEET, {"topic": "dismissed", "dismissed_on": "2026-11-02", "said_why": True, "why": "字" * 23, "words": "x"}
    )
    assert long["why"].values == {"label": "怎么说的", "most": 20, "over": 3}
    assert faults(SHEET, {})["topic"].sentence.startswith("还没有选")


def test_a_no_and_a_nought_are_answers() -> None:
    sheet = FormSheet("x", "x", (Field("a", FieldKind.YES_NO, "a"), Field("b", FieldKind.NUMBER, "b")))
    assert faults(sheet, {"a": False, "b": 0}) == {}
    assert set(faults(sheet, {})) == {"a", "b"}


def test_what_the_register_knows_is_not_asked_again() -> None:
    assert prefilled(SHEET, {"person.phone": "138****2206", "person.name": "陈桂兰"}) == {"phone": "138****2206"}
    assert prefilled(SHEET, {"person.phone": ""}) == {}


def test_conditions_hold_of_what_was_answered_and_of_nothing_else() -> None:
    told: dict[str, Answer] = {"n": 3, "w": "x", "yes": True, "no": False, "none": None}
    for condition in (
        ALWAYS, Given("n"), Given("no"), Is("w", "x"), Is("no", value=False), OneOf("w", frozenset({"x", "y"})),
        AtLeast("n", 3), AtMost("n", 3), All((Given("n"), Given("w"))), AnyOf((Given("none"), Given("n"))), Not(Given("none")),
    ):  # fmt: skip
        assert holds(condition, told), condition
    for condition in (
        NEVER, Given("none"), Given("other"), Is("yes", value=False), AtLeast("w", 0), AtMost("yes", 5), AtLeast("n", 4),
        Is("w", value=True), OneOf("none", frozenset({"x"})), All((Given("n"), Given("none"))), AnyOf(()),
    ):  # fmt: skip
        assert not holds(condition, told), condition


def test_the_script_gets_plain_lists_and_the_same_fields() -> None:
    condition = All(
        (
            AnyOf((Is("a", "x"), OneOf("b", frozenset({"2", "1"})))),
            Not(AtLeast("c", 4)),
            AtMost("d", 2),
            Given("e"),
            ALWAYS,
            Is("f", value=False),
        )
    )
    assert plain(condition) == [
        "all", ["any", ["is", "a", "x"], ["one", "b", "1", "2"]], ["not", ["least", "c", 4]], ["most", "d", 2], ["given", "e"], ["always"], ["is", "f", "no"],
    ]  # fmt: skip
    assert speaks_of(condition) == frozenset("abcdef")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ([Field("a", FieldKind.LINE, "a"), Field("a", FieldKind.LINE, "a")], "twice"),
        ([Field("A b", FieldKind.LINE, "a")], "no name"),
        ([Field("a", FieldKind.CHOICE, "a")], "has none"),
        ([Field("a", FieldKind.LINE, "a", choices=(("x", "x"),))], "has choices"),
        ([Field("a", FieldKind.PICK, "a", picks="unions")], "picked"),
        ([Field("a", FieldKind.LINE, "a", picks="unions", picks_for=ASK)], "picked"),
        ([Field("a", FieldKind.LINE, "a", shown=Given("b")), Field("b", FieldKind.LINE, "b")], "does not stand before"),
        ([Field("a", FieldKind.CHOICE, "a", choices=(("x", "x"),)), Field("b", FieldKind.LINE, "b", shown=Is("a", "y"))], "cannot have"),
        ([Field("a", FieldKind.LINE, "a"), Field("b", FieldKind.LINE, "b", required=Not(AtLeast("a", 1)))], "cannot have"),
    ],
)  # fmt: skip
def test_a_form_that_could_not_be_filled_in_is_refused_where_it_is_made(fields: list[Field], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        FormSheet("wrong", "wrong", tuple(fields))


def test_changed_by_one_it_is_taken_changed_by_both_it_is_asked() -> None:
    merged = merge(
        {"a": "1", "b": "1", "c": "1", "d": "1"},
        {"a": "2", "b": "1", "c": "2", "d": "1"},
        {"a": "1", "b": "2", "c": "3", "d": "1"},
    )
    assert merged.answers == {"a": "2", "b": "2", "d": "1"}
    assert merged.taken == {"b"}
    assert merged.conflicts == {"c": Conflict("1", "2", "3")}


def test_what_was_chosen_stays_and_the_rest_is_still_asked() -> None:
    merged = merge({}, {"a": "1", "b": "1", "c": "1"}, {"a": "2", "b": "2", "c": "2"})
    settled = settle(merged, {"a": Keep.MINE, "b": Keep.THEIRS})
    assert settled.answers == {"a": "1", "b": "2"}
    assert settled.taken == {"b"}
    assert set(settled.conflicts) == {"c"}


@pytest.mark.guard("fields-never-lost", "Two people change one record, and no answer of either is overwritten unseen.")
@given(seen=ANSWERS, mine=ANSWERS, theirs=ANSWERS)
def test_no_change_of_either_is_ever_lost_unseen(
    seen: dict[str, Answer], mine: dict[str, Answer], theirs: dict[str, Answer]
) -> None:
    merged = merge(seen, mine, theirs)
    assert merged.answers.keys().isdisjoint(merged.conflicts)
    assert {*merged.answers, *merged.conflicts} == {*seen, *mine, *theirs}
    for name, answer in merged.answers.items():
        was, own, other = (each.get(name) if each.get(name) != "" else None for each in (seen, mine, theirs))
        for changed in (own, other):
            if (type(changed), changed) != (type(was), was):
                assert (type(answer), answer) == (type(changed), changed)


@given(seen=ANSWERS, mine=ANSWERS, theirs=ANSWERS)
def test_whose_change_it_is_makes_no_difference(
    seen: dict[str, Answer], mine: dict[str, Answer], theirs: dict[str, Answer]
) -> None:
    one, other = merge(seen, mine, theirs), merge(seen, theirs, mine)
    assert one.answers == other.answers
    assert {name: each.mine for name, each in one.conflicts.items()} == {
        name: each.theirs for name, each in other.conflicts.items()
    }


@given(seen=ANSWERS, mine=ANSWERS)
def test_where_nobody_else_came_everything_is_mine(seen: dict[str, Answer], mine: dict[str, Answer]) -> None:
    merged = merge(seen, mine, seen)
    assert not merged.conflicts
    assert not merged.taken
    assert all(merged.answers[name] == (answer if answer != "" else None) for name, answer in mine.items())


@pytest.mark.control("fields-never-lost")
def test_the_whole_record_overwritten_would_lose_what_the_other_wrote() -> None:
    seen, mine, theirs = {"a": "1", "b": "1"}, {"a": "2", "b": "1"}, {"a": "1", "b": "2"}
    assert (theirs | mine)["b"] == "1", "the other's change would be gone"
    assert merge(seen, mine, theirs).answers == {"a": "2", "b": "2"}
