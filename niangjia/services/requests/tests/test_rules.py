"""What is true of requests, by worked cases."""

from datetime import date, datetime, timedelta

import pytest

from niangjia.kernel.access.rules import Actor, Right, Role
from niangjia.kernel.cases.rules import Standing, Who, moves_open_to, why_not_move
from niangjia.kernel.clock.rules import PEOPLE_ZONE, Unit
from niangjia.kernel.places.rules import Level
from niangjia.services.requests.parameters import PARAMETERS
from niangjia.services.requests.rules import BY_CODE, KINDS, REQUEST, TOPICS, near, pressing, routing, topics, workflow
from niangjia.services.requests.rules.routing import BarReason, Duty, Spot

MILL, TOWN, COUNTY, CITY = (
    Spot(4, "1.2.3.4.", Level.BASE),
    Spot(3, "1.2.3.", Level.TOWN),
    Spot(2, "1.2.", Level.COUNTY),
    Spot(1, "1.", Level.CITY),
)
BRANCH = Spot(5, "1.2.3.4.5.", Level.BRANCH)
WAY_UP = (BRANCH, MILL, TOWN, COUNTY, CITY)
ASK, COMPLAIN = BY_CODE["ask"], BY_CODE["complain"]
NOON = datetime(2026, 11, 20, 12, tzinfo=PEOPLE_ZONE)


def test_a_request_closes_only_when_she_agrees_or_her_time_has_passed_or_she_takes_it_back() -> None:
    closing = {move.name: move.who for move in REQUEST.moves if REQUEST.stage(move.to).is_final}
    assert closing == {
        "agree": {Who.ASKER},
        "withdraw": {Who.ASKER},
        "lapse": {Who.CLOCK},
        "heard_agree": {Who.SECOND},
    }


def test_every_grade_has_a_move_that_accepts_it_and_a_day_for_its_answer() -> None:
    for grade, tier in workflow.ANSWER_TIERS.items():
        assert REQUEST.move(workflow.ACCEPT_MOVES[grade]).starts == (tier,)
        assert REQUEST.tier(tier).may_extend
        assert tier in workflow.LONGEST_EXTENSION


def test_times_of_the_law_say_so_and_ours_are_marked_and_can_be_replaced() -> None:
    by_law = {tier.key for tier in REQUEST.tiers if not tier.term.is_default}
    assert by_law == {"notice", "answer_petition"}
    notice, finish = REQUEST.tier("notice").term, REQUEST.tier("answer_petition").term
    assert (notice.unit, notice.number, finish.number) == (Unit.DAYS, 15, 60)
    assert all(tier.term.source for tier in REQUEST.tiers)
    assert {tier.key for tier in REQUEST.tiers if not tier.parameter} == by_law
    assert {key.key for key in PARAMETERS} == {tier.parameter for tier in REQUEST.tiers if tier.parameter}


def test_the_clock_rests_while_she_is_waited_for() -> None:
    assert REQUEST.stage("waiting").pauses
    assert not any(stage.pauses for stage in REQUEST.stages if stage.name != "waiting")


def test_a_refused_answer_opens_it_again_with_a_day_of_its_own() -> None:
    move = REQUEST.move("disagree")
    assert (move.to, move.starts, bool(move.reasons)) == ("reopened", ("again",), True)
    assert "reopened" in REQUEST.move("take").leaves


def _at(path: str, role: Role = Role.CADRE, account: int = 7) -> Actor:
    return Actor(account, "周敏", (Right(role, 1, path),))


def test_no_chair_makes_any_move_and_no_union_below_does() -> None:
    standing = Standing(stage="received", path=COUNTY.path)
    for actor in (
        _at(MILL.path, Role.CHAIR),
        _at(COUNTY.path, Role.CHAIR),
        _at(TOWN.path),
        _at(COUNTY.path, Role.AUDITOR),
    ):
        assert moves_open_to(actor, REQUEST, standing) == ()
    assert moves_open_to(_at(COUNTY.path), REQUEST, standing)


def test_who_answered_does_not_write_down_that_it_was_agreed_to() -> None:
    standing = Standing(stage="answered", path=COUNTY.path, handler_id=7, maker_id=7)
    move = REQUEST.move("heard_agree")
    assert why_not_move(_at(COUNTY.path, account=7), move, standing) == "same_person"
    assert why_not_move(_at(COUNTY.path, account=8), move, standing) is None


def test_a_question_goes_to_the_town_and_a_grievance_to_the_county() -> None:
    assert routing.handling_spot(WAY_UP, ASK) == TOWN
    assert routing.handling_spot(WAY_UP, COMPLAIN) == COUNTY


def test_nobody_handles_a_request_about_herself_or_who_is_above_her() -> None:
    assert routing.handling_spot(WAY_UP, ASK, accused=MILL.path) == TOWN
    assert routing.handling_spot(WAY_UP, ASK, accused=TOWN.path) == COUNTY
    assert routing.handling_spot(WAY_UP, COMPLAIN, accused=COUNTY.path) == CITY
    assert routing.handling_spot(WAY_UP, COMPLAIN, accused=CITY.path) is None


