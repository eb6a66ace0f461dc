"""Requests on PostgreSQL: from saying to agreeing, who meets them, what is told to whom."""

from datetime import timedelta

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.by_clock import make_due_moves
from niangjia.kernel.cases.models import Barred, Case, HandOverKind, Holding, Opinion, Party
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.messages.models import Message
from niangjia.services.requests import following, handling
from niangjia.services.requests.models import Request
from niangjia.services.requests.queries import additions_of, like, own_requests, said_in, visible_to
from niangjia.services.requests.rules import Against, Channel, Secrecy, Words
from niangjia.services.requests.saying import Caller, NotSaid, take_down
from niangjia.services.requests.tests.street import TEXT, Street

pytestmark = pytest.mark.django_db


@pytest.fixture
def street() -> Street:
    return Street()


def stage(request: Request) -> str:
    return Case.objects.get(pk=request.pk).stage


def told(account_or_subject: dict[str, int]) -> list[str]:
    return list(Message.objects.filter(**account_or_subject).order_by("pk").values_list("template", flat=True))


def answered(street: Street, request: Request, says: str = "劳动监察已经立案，工资 30 日前发到卡上。") -> None:
    handling.accept(request.pk, "petition", seen=street.seen(street.zhou))
    handling.take(request.pk, seen=street.seen(street.yang))
    handling.move(request.pk, "answer", seen=street.seen(street.yang), says=says)


def test_a_grievance_lies_with_the_county_sealed_and_with_its_times(street: Street) -> None:
    request = street.says()
    assert (request.case.place_id, stage(request)) == (street.county.pk, "received")
    assert (said_in(request).text, said_in(request).wish) == (TEXT, "把工资发给我们")
    assert TEXT.encode() not in bytes(request.text_sealed or b"")
    assert set(request.case.times.values_list("tier", flat=True)) == {"accept", "notice"}
    assert (request.employer_id, request.counted_at_id) == (street.employer.pk, street.town.pk)


def test_a_question_lies_with_the_town_and_an_urgent_one_is_reacted_to_within_hours(street: Street) -> None:
    request = street.says("ask", topic="safety", is_urgent=True)
    assert request.case.place_id == street.town.pk
    assert set(request.case.times.values_list("tier", flat=True)) == {"accept", "react"}
    assert told({"account_id": street.li.pk}) == ["request_urgent"]


def test_it_goes_its_way_until_she_agrees_and_says_how_it_went(street: Street) -> None:
    request = street.says()
    answered(street, request)
    assert stage(request) == "answered"
    with pytest.raises(NotMade):
        handling.move(request.pk, "heard_agree", seen=street.seen(street.yang))
    following.disagree(request.pk, by=street.actor(street.worker), at=clock.now(), reason="not_done", says="钱没有到。")
    assert stage(request) == "reopened"
    handling.take(request.pk, seen=street.seen(street.yang))
    handling.move(request.pk, "answer", seen=street.seen(street.yang), says="已经到账。")
    following.agree(request.pk, by=street.actor(street.worker), at=clock.now())
    rating = following.rate(request.pk, Opinion.GOOD, by=street.actor(street.worker), at=clock.now())
    assert (stage(request), rating.opinion) == ("agreed", "good")
    assert told({"subject_id": street.chen.pk}) == [
        "request_received", "request_accepted", "request_answered", "request_again", "request_answered",
    ]  # fmt: skip
    assert told({"account_id": street.chair.pk}) == []


def test_what_the_clock_closes_is_told_to_who_asked_once(street: Street) -> None:
    request = street.says()
    answered(street, request)
    over = Case.objects.get(pk=request.pk).opened_at + timedelta(days=60)
    assert make_due_moves(at=over) == 1
    assert make_due_moves(at=over) == 0
    assert stage(request) == "lapsed"
    assert told({"subject_id": street.chen.pk})[-2:] == ["request_answered", "request_lapsed"]
    assert told({"account_id": street.chair.pk}) == []


def test_the_grade_decides_the_day_of_the_answer(street: Street) -> None:
    request = street.says("ask")
    handling.accept(request.pk, "consult", seen=street.seen(street.li))
    running = request.case.times.get(ended_at=None)
    assert (running.tier, running.unit, running.number, running.is_default) == (
        "answer_consult",
        "working_days",
        3,
        True,
    )
    assert Request.objects.get(pk=request.pk).grade == "consult"


