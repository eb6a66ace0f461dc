"""Many members at once: looked at first, done in one transaction, each with her entry; employers covered likewise."""

import re
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session, with_codes
from niangjia.kernel.journal.models import Entry
from niangjia.registers.employers.models import Coverage, Employer
from niangjia.registers.members.grouping import preview_group, set_group
from niangjia.registers.members.models import Person
from niangjia.registers.members.queries import visible_to
from niangjia.registers.members.tests.people import CHEN, LIU, a_number, enrol
from niangjia.registers.orgs.tests.office import Office, actor_at

pytestmark = pytest.mark.django_db
ZHAO = {"name": "赵春梅", "id_number": a_number("34992119980214", 116), "occupation": "courier"}
GROUP = "/lists/members/act/group/"


class World(Office):
    """Two members at the mill, one at the plant."""

    def __init__(self) -> None:
        super().__init__()
        self.chen, self.zhao = enrol(CHEN, self.mill), enrol(ZHAO, self.mill)
        self.liu = enrol(LIU, self.plant)

    def client(self, role: Role = Role.CADRE) -> Client:
        """Somebody at the town signed in."""
        return open_session(Client(), with_codes(an_account(f"at-town-{role}", role=role, at=self.town.place)))


@pytest.fixture
def world() -> World:
    return World()


def occupations() -> dict[str, str]:
    return dict(Person.objects.values_list("name", "occupation"))


def agreed(page: Any) -> str:
    found = re.search(r'name="agreed" value="(\w+)"', page.content.decode())
    assert found
    return found[1]


def test_a_preview_says_whom_it_changes_whom_not_and_changes_nothing(world: World) -> None:
    by = actor_at(world.town)
    preview = preview_group(visible_to(by), "courier", by=by)
    assert preview.changes == (world.chen.pk,)
    assert [(str(words), number) for words, number in preview.left] == [("已经是了", 1)]
    other = preview_group(visible_to(by), "carer", by=by)
    assert set(other.changes) == {world.chen.pk, world.zhao.pk}
    assert "1" in str(other.words[0])
    assert occupations() == {"陈桂兰": "", "赵春梅": "courier", "刘秀英": ""}


def test_it_changes_those_in_reach_alone_each_with_her_entry_and_once(world: World) -> None:
    by = actor_at(world.town)
    everybody = [world.chen.pk, world.zhao.pk, world.liu.pk]
    assert set_group(everybody, "courier", by=by) == 1
    assert occupations() == {"陈桂兰": "courier", "赵春梅": "courier", "刘秀英": ""}
    entry = Entry.objects.get(verb="edit_member")
    assert (entry.thing_id, entry.place_id, entry.detail) == (
        world.chen.pk,
        world.mill.pk,
        {"occupation": ["***", "***"]},
    )
    assert set_group(everybody, "courier", by=by) == 0
    assert set_group([world.chen.pk], "migrant", by=by) == 1
    assert Person.objects.get(pk=world.chen.pk).migrant is True


@pytest.mark.guard(
    "bulk-asks-each-row", "What is done with many rows at once is asked for each row, under the rights of that moment."
)
def test_rows_of_another_place_are_never_changed_however_they_are_named(world: World) -> None:
    client = world.client()
    page = client.get(GROUP, {"only": f"{world.chen.pk},{world.liu.pk}", "value": "courier"})
    client.post(f"{GROUP}?only={world.chen.pk},{world.liu.pk}&value=courier", {"agreed": agreed(page)})
    assert occupations()["陈桂兰"] == "courier"
    assert occupations()["刘秀英"] == ""


@pytest.mark.control("bulk-asks-each-row")
def test_without_asking_each_row_another_places_member_would_be_changed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("niangjia.registers.members.grouping.editable_by", lambda _by: Person.objects.all())
    set_group([world.liu.pk], "courier", by=actor_at(world.town))
    assert occupations()["刘秀英"] == "courier"


