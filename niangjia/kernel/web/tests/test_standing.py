from datetime import timedelta

import pytest
from django.test import Client

from niangjia.kernel import clock
from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.access.rules import Actor, Move, Right, Role, looking_at
from niangjia.kernel.access.tests.signing_in import BEGAN, a_place, an_account, open_session, with_codes
from niangjia.kernel.chinese import Reason
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.kernel.web import standing
from niangjia.kernel.web.standing import Standing, at_desk

pytestmark = pytest.mark.django_db
SEE = Move("see", frozenset({Role.CADRE}))
HERE = "niangjia.kernel.web.tests.test_standing"


def names(place_ids):
    return {number: f"{number} 号工会" for number in place_ids}


def meant(reference, paths):
    found = Place.objects.filter(pk=int(reference)).first() if reference.isdecimal() else None
    inside = found is not None and any(found.path.startswith(path) for path in paths)
    return found if inside else Reason("union_unknown", "找不到「{written}」。", {"written": reference})


@pytest.fixture(autouse=True)
def _named(settings):
    settings.NIANGJIA_PLACE_NAMES = f"{HERE}.names"
    settings.NIANGJIA_PLACE_MEANT = f"{HERE}.meant"


@pytest.fixture
def city():
    return a_place(Level.CITY)


@pytest.fixture
def county(city):
    return a_place(parent=city)


@pytest.fixture
def towns(county):
    return [a_place(Level.TOWN, parent=county) for _ in range(3)]


@pytest.fixture
def zhou(county, towns):
    return with_codes(an_account("zhou", at=county))


@pytest.fixture
def desk(zhou):
    return open_session(Client(), zhou)


def acting(account):
    return actor_of(account, on=clock.today())


def listed(client):
    return len(client.get("/places/").context["list"].rows)


def elsewhere(county):
    """Places that are not hers, and words that are no place."""
    other = a_place()
    return [county.parent_id, other.pk, a_place(Level.TOWN, parent=other).pk, 0, -1, 10**12, "", None, "1", [1]]


@pytest.mark.guard(
    "desk-only-narrows", "Whatever place a session names, the desk shows no row beyond the rights of who is signed in."
)
def test_a_place_that_is_not_hers_changes_nothing(zhou, county):
    whole = acting(zhou)
    for wished in elsewhere(county):
        assert at_desk(whole, {"looking_at": wished}).paths(SEE) == (county.path,)


@pytest.mark.guard(
    "desk-only-narrows", "Whatever place a session names, the desk shows no row beyond the rights of who is signed in."
)
def test_whatever_subtree_is_looked_at_no_path_reaches_beyond_the_rights(county, towns):
    rights = tuple(Right(Role.CADRE, town.pk, town.path) for town in towns[:2])
    actor = Actor(account_id=1, name="周敏", rights=rights)
    asked = [county.path, "", "9", *(town.path for town in towns), f"{towns[0].path}77.", towns[0].path[:-1]]
    for path in asked:
        cut = looking_at(actor, path).paths(SEE)
        assert all(any(own.startswith(right.path) for right in rights) for own in cut)
        assert all(own.startswith(path) for own in cut)


@pytest.mark.control("desk-only-narrows")
def test_if_the_place_of_the_session_were_taken_as_it_is_the_desk_would_reach_the_city(zhou, county, monkeypatch):
    whole = acting(zhou)
    monkeypatch.setattr(standing, "is_within", lambda *_: True)
    monkeypatch.setattr(standing, "looking_at", _widened)
    assert at_desk(whole, {"looking_at": county.parent_id}).paths(SEE) == (county.parent.path,)


def _widened(actor, path):
    return Actor(actor.account_id, actor.name, tuple(Right(each.role, each.place_id, path) for each in actor.rights))


def test_lists_are_narrowed_to_the_place_looked_at_and_whole_again(desk, county, towns, settings):
    settings.ROOT_URLCONF = "niangjia.kernel.listing.tests.addresses"
    assert listed(desk) == 4
    desk.post("/act-at/", {"look": str(towns[1].pk)})
    assert listed(desk) == 1
    assert f"只看这里，您管的是{county.pk} 号工会" in desk.get("/").content.decode()
    desk.post("/act-at/", {"look": str(county.pk)})
    assert listed(desk) == 4


def test_she_stays_on_the_list_she_came_from_and_leaves_a_page_about_one_thing(desk, towns):
    narrow = {"look": str(towns[0].pk)}
    assert desk.post("/act-at/", narrow | {"next": "/unions/?q=1"}).headers["Location"] == "/unions/?q=1"
    assert desk.post("/act-at/", narrow | {"next": "/unions/3401/"}).headers["Location"] == "/"
    assert desk.post("/act-at/", narrow | {"next": "https://example.org/"}).headers["Location"] == "/"


def test_a_place_is_found_by_what_it_is_called_and_what_was_typed_stays(desk, towns):
    page = desk.post("/act-at/", {"reference": "没有这个"}).content.decode()
    assert "找不到「没有这个」。" in page
    assert 'value="没有这个"' in page
    desk.post("/act-at/", {"reference": str(towns[2].pk)})
    assert desk.session["looking_at"] == towns[2].pk


def test_the_page_offers_what_is_directly_below(desk, county, towns):
    base = a_place(Level.BASE, parent=towns[0])
    page = desk.get("/looking-at/").content.decode()
    assert [f"{town.pk} 号工会" in page for town in towns] == [True] * 3
    assert f"{base.pk} 号工会" not in page
    desk.post("/act-at/", {"look": str(towns[0].pk)})
    assert f"{base.pk} 号工会" in desk.get("/looking-at/").content.decode()


def test_the_menu_gets_the_same_without_its_frame(desk):
    fragment = desk.get("/looking-at/", headers={"HX-Request": "true"}).content.decode()
    assert "看哪里" in fragment
    assert "<html" not in fragment


def test_another_right_begins_with_all_of_its_places(zhou, desk, towns):
    other = a_place()
    Grant.objects.create(city="349900", account=zhou, role="officer", place=other, valid_from=BEGAN)
    desk.post("/act-at/", {"look": str(towns[0].pk)})
    desk.post("/act-at/", {"place": f"officer-{other.pk}"})
    assert "looking_at" not in desk.session
    whole = acting(zhou)
    seen = at_desk(whole, desk.session)
    assert [(right.role, right.path) for right in seen.rights] == [(Role.OFFICER, other.path)]


def test_a_place_that_was_closed_is_looked_at_no_more(zhou, county, towns):
    Place.objects.filter(pk=towns[0].pk).update(closed_on=clock.today() + timedelta(days=1))
    assert at_desk(acting(zhou), {"looking_at": towns[0].pk}).paths(SEE) == (county.path,)


def test_the_journal_still_names_the_place_of_the_right(zhou, county, towns):
    seen = at_desk(acting(zhou), {"looking_at": towns[0].pk})
    assert seen.words == acting(zhou).words
    assert Standing(seen, acting(zhou).rights).name == f"{towns[0].pk} 号工会"


def test_her_own_record_stays_whatever_she_looks_at(zhou, county, towns):
    Grant.objects.create(city="349900", account=zhou, role="worker", place=county, valid_from=BEGAN)
    seen = at_desk(acting(zhou), {"looking_at": towns[0].pk})
    assert {right.role for right in seen.rights} == {Role.CADRE, Role.WORKER}


def test_a_worker_has_no_switcher():
    worker = open_session(Client(), an_account("chen", role=Role.WORKER, name="陈桂兰"))
    assert worker.get("/looking-at/").status_code == 404