def test_the_clock_rests_until_she_has_said_what_was_asked(street: Street) -> None:
    request = street.says("ask")
    handling.accept(request.pk, "consult", seen=street.seen(street.li))
    handling.take(request.pk, seen=street.seen(street.li))
    handling.move(request.pk, "ask_more", seen=street.seen(street.li), says="是哪一年的年假？")
    assert Case.objects.get(pk=request.pk).due_at is None
    following.say_more(request.pk, "去年的。", by=street.actor(street.worker), at=clock.now())
    assert stage(request) == "in_hand"
    assert Case.objects.get(pk=request.pk).due_at is not None
    assert [says for _row, says in additions_of(request)] == ["去年的。"]


@pytest.mark.guard("nobody-inside-meets-a-request", "the chair of the enterprise meets no request of its workers")
def test_the_chair_meets_nothing_and_neither_does_the_town_or_a_colleague(street: Street) -> None:
    request = street.says()
    for account in (street.chair, street.li, street.colleague):
        actor = street.actor(account)
        with acting(actor):
            assert not visible_to(actor).exists()
            assert not own_requests(actor).exists()
            for model in (Request, Case, Party, Holding):
                assert not model.objects.exists(), (account.login, model)
    with acting(street.actor(street.worker)):
        assert own_requests(street.actor(street.worker)).get().pk == request.pk


@pytest.mark.control("nobody-inside-meets-a-request")
def test_held_inside_the_enterprise_it_would_be_met_at_once(street: Street) -> None:
    request = street.says()
    Holding.objects.create(city=request.city, case=request.case, place=street.mill.place, part="watches")
    with acting(street.actor(street.chair)):
        assert Case.objects.exists()
        # What was said keeps a wall of its own: a chair does not handle at the door, whatever is held there.
        assert not Request.objects.exists()
    with acting(street.actor(street.account("inside", Role.CADRE, street.mill))):
        assert Request.objects.exists()


def test_who_has_an_office_at_the_accused_does_not_meet_it(street: Street) -> None:
    both = street.account("both", Role.OFFICER, street.county)
    both.grants.create(city="349900", role=Role.CHAIR.value, place=street.mill.place, valid_from=clock.today())
    request = street.says()
    assert list(Barred.objects.filter(case=request.pk).values_list("account_id", "reason")) == [(both.pk, "accused")]
    with acting(street.actor(both)):
        assert not Request.objects.exists()
    assert told({"account_id": both.pk}) == []
    assert told({"account_id": street.yang.pk}) == ["request_new"]


def test_about_the_county_itself_nobody_above_is_left(street: Street) -> None:
    with pytest.raises(NotSaid):
        street.says("suggest", against=Against.UNION, union_id=street.county.pk)


def test_handed_down_it_comes_without_her_name_and_never_inside(street: Street) -> None:
    request = street.says()
    with pytest.raises(NotMade, match="in_line"):
        handling.hand_on(request.pk, HandOverKind.REFER, street.mill.pk, seen=street.seen(street.zhou))
    offered = handling.hand_on(request.pk, HandOverKind.HELP, street.town.pk, seen=street.seen(street.zhou))
    handling.answer_hand_over(offered.pk, takes=True, seen=street.seen(street.li))
    with acting(street.actor(street.li)):
        assert visible_to(street.actor(street.li)).get().pk == request.pk
        assert not Party.objects.exists()


def test_a_question_is_handed_up_with_the_name_and_lies_there(street: Street) -> None:
    request = street.says("ask")
    offered = handling.hand_on(request.pk, HandOverKind.REFER, street.county.pk, seen=street.seen(street.li))
    handling.answer_hand_over(offered.pk, takes=True, seen=street.seen(street.zhou))
    assert Case.objects.get(pk=request.pk).place_id == street.county.pk
    with acting(street.actor(street.zhou)):
        assert Party.objects.get().subject_id == street.chen.pk
    assert "request_moved" in told({"subject_id": street.chen.pk})


def test_a_duplicate_goes_along_and_each_agrees_for_herself(street: Street) -> None:
    one, other = street.says(), street.says(who=street.colleague, text="九月、十月的工资到现在都没有发，去问说没有钱！")
    actor = street.actor(street.zhou)
    assert [(each.pk, why) for each, why in like(other, for_=actor)] == [(one.pk, "same_words")]
    for request in (one, other):
        handling.accept(request.pk, "petition", seen=street.seen(street.zhou))
    handling.go_along(other.pk, one.pk, seen=street.seen(street.zhou))
    handling.take(one.pk, seen=street.seen(street.zhou))
    handling.move(one.pk, "answer", seen=street.seen(street.zhou), says="已经立案。")
    assert (stage(one), stage(other)) == ("answered", "answered")
    following.agree(one.pk, by=street.actor(street.worker), at=clock.now())
    assert (stage(one), stage(other)) == ("agreed", "answered")


