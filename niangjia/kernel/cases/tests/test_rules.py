"""Rules of cases without a database: tables that are wrong, who may, how many eyes."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.cases.rules import (
    CLOCK,
    Cast,
    Mode,
    Move,
    Pool,
    Stage,
    Standing,
    Verdict,
    Who,
    Workflow,
    moves_open_to,
    outcome,
    why_not_move,
)
from niangjia.kernel.cases.tests.tables import FLOWS, TRIAL

COUNTY, TOWN = "1.", "1.2."


def cadre(account: int, path: str = TOWN, role: Role = Role.CADRE, subject: int | None = None) -> Actor:
    return Actor(account, "周敏", (Right(role, 2, path),), subject)


ZHOU, WANG, ABOVE = cadre(1), cadre(2), cadre(3, COUNTY)
WORKER = Actor(9, "陈桂兰", (Right(Role.WORKER, 5, "1.2.5."),), subject_id=900)
CASE = Standing("filed", TOWN, handler_id=1, maker_id=1, askers=frozenset({900}))


def why(actor: Actor, move: str, case: Standing) -> str | None:
    return why_not_move(actor, TRIAL.move(move), case)


def test_the_desk_takes_what_lies_with_it() -> None:
    assert why(ZHOU, "take", CASE) is None
    assert why(ABOVE, "take", CASE) is None
    assert why(cadre(4, "1.7."), "take", CASE) == "out_of_scope"
    assert why(cadre(4, role=Role.CHAIR), "take", CASE) == "no_role"
    assert why(WORKER, "take", CASE) == "own_case"


def test_who_has_it_in_hand_moves_it_and_nobody_else() -> None:
    case = replace(CASE, stage="in_work")
    assert why(ZHOU, "propose", case) is None
    assert why(WANG, "propose", case) == "not_in_hand"
    assert why(ZHOU, "agree", case) == "not_from_here"


def test_the_second_is_somebody_else() -> None:
    case = replace(CASE, stage="checked", maker_id=1)
    assert why(ZHOU, "agree", case) == "same_person"
    assert why(WANG, "agree", case) is None
    assert why(WANG, "agree", replace(case, decided=frozenset({2}))) == "decided_already"


def test_the_one_above_is_not_at_the_same_place() -> None:
    case = replace(CASE, stage="answered")
    assert why(ABOVE, "overrule", case) is None
    assert why(ZHOU, "overrule", case) == "out_of_scope"


def test_nobody_works_on_her_own_case_and_who_is_barred_does_nothing() -> None:
    own = cadre(1, subject=900)
    assert why(own, "take", CASE) == "own_case"
    assert why(own, "withdraw", CASE) is None
    concerned = replace(CASE, askers=frozenset({1}), concerned=frozenset({900}))
    assert (why(own, "take", concerned), why(own, "withdraw", concerned)) == ("own_case", "no_role")
    assert why(ZHOU, "take", replace(CASE, barred=frozenset({1}))) == "barred"


def test_the_clock_is_nobody_and_nobody_is_the_clock() -> None:
    case = replace(CASE, stage="answered")
    assert why(CLOCK, "let_lapse", case) is None
    assert [why(actor, "let_lapse", case) for actor in (ZHOU, WORKER, ABOVE, Actor.operator())] == ["no_role"] * 4


def test_a_notice_that_runs_holds_a_move() -> None:
    move = replace(TRIAL.move("take"), needs_notice=True)
    assert why_not_move(ZHOU, move, replace(CASE, is_noticed=False)) == "notice_open"
    assert why_not_move(ZHOU, move, CASE) is None


def test_buttons_are_moves_that_would_succeed() -> None:
    assert [move.name for move in moves_open_to(WORKER, TRIAL, CASE)] == ["withdraw"]
    assert [move.name for move in moves_open_to(ZHOU, TRIAL, replace(CASE, stage="in_work"))] == [
        "ask_papers",
        "propose",
    ]


def two_stages(*moves: Move, start: str = "a", **more: object) -> Workflow:
    return Workflow("x", 1, start, (Stage("a", 0), Stage("b", 1, is_final=True)), moves, **more)


GO = Move("go", frozenset({"a"}), "b", frozenset({Who.DESK}))


@pytest.mark.parametrize(
    ("fault", "make"),
    [
        ("starts at z", lambda: two_stages(GO, start="z")),
        ("stands twice", lambda: two_stages(GO, GO)),
        ("which is no stage", lambda: two_stages(replace(GO, to="c"))),
        ("which is no tier", lambda: two_stages(replace(GO, starts=("t",)))),
        ("nobody may make it", lambda: two_stages(GO, replace(GO, name="no", who=frozenset()))),
        ("nothing leads to b", lambda: two_stages(replace(GO, to="a"))),
        ("nothing leads out of a", lambda: two_stages(replace(GO, leaves=frozenset({"b"})))),
        ("a word of the kernel", lambda: two_stages(replace(GO, name="extend"))),
        (
            "decisions that no move makes",
            lambda: Workflow("x", 1, "a", (Stage("a", 0, pool=Pool("go")), Stage("b", 1, is_final=True)), (GO,)),
        ),
    ],
)
def test_a_table_that_is_wrong_says_what_is(fault: str, make: object) -> None:
    with pytest.raises(ValueError, match=fault):
        make()  # type: ignore[operator]


def test_a_table_says_where_a_move_leads() -> None:
    assert TRIAL.after("filed", "take") == "in_work"
    with pytest.raises(KeyError):
        TRIAL.after("done", "take")
    assert next(iter(TRIAL.changes())) == ("", "open", "filed")
    assert all(
        flow.stage(flow.start).step == 0 and flow.tiers == tuple(flow.tier(each.key) for each in flow.tiers)
        for flow in FLOWS
    )


VOICES = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from(["agree", "return", "refuse"])),
    max_size=8,
    unique_by=lambda each: each[0],
)
POOLS = st.builds(Pool, st.just("agree"), st.sampled_from(Mode), st.integers(1, 5))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pool=POOLS, voices=VOICES, named=st.frozensets(st.integers(1, 6), max_size=4))
def test_a_pool_gives_by_its_whole_number_and_stops_by_one_voice(
    pool: Pool, voices: list[tuple[int, str]], named: frozenset[int]
) -> None:
    verdict = outcome(pool, [Cast(*voice) for voice in voices], named=named)
    against = [word for _account, word in voices if word != "agree"]
    if against:
        assert verdict == Verdict(against[0], 0)
        return
    voiced = {account for account, _word in voices}
    if verdict.move is None:
        assert verdict.missing > 0
        return
    assert verdict == Verdict("agree", 0)
    assert len(voiced) >= {Mode.ANY: 1, Mode.N: pool.number, Mode.ALL: 1}[pool.mode]
    if pool.mode is Mode.ALL:
        assert named <= voiced


@given(pool=POOLS)
def test_nobody_agrees_by_saying_nothing(pool: Pool) -> None:
    assert outcome(pool, []).move is None
