"""The first page of the list is asked in words made once: its rows are those of the queryset, for every cadre."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing.page import ListPage
from niangjia.kernel.listing.whole import first_rows
from niangjia.registers.members.listing import MEMBERS
from niangjia.registers.members.tests.people import CHEN, LIU, enrol
from niangjia.registers.orgs.tests.office import OPERATOR, Office, actor_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """Two members of the mill, which lies in the town."""
    office = Office()
    for each in (CHEN, LIU):
        enrol(each, office.mill)
    return office


def page(actor: Actor, asked: str = "") -> ListPage:
    return ListPage(MEMBERS, actor=actor, asked=QueryDict(asked))


def test_its_rows_are_those_of_the_queryset_in_the_same_order(office: Office) -> None:
    for place in (office.mill, office.town):
        seen = page(actor_at(place))
        worded = first_rows(seen)
        assert worded == list(seen.matching)
        assert [each.shown for each in worded or []] == [each.shown for each in seen.matching]


def test_words_made_for_one_place_show_nobody_of_it_to_another(office: Office) -> None:
    assert len(first_rows(page(actor_at(office.mill))) or []) == 2
    assert first_rows(page(actor_at(office.plant))) == []


def test_whatever_is_asked_besides_goes_the_common_way(office: Office) -> None:
    actor = actor_at(office.mill)
    narrowed = [page(actor, asked) for asked in ("q=chen", "sort=1", "sort=-1", "sex=female", "only=1")]
    assert [first_rows(each) for each in narrowed] == [None] * len(narrowed)
    assert first_rows(page(OPERATOR)) is None
    assert first_rows(page(Actor(account_id=None, name=""))) is None


def test_it_is_one_statement(office: Office) -> None:
    seen = page(actor_at(office.mill))
    seen.filters  # noqa: B018 - asked for by the page anyway
    first_rows(seen)
    with CaptureQueriesContext(connection) as captured:
        assert len(first_rows(seen) or []) == 2
    assert len(captured) == 1


def test_what_it_reads_is_all_that_the_columns_show(office: Office) -> None:
    seen = page(actor_at(office.mill))
    rows, whole = first_rows(seen) or [], list(seen.matching)
    with clock.at(clock.now()), CaptureQueriesContext(connection) as captured:
        shown = [seen.values(row) for row in rows]
    assert not captured.captured_queries
    assert shown == [seen.values(row) for row in whole]
    assert rows[0].get_deferred_fields() >= {"name_keys", "workplace"}