def test_a_tree_that_ends_with_the_town_is_answered_by_the_town_and_never_by_the_mill() -> None:
    assert routing.handling_spot((MILL, TOWN), COMPLAIN) == TOWN
    assert routing.handling_spot((BRANCH, MILL), ASK) is None


def test_a_request_reaches_the_enterprise_only_where_she_agreed() -> None:
    assert routing.may_hold(TOWN) is None
    assert routing.may_hold(MILL) == "inside_enterprise"
    assert routing.may_hold(MILL, is_open=True) is None
    assert routing.may_hold(MILL, accused=MILL.path, is_open=True) == "in_line"
    assert routing.may_hold(TOWN, accused=TOWN.path) == "in_line"


def test_handed_down_goes_without_the_name_and_handed_up_with_it() -> None:
    assert routing.may_know_who(COUNTY, is_open=False, goes_down=False)
    assert not routing.may_know_who(TOWN, is_open=False, goes_down=True)
    assert routing.may_know_who(TOWN, is_open=True, goes_down=True)
    assert not routing.may_know_who(MILL, is_open=False, goes_down=False)


def test_who_asks_who_is_meant_and_who_works_there_keep_away() -> None:
    duties = [
        Duty(1, 11, Role.CADRE, COUNTY.path),
        Duty(2, 12, Role.OFFICER, COUNTY.path),
        Duty(3, 13, Role.CHAIR, MILL.path),
        Duty(4, 14, Role.CADRE, COUNTY.path),
        Duty(3, 13, Role.OFFICER, COUNTY.path),
    ]
    found = routing.barred_from(
        duties, askers=frozenset({11}), accused=frozenset({MILL.path}), colleagues=frozenset({12})
    )
    assert found == {1: BarReason.OWN_REQUEST, 2: BarReason.SAME_EMPLOYER, 3: BarReason.ACCUSED}


def _facts(number: int, **more: object) -> near.Facts:
    return near.Facts(**{"request_id": number, "topic": "wages", "employer_id": 5, "opened_at": NOON} | more)


def test_the_same_person_twice_about_the_same_is_proposed_to_be_joined() -> None:
    one, again = _facts(1, askers=frozenset({9})), _facts(2, askers=frozenset({9}), opened_at=NOON + timedelta(days=20))
    assert near.same_thing(one, again) == "same_asker"
    assert near.same_thing(one, _facts(2, askers=frozenset({9}), topic="leave")) is None
    assert near.same_thing(one, _facts(2, askers=frozenset({9}), opened_at=NOON + timedelta(days=61))) is None
    assert near.same_thing(one, one) is None


def test_nearly_the_same_words_about_one_employer_are_proposed_to_be_joined() -> None:
    one = _facts(1, text="厂里九月和十月的工资到现在都没有发，问了说没有钱。")
    other = _facts(2, text="九月、十月的工资到现在都没有发，去问说没有钱！", topic="other")
    assert near.same_thing(one, other) == "same_words"
    assert near.same_thing(one, _facts(3, text="食堂的菜太咸了，能不能少放一点盐。")) is None
    assert near.same_thing(one, _facts(4, text=other.text, employer_id=6)) is None


def test_she_presses_once_a_day_and_only_while_the_desk_has_it() -> None:
    today = date(2026, 11, 20)
    assert pressing.why_not_press("in_hand", last_on=None, today=today) is None
    assert pressing.why_not_press("in_hand", last_on=today, today=today) == "pressed_today"
    assert pressing.why_not_press("in_hand", last_on=today - timedelta(days=1), today=today) is None
    for stage in ("waiting", "answered", "agreed", "along"):
        assert pressing.why_not_press(stage, last_on=None, today=today) == "not_with_the_desk"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("九月的工资没发，拖欠两个月了", "wages"),
        ("车间粉尘大，没有口罩，很危险", "safety"),
        ("怀孕七个月还要上夜班", "women"),
        ("说不清楚的一件事", "other"),
    ],
)
def test_a_topic_is_suggested_by_its_words(text: str, topic: str) -> None:
    assert topics.suggested(text) == topic


def test_local_topics_are_suggested_as_the_national_ones_are() -> None:
    assert topics.suggested("采茶季节的工棚漏雨", [("tea_season", ("采茶", "茶季"))]) == "tea_season"


def test_topics_and_kinds_are_told_apart_and_cited_from_the_law() -> None:
    assert len({topic.code for topic in TOPICS}) == len(TOPICS)
    assert len({kind.hotline for kind in KINDS}) == len(KINDS)
    cited = [article.source for topic in TOPICS for article in topic.articles]
    assert all(source.startswith("《") and source.endswith("条") for source in cited)
