"""A proposed exit: told to her, her time to answer, decided by another; nothing ends by a job."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.access.tests.signing_in import open_session
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.rules import Who
from niangjia.kernel.cases.services import NotMade
from niangjia.kernel.messages.models import Message
from niangjia.registers.employers.models import Employer
from niangjia.registers.members.leaving.exits import exit_done, propose_exit, propose_from_sources
from niangjia.registers.members.leaving.jobs import ask_members
from niangjia.registers.members.leaving.models import ExitProposal
from niangjia.registers.members.leaving.rules.workflow import ENDS, EXIT, HEARD, SILENT
from niangjia.registers.members.leaving.tests.hall import AT, LONG, Hall
from niangjia.registers.members.models import Membership, Person

pytestmark = pytest.mark.django_db
AUTO = {"no_dues": True, "no_part": True, "taught_on": "2026-11-01", "decided_on": "2026-11-18"}
EXPULSION = {
    "convicted": True,
    "discussed_on": "2026-11-02",
    "decided_on": "2026-11-10",
    "document_number": "安工〔2026〕3号",
}


@pytest.fixture
def hall() -> Iterator[Hall]:
    with clock.at(AT):
        yield Hall()


@pytest.fixture
def case(hall: Hall) -> Case:
    return propose_exit(hall.chen.pk, by=hall.actor(hall.chair))


def now() -> tuple[str, Any]:
    held = Membership.objects.order_by("-period")[0]
    return held.state, held.period.upper


def test_she_is_told_and_one_tap_keeps_her(hall: Hall, case: Case) -> None:
    assert Message.objects.filter(template="exit_proposed", subject=hall.chen.pk).exists()
    client = open_session(Client(), hall.hers)
    assert "我还在" in client.get(f"/mine/exit/{case.pk}/").content.decode()
    answer = client.post(f"/mine/exit/{case.pk}/stay/", {"revision": case.revision})
    assert answer.status_code == 302
    assert Case.objects.get().stage == HEARD
    with pytest.raises(NotMade):
        hall.decides(hall.li, case, "auto_leave", AUTO)
    hall.decides(hall.li, case, "keep", reason="still_works")
    assert now() == ("active", None)
    assert Message.objects.filter(template="exit_dropped", subject=hall.chen.pk).exists()


@pytest.mark.guard(
    "exit-never-silent",
    "no membership ends by a job, before the member was asked and had her time, or by who proposed it",
)
def test_nothing_ends_by_itself_nor_before_her_time_nor_by_who_proposed_it(hall: Hall, case: Case) -> None:
    for move in sorted(ENDS):
        with pytest.raises((NotMade, Forbidden)):
            hall.decides(hall.li, case, move, AUTO | EXPULSION | {"because": "retired", "on": "2026-11-01"})
        assert not EXIT.move(move).who & {Who.CLOCK, Who.ASKER, Who.DESK}
    hall.silent(case)
    ask_members(timestamp=0)
    assert now() == ("active", None)
    with clock.at(AT + LONG):
        with pytest.raises(NotMade) as refused:
            hall.decides(hall.chair, case, "auto_leave", AUTO)
        assert refused.value.reason.code == "own_proposal"
    assert now() == ("active", None)


@pytest.mark.control("exit-never-silent")
def test_without_the_look_at_who_proposed_it_one_person_would_end_it(
    hall: Hall, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.silent(case)
    monkeypatch.setattr("niangjia.registers.members.leaving.exits._is_own", lambda _case, _by: False)
    with clock.at(AT + LONG):
        hall.decides(hall.chair, case, "auto_leave", AUTO)
    assert now()[0] == "auto_left"


def test_whoever_stays_silent_is_decided_on_by_another_with_the_articles_facts(hall: Hall, case: Case) -> None:
    assert hall.silent(case).stage == SILENT
    with clock.at(AT + LONG):
        with pytest.raises(NotMade):
            hall.decides(hall.li, case, "auto_leave", AUTO | {"no_part": False})
        with pytest.raises(NotMade):
            hall.decides(hall.li, case, "auto_leave", AUTO | {"taught_on": "2026-11-19"})
        hall.decides(hall.li, case, "auto_leave", AUTO)
        assert now() == ("auto_left", clock.today())
    assert Message.objects.filter(template="membership_auto_left", subject=hall.chen.pk).exists()


def test_late_she_may_still_say_that_she_is_here(hall: Hall, case: Case) -> None:
    hall.silent(case)
    with clock.at(AT + LONG):
        exit_done(case.pk, "stay", hall.pressed(hall.hers))
    assert Case.objects.get().stage == HEARD


def test_an_expulsion_needs_a_conviction_a_discussion_and_tells_the_union_above(hall: Hall, case: Case) -> None:
    hall.silent(case)
    with clock.at(AT + LONG):
        with pytest.raises(NotMade):
            hall.decides(hall.li, case, "expel", EXPULSION | {"convicted": False})
        with pytest.raises(NotMade):
            hall.decides(hall.li, case, "expel", EXPULSION | {"discussed_on": "2026-11-11"})
        hall.decides(hall.li, case, "expel", EXPULSION)
    assert now()[0] == "expelled"
    assert ExitProposal.objects.get().document_number == "安工〔2026〕3号"
    assert Message.objects.filter(template="member_expelled", account=hall.li).exists()


def test_kept_on_for_a_closed_employer_it_is_the_union_above_that_keeps(hall: Hall, case: Case) -> None:
    hall.silent(case)
    answers = {"because": "employer_closed", "on": "2026-11-15"}
    with clock.at(AT + LONG):
        hall.decides(hall.zhou, case, "retain", answers)
    old, new = Membership.objects.order_by("period")
    assert (old.union, old.state, new.union, new.state, new.because) == (
        hall.mill, "transferred", hall.town, "retained", "employer_closed",
    )  # fmt: skip
    assert old.period.upper == new.period.lower


def test_sources_ask_whom_they_name_once_and_end_nothing(hall: Hall) -> None:
    shut = Employer.objects.create(
        city=hall.mill.city, name="关停的厂", closed_on=clock.today() - timedelta(days=9), place=hall.mill.place
    )
    Membership.objects.update(employer=shut)
    assert propose_from_sources(on=clock.today()) == 1
    assert propose_from_sources(on=clock.today()) == 0
    proposal = ExitProposal.objects.get()
    assert (proposal.source, proposal.proposed_by) == ("employer_closed", None)
    assert now() == ("active", None)
    assert (
        "您登记的单位已经关停" in open_session(Client(), hall.hers).get(f"/mine/exit/{proposal.pk}/").content.decode()
    )
    hall.decides(hall.chair, proposal.case, "keep", reason="still_works")
    assert propose_from_sources(on=clock.today()) == 0


def test_whoever_is_past_every_age_is_asked(hall: Hall) -> None:
    Person.objects.update(sex="female", birth_on="1970-01-01")
    assert propose_from_sources(on=clock.today()) == 0
    Person.objects.update(birth_on="1966-01-01")
    assert propose_from_sources(on=clock.today()) == 1
    assert ExitProposal.objects.get().source == "past_retirement"


def test_the_list_keeps_many_as_they_are(hall: Hall, case: Case) -> None:
    desk = open_session(Client(), hall.li)
    assert "工会干部提出" in desk.get("/desk/exit/").content.decode()
    assert desk.get(f"/desk/exit/{case.pk}/").status_code == 200
    hall.silent(case)
    with clock.at(AT + LONG):
        desk = open_session(Client(), hall.li)
        for move in ("retain", "auto_leave", "expel"):
            assert desk.get(f"/desk/exit/{case.pk}/{move}/").status_code == 200