def test_ticked_rows_are_looked_at_agreed_to_and_done(world: World) -> None:
    client = world.client()
    assert client.get(GROUP)["Location"] == "/members/"  # nothing was ticked
    choose = client.get(GROUP, {"only": world.chen.pk})
    assert "归入哪个群体" in choose.content.decode()
    looked = client.get(GROUP, {"only": world.chen.pk, "value": "carer"})
    assert "会改 1 人" in looked.content.decode()
    done = client.post(f"{GROUP}?only={world.chen.pk}&value=carer", {"agreed": agreed(looked)}, follow=True)
    assert "办好了 1 条" in done.content.decode()
    assert occupations()["陈桂兰"] == "carer"


def test_all_of_a_filtered_list_is_meant_by_its_filters(world: World) -> None:
    client = world.client()
    looked = client.get(GROUP, {"all": "yes", "q": "陈桂兰", "only": world.zhao.pk, "value": "carer"})
    client.post(f"{GROUP}?all=yes&q=陈桂兰&only={world.zhao.pk}&value=carer", {"agreed": agreed(looked)})
    assert occupations() == {"陈桂兰": "carer", "赵春梅": "courier", "刘秀英": ""}


def test_a_list_that_changed_meanwhile_is_shown_again_and_nothing_is_done(world: World) -> None:
    client = world.client()
    looked = client.get(GROUP, {"all": "yes", "value": "carer"})
    set_group([world.zhao.pk], "carer", by=actor_at(world.town))
    again = client.post(f"{GROUP}?all=yes&value=carer", {"agreed": agreed(looked)})
    assert "名单变了" in again.content.decode()
    assert occupations()["陈桂兰"] == ""
    client.post(f"{GROUP}?all=yes&value=carer", {"agreed": agreed(again)})
    assert occupations()["陈桂兰"] == "carer"


def test_more_than_goes_on_in_the_background_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("niangjia.kernel.listing.services.MOST_IN_BACKGROUND", 1)
    page = world.client().get(GROUP, {"all": "yes", "value": "carer"}).content.decode()
    assert "一次最多办 1 条" in page
    assert 'name="agreed"' not in page


def test_who_may_not_change_members_is_not_offered_it(world: World) -> None:
    client = world.client(Role.OFFICER)
    assert GROUP not in client.get("/members/").content.decode()
    assert client.get(GROUP, {"only": world.chen.pk}).status_code == 404
    assert client.get("/lists/members/act/nothing/", {"only": 1}).status_code == 404


def test_ticked_rows_are_taken_out_alone(world: World) -> None:
    client = world.client()
    answer = client.get("/lists/members/ticked/", {"only": [world.chen.pk, world.zhao.pk], "sex": "female"})
    assert answer["Location"] == f"/exports/new/?list=members&only={world.chen.pk}%2C{world.zhao.pk}&sex=female"
    page = client.get(answer["Location"]).content.decode()
    assert "选中的" in page


def test_a_union_covers_many_employers_at_once(world: World) -> None:
    client = world.client()
    mine, closed, other = (
        Employer.objects.create(city="349900", name=name, place=union.place, employees=3)
        for name, union in (("甲公司", world.town), ("乙公司", world.town), ("丙公司", world.park))
    )
    Employer.objects.filter(pk=closed.pk).update(closed_on="2026-01-05")
    address = f"/lists/employers/act/cover/?only={mine.pk},{closed.pk},{other.pk}"
    unknown = client.get(f"{address}&value=没有这个工会").content.decode()
    assert 'aria-invalid="true"' in unknown
    looked = client.get(f"{address}&value={world.mill.code}")
    assert "会改 1 个单位" in looked.content.decode()
    client.post(f"{address}&value={world.mill.code}", {"agreed": agreed(looked)})
    assert list(Coverage.objects.values_list("employer", "union")) == [(mine.pk, world.mill.pk)]
    assert Entry.objects.filter(verb="attach_union", thing_id=mine.pk).count() == 1
