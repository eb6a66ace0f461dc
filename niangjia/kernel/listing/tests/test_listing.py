import re
from dataclasses import replace

import pytest

from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor, Move, Right, Role
from niangjia.kernel.access.tests.signing_in import a_place, an_account, open_session, with_codes
from niangjia.kernel.listing import Badge, Button, Column, Empty, Filter, Listing
from niangjia.kernel.listing.page import ListPage
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level

pytestmark = pytest.mark.django_db
SEE = Move("see_places", frozenset({Role.CADRE}))


def visible_to(actor):
    return Place.objects.filter(within(actor.paths(SEE), field="path")).select_related("parent")


PLACES = Listing(
    "places",
    title="位置",
    visible_to=visible_to,
    columns=(
        Column("编号", "pk", kind="number", link=lambda row: f"/places/{row.pk}/", sort=("pk",)),
        Column("层级", lambda row: Badge("done", row.level)),
        Column("上级", "parent.pk", wide_only=True),
        Column("成立", "opened_on", kind="day", note="city"),
    ),
    filters=(
        Filter("level", "层级", choices=((level.value, level.value) for level in Level), apply="level"),
        Filter(
            "path",
            "路径",
            apply=lambda rows, value: rows.filter(path__startswith=value),
            caption=lambda value: f"从{value}起",
        ),
    ),
    search=lambda rows, words: rows.filter(pk=words) if words.isdigit() else rows.none(),
    search_words="编号",
    order=("pk",),
    empty=Empty("还没有位置", "先开一个。", button=Button("开一个", "/places/new/")),
    counted=lambda n: f"{n:,} 处",
    move=SEE,
)


@pytest.fixture
def county():
    return a_place()


@pytest.fixture
def towns(county):
    return [a_place(Level.TOWN, parent=county) for _ in range(60)]


def actor_at(place, role=Role.CADRE):
    return Actor(account_id=1, name="周敏", rights=(Right(role, place.pk, place.path),))


def page(place, address="", rf=None):
    return ListPage(PLACES, actor=actor_at(place), asked=rf.get(f"/places/{address}").GET)


def test_a_page_has_fifty_rows_and_the_pager_leads_to_the_rest(county, towns, rf):
    first = page(county, "", rf)
    assert (first.total, len(first.rows), first.first, first.last) == (61, 50, 1, 50)
    assert (first.previous_page, first.next_page) == ("", "?page=2")
    second = page(county, "?page=2", rf)
    assert (len(second.rows), second.first, second.last, second.next_page) == (11, 51, 61, "")


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "99", "9" * 30])
def test_a_page_that_is_not_there_shows_the_nearest(county, towns, rf, number):
    assert page(county, f"?page={number}", rf).number in {1, 2}


def test_only_what_may_be_seen_is_listed_and_counted(county, towns, rf):
    one = ListPage(PLACES, actor=actor_at(towns[0]), asked=rf.get("/").GET)
    assert (one.total, [row.pk for row in one.rows]) == (1, [towns[0].pk])


def test_filters_narrow_and_lead_back(county, towns, rf):
    narrowed = page(county, f"?level=town&path={county.path}&page=2", rf)
    assert narrowed.total == 60
    assert [each.caption for each in narrowed.filters] == ["town", f"从{county.path}起"]
    assert narrowed.filters[0].without == f"?path={county.path}"


def test_a_value_that_is_not_offered_counts_as_not_asked(county, towns, rf):
    assert page(county, "?level=moon", rf).total == 61


def test_a_search_finds_within_what_may_be_seen(county, towns, rf):
    assert page(county, f"?q={towns[3].pk}", rf).total == 1
    other = ListPage(PLACES, actor=actor_at(towns[0]), asked=rf.get(f"/?q={towns[3].pk}").GET)
    assert other.total == 0


def test_a_head_sorts_and_turns_round(county, towns, rf):
    up = page(county, "?sort=1", rf)
    assert (up.heads[0].direction, up.heads[0].address) == ("ascending", "?sort=-1")
    down = page(county, "?sort=-1", rf)
    assert down.rows[0].pk == towns[-1].pk
    assert page(county, "?sort=2", rf).rows[0].pk == county.pk  # no order of its own: the list's


@pytest.mark.parametrize("sort", ["9", "x", "--1", "", "-"])
def test_an_order_that_makes_no_sense_is_the_usual_one(county, rf, sort):
    assert page(county, f"?sort={sort}", rf).rows[0].pk == county.pk


def test_two_queries_make_a_page(county, towns, rf, django_assert_num_queries):
    one = page(county, "", rf)
    with django_assert_num_queries(2):
        assert len(one.table) == 50
        assert one.total == 61


def test_counting_stops_at_the_ceiling(county, towns, rf, monkeypatch):
    monkeypatch.setattr("niangjia.kernel.listing.page.COUNT_CEILING", 20)
    one = page(county, "", rf)
    assert one.is_beyond_count
    assert one.counted == "20 处"


def test_two_filters_may_not_share_a_name_nor_take_one_of_the_list():
    twice = PLACES.filters[0]
    with pytest.raises(ValueError, match="share a name"):
        replace(PLACES, filters=(twice, twice))
    with pytest.raises(ValueError, match="share a name"):
        replace(PLACES, filters=(replace(twice, name="page"),))


def test_a_kind_of_column_that_nobody_draws_is_refused():
    with pytest.raises(ValueError, match="no kind"):
        Column("?", "pk", kind="colour")


# --- the page itself: an address of the tests


@pytest.fixture
def wired(settings):
    settings.ROOT_URLCONF = "niangjia.kernel.listing.tests.addresses"


@pytest.fixture
def cadre(client, county, wired):
    return open_session(client, with_codes(an_account("zhou", at=county)))


def test_the_page_holds_the_rows_and_the_fragment_is_a_part_of_the_page(cadre, towns):
    whole = cadre.get("/places/?level=town").content.decode()
    part = cadre.get("/places/?level=town", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.strip() in whole


def test_a_list_that_can_be_searched_has_a_box_for_it_and_keeps_the_words(cadre, towns):
    page = cadre.get(f"/places/?q={towns[3].pk}").content.decode()
    box = re.search(r'<input[^>]*name="q"[^>]*placeholder="编号"[^>]*>', page)
    assert box
    assert f'value="{towns[3].pk}"' in box[0]
    assert page.count("<tr>") == 2


def test_going_back_in_the_browser_gets_the_whole_page(cadre, towns):
    again = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in cadre.get("/places/", headers=again).content.decode()


def test_a_list_without_rows_says_what_comes_next(cadre, county):
    page = cadre.get("/places/?q=999999").content.decode()
    assert "没有符合条件的" in page


def test_the_list_is_found_again_as_it_was_left(cadre, towns):
    cadre.get("/places/?level=town&sort=-1&page=2")
    assert cadre.session["lists"] == {"places": "level=town&sort=-1"}
    cadre.get("/places/")
    assert cadre.session["lists"] == {"places": ""}


def test_without_the_right_there_is_no_such_page(client, county, wired):
    open_session(client, with_codes(an_account("admin", role=Role.AUDIT_ADMIN, at=county)))
    assert client.get("/places/").status_code == 404


def test_words_of_the_address_are_never_markup(cadre, towns):
    page = cadre.get("/places/?q=<script>x</script>&path=<b>y</b>").content.decode()
    assert "<script>x" not in page
    assert "<b>y" not in page


def test_a_stranger_is_sent_to_the_door(client, wired):
    assert client.get("/places/")["Location"] == "/sign-in/?next=/places/"


def test_nothing_is_changed_by_a_list(cadre):
    assert cadre.post("/places/").status_code == 405