def test_taking_it_back_lets_the_others_go_on_alone(street: Street) -> None:
    one, other = street.says(), street.says(who=street.colleague)
    for request in (one, other):
        handling.accept(request.pk, "petition", seen=street.seen(street.zhou))
    handling.go_along(other.pk, one.pk, seen=street.seen(street.zhou))
    with acting(street.actor(street.worker)):
        following.withdraw(one.pk, by=street.actor(street.worker), at=clock.now())
    assert (stage(one), stage(other)) == ("withdrawn", "accepted")


def test_she_presses_once_a_day_and_the_one_above_hears_of_it(street: Street) -> None:
    request = street.says("ask")
    following.press(request.pk, by=street.actor(street.worker), at=clock.now())
    with pytest.raises(NotMade, match="pressed_today"):
        following.press(request.pk, by=street.actor(street.worker), at=clock.now())
    assert told({"account_id": street.li.pk}) == ["request_new", "request_pressed"]
    assert "request_pressed" in told({"account_id": street.zhou.pk})


def test_an_answer_takes_longer_once_with_a_reason(street: Street) -> None:
    request = street.says("ask")
    handling.accept(request.pk, "ordinary", seen=street.seen(street.li))
    before = Case.objects.get(pk=request.pk).due_at
    with pytest.raises(NotMade, match="too_many_days"):
        handling.extend(request.pk, 11, reason="needs_others", seen=street.seen(street.li))
    handling.extend(request.pk, 4, reason="needs_others", seen=street.seen(street.li))
    after = Case.objects.get(pk=request.pk).due_at
    assert before is not None
    assert after is not None
    assert timedelta(days=4) <= after - before < timedelta(days=10)
    assert told({"subject_id": street.chen.pk})[-1] == "request_extended"
    with pytest.raises(NotMade, match="extended_already"):
        handling.extend(request.pk, 1, reason="needs_others", seen=street.seen(street.li))


def test_opened_again_after_it_was_closed_but_not_for_ever(street: Street) -> None:
    request = street.says()
    answered(street, request)
    worker = street.actor(street.worker)
    following.agree(request.pk, by=worker, at=clock.now())
    with pytest.raises(NotMade, match="too_late"):
        following.disagree(request.pk, by=worker, at=clock.now() + timedelta(days=31), reason="not_done")
    following.disagree(request.pk, by=worker, at=clock.now(), reason="not_done")
    assert stage(request) == "reopened"


def test_the_desk_writes_down_what_a_caller_says_and_another_calls_back(street: Street) -> None:
    words = Words("ask", "leave", "我工作五年了，有几天年假？", channel=Channel.HOTLINE)
    caller = Caller(name="马女士", phone="13800000000")
    request = take_down(words, caller, by=street.actor(street.zhou), at=clock.now())
    assert (request.case.place_id, request.is_followed) == (street.county.pk, False)
    assert said_in(request, with_caller=True).caller_phone == "13800000000"
    handling.accept(request.pk, "consult", seen=street.seen(street.zhou))
    handling.take(request.pk, seen=street.seen(street.zhou))
    handling.move(request.pk, "answer", seen=street.seen(street.zhou), says="五天。")
    with pytest.raises(NotMade, match="same_person"):
        handling.move(request.pk, "heard_agree", seen=street.seen(street.zhou))
    handling.move(request.pk, "heard_agree", seen=street.seen(street.yang))
    assert stage(request) == "agreed"


def test_a_member_who_calls_follows_it_on_her_phone(street: Street) -> None:
    words = Words("complain", "wages", TEXT, channel=Channel.HOTLINE, against=Against.EMPLOYER)
    caller = Caller(subject_id=street.chen.pk)
    request = take_down(words, caller, by=street.actor(street.li), at=clock.now())
    assert (request.case.place_id, request.employer_id) == (street.county.pk, street.employer.pk)
    with acting(street.actor(street.worker)):
        assert own_requests(street.actor(street.worker)).get().pk == request.pk


def test_a_chair_writes_nothing_down_and_a_stranger_moves_nothing(street: Street) -> None:
    with pytest.raises(Forbidden):
        take_down(Words("ask", "leave", "有几天年假？"), Caller(), by=street.actor(street.chair), at=clock.now())
    request = street.says()
    with pytest.raises(Forbidden):
        handling.accept(request.pk, "petition", seen=street.seen(street.li))
    with pytest.raises(Forbidden):
        following.agree(request.pk, by=street.actor(street.colleague), at=clock.now())


def test_open_is_her_own_choice(street: Street) -> None:
    assert street.says().secrecy == Secrecy.CONFIDENTIAL
    request = street.says(secrecy=Secrecy.OPEN, against=Against.NOBODY)
    offered = handling.hand_on(request.pk, HandOverKind.HELP, street.mill.pk, seen=street.seen(street.zhou))
    assert offered.knows_who
