"""Extensions and recalls on PostgreSQL: more time by the union above alone, a recall by more than half of all."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.messages.models import Message
from niangjia.registers.committees.models import Seat, Term
from niangjia.registers.committees.motions.models import Recall
from niangjia.registers.committees.motions.moving import begin_extension, begin_recall, extension_done, recall_done
from niangjia.registers.committees.services import TermRefused
from niangjia.registers.committees.tests.hall import AT, Hall

pytestmark = pytest.mark.django_db
GRANT = {"document_number": "安禾工发〔2026〕40号"}


@pytest.fixture
def hall() -> Iterator[Hall]:
    with clock.at(AT):
        hall = Hall()
        hall.term()
        yield hall


def pressed(hall: Hall, who: Account, answers: dict[str, Any] | None = None, **more: Any) -> Pressed:
    return Pressed(hall.actor(who), clock.now(), answers=answers or {}, **more)


def said(act: Callable[[], object]) -> str:
    with pytest.raises(NotMade) as refused:
        act()
    return str(refused.value.reason)


def asked(hall: Hall, until: str) -> Case:
    case = begin_extension(hall.mill, by=hall.actor(hall.chair))
    return extension_done(
        case.pk, "ask", pressed(hall, hall.chair, {"until": until, "says": "厂里搬迁"}, says="厂里搬迁")
    )


def test_a_term_is_extended_by_the_union_above_with_a_document(hall: Hall) -> None:
    case = asked(hall, "2027-08-28")
    assert Message.objects.filter(template="extension_asked", account=hall.li).exists()
    with pytest.raises((Forbidden, NotMade)):
        extension_done(case.pk, "grant", pressed(hall, hall.chair, GRANT))
    extension_done(case.pk, "grant", pressed(hall, hall.li, GRANT))
    term = Term.objects.get()
    assert (term.extended_to, term.extension_document) == (date(2027, 8, 28), "安禾工发〔2026〕40号")
    assert Message.objects.filter(template="extension_granted", account=hall.chair).exists()
    again = begin_extension(hall.mill, by=hall.actor(hall.chair))
    sent = pressed(hall, hall.chair, {"until": "2027-08-20", "says": "还要"})
    assert "延过一次" in said(lambda: extension_done(again.pk, "ask", sent))


@pytest.mark.parametrize(("until", "why"), [("2027-08-29", "6 个月"), ("2027-02-28", "要比它晚")])
def test_an_extension_is_no_longer_than_six_months(hall: Hall, until: str, why: str) -> None:
    assert why in said(lambda: asked(hall, until))
    assert Term.objects.get().extended_to is None


def test_nothing_is_extended_where_no_term_is_known(hall: Hall) -> None:
    with pytest.raises(TermRefused):
        begin_extension(hall.plant, by=hall.actor(hall.zhou))


def moved(hall: Hall, number: int = 0) -> Case:
    case = begin_recall(hall.mill, by=hall.actor(hall.chair))
    answers = {"person": str(hall.people[number].pk), "says": "三分之一会员提出"}
    return recall_done(case.pk, "propose", pressed(hall, hall.chair, answers))


def vote(hall: Hall, case: Case, votes: int, **changed: Any) -> Case:
    answers = {"meeting": "general", "meeting_on": "2026-11-19", "present": 29, "votes": votes} | changed
    return recall_done(case.pk, "vote", pressed(hall, hall.chair, answers))


def test_more_than_half_of_all_members_recall_and_half_does_not(hall: Hall) -> None:
    case = vote(hall, moved(hall), 15)
    assert case.stage == "kept"
    assert Seat.objects.filter(post="chair", body__kind="committee", until=None).exists()
    case = vote(hall, moved(hall), 16)
    assert case.stage == "recalled"
    assert Seat.objects.get(post="chair", body__kind="committee").until == date(2026, 11, 19)
    assert Message.objects.filter(template="recall_carried", account=hall.li).exists()


def test_the_committee_itself_recalls_nobody(hall: Hall) -> None:
    case = moved(hall)
    assert "第十八条" in said(lambda: vote(hall, case, 4, meeting="committee", present=5))
    assert Recall.objects.get().votes is None


def test_only_who_sits_on_the_committee_is_recalled(hall: Hall) -> None:
    assert "没有职务" in said(lambda: moved(hall, 20))
