"""The two weeks before the demo: everybody finds something to do, and the journal stands."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from niangjia.demo import services
from niangjia.demo.rules import week as planned
from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.intake.models import Import
from niangjia.kernel.journal.queries import verify
from niangjia.kernel.journal.services import seal_waiting
from niangjia.kernel.listing.models import SavedView
from niangjia.kernel.reveal.models import Look
from niangjia.kernel.reveal.queries import verify_looks
from niangjia.kernel.web.todo import Group, group_of, things_to_do
from niangjia.registers.committees.elections.models import Election
from niangjia.registers.committees.motions.models import Extension
from niangjia.registers.members.joining.models import Application
from niangjia.registers.members.merging.models import Merge, Pair
from niangjia.registers.members.rules import check_id_number
from niangjia.registers.members.rules.id_numbers import IdNumber
from niangjia.registers.orgs.reorganising.models import Reorganisation

pytestmark = pytest.mark.django_db
# A Wednesday: the week goes on after it.
ON = date(2026, 11, 18)


def kinds_of(login: str) -> set[str]:
    return {thing.kind for thing in things_to_do(actor_of(Account.objects.get(login=login), on=ON), on=ON)}


def groups_of(login: str) -> set[Group]:
    actor = actor_of(Account.objects.get(login=login), on=ON)
    return {group_of(thing, on=ON) for thing in things_to_do(actor, on=ON)}


@pytest.fixture
def noon() -> Iterator[None]:
    with clock.at(datetime.combine(ON, time(12), tzinfo=clock.PEOPLE_ZONE)):
        yield


@pytest.fixture(autouse=True)
def anchored_here(tmp_path: Path, settings: Any) -> None:
    settings.NIANGJIA_ANCHORS = tmp_path


@pytest.mark.usefixtures("noon")
def test_everybody_of_the_demo_finds_something_to_do() -> None:
    assert services.load_demo(on=ON)
    assert kinds_of("zhoumin") >= {"transfer", "export", "own_data", "delegation", "joining"}
    assert kinds_of("chenli") >= {"import", "transfer", "own_data"}
    assert kinds_of("zhangjianguo") == {"transfer", "joining", "term", "leaving", "retiring", "repair"}
    assert kinds_of("hejing") >= {"import", "export"}
    assert kinds_of("sysadmin") == {"account", "calendar"}
    assert kinds_of("secadmin") == {"account"}
    assert {Group.LATE, Group.TODAY, Group.SECOND, Group.SOON} <= groups_of("zhoumin")
    assert Group.RETURNED in groups_of("hejing")
    states = dict(Import.objects.order_by("id").values_list("file_name", "state"))
    assert list(states.values()) == ["done", "tried", "received", "refused"]
    tried = Import.objects.get(state="tried")
    assert (tried.created, tried.rejected) == (31, len(planned.faulty_rows()))
    # Besides, two cadres looked at number and phone of two records that they merged.
    merge = Merge.objects.get(merged_at__isnull=False)
    looks = Look.objects.filter(subject__in=(merge.kept_id, merge.gone_id))
    assert (looks.count(), Look.objects.count() - looks.count()) == (8, len(planned.LOOKS))
    assert SavedView.objects.count() == len(planned.VIEWS)
    assert sorted(ExportRequest.objects.values_list("state", flat=True)) == ["asked", "asked", "refused"]
    _elections_and_reorganisations()
    stages = Counter(Application.objects.values_list("case__stage", flat=True))
    assert stages == {"applied": 4, "joined": 1, "refused": 1, "waits": 1}
    while seal_waiting():
        pass
    assert not verify().violations
    assert not verify_looks().violations


def _elections_and_reorganisations() -> None:
    """One of each that is done, and one that waits for somebody."""
    for rows, stages in (
        (Election.objects.all(), ["approved", "reported"]),
        (Extension.objects.all(), ["asked", "granted"]),
        (Reorganisation.objects.all(), ["asked", "done"]),
    ):
        assert sorted(rows.values_list("case__stage", flat=True)) == stages
    assert Pair.objects.filter(state="open").count() >= 2
    assert kinds_of("zhoumin") >= {"election", "reorganising"}


def test_numbers_of_the_rosters_are_of_nobody_and_differ() -> None:
    rows = [row for first in (0, 40, 90, 110) for row in planned.roster_rows(18, first=first)]
    assert len({row.number for row in rows}) == len(rows)
    assert all(isinstance(check_id_number(row.number), IdNumber) for row in rows)
    assert all(row.number.startswith("3499") for row in rows)
