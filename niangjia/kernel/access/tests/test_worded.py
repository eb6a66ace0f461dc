"""A question that is worded once answers as the queryset does, behind the same walls, for every value."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.db.models import Q
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.tests.signing_in import a_place, an_account
from niangjia.kernel.places.models import Place
from niangjia.kernel.worded import OneOf, Worded, insert, update

pytestmark = pytest.mark.django_db
BY_NUMBER = Worded(lambda pk: Account.objects.filter(pk=pk).select_related("place"), pk=int)


@pytest.fixture
def two() -> tuple[Account, Account]:
    """One account at a place, one nowhere."""
    return an_account(role=None, place=a_place()), an_account("wang", role=None)


def test_rows_are_those_of_the_queryset_with_what_hangs_on_them(two: tuple[Account, Account]) -> None:
    for one in two:
        found = BY_NUMBER(pk=one.pk)
        assert found == [one]
        assert found[0].place == one.place
        assert found[0].created_at == one.created_at


def test_it_is_one_statement_and_nothing_is_worded_again(two: tuple[Account, Account], monkeypatch: Any) -> None:
    BY_NUMBER(pk=two[0].pk)
    monkeypatch.setattr(BY_NUMBER, "make", None)
    with CaptureQueriesContext(connection) as asked:
        assert BY_NUMBER(pk=two[1].pk)[0].place is None
    assert len(asked) == 1


def test_how_columns_are_read_is_found_once_and_nothing_is_read_where_nothing_answers(
    two: tuple[Account, Account], monkeypatch: Any
) -> None:
    kept = Worded(lambda pk: Account.objects.filter(pk=pk).values_list("created_at", "place__path"), pk=int)
    first = kept(pk=two[0].pk)
    monkeypatch.setattr(SQLCompiler, "get_converters", None)
    place = two[0].place
    assert place is not None
    assert kept(pk=two[0].pk) == first == [(two[0].created_at, place.path)]
    assert kept(pk=0) == []


def test_any_number_of_values_goes_in_the_same_words(two: tuple[Account, Account]) -> None:
    names = Worded(
        lambda ids: Account.objects.filter(OneOf("pk", ids)).values_list("pk", "name").order_by("pk"), ids=list
    )
    assert names(ids=[]) == []
    assert names(ids=[two[0].pk]) == [(two[0].pk, two[0].name)]
    assert [pk for pk, _name in names(ids=[one.pk for one in two])] == sorted(one.pk for one in two)


def test_one_value_may_stand_in_two_places(two: tuple[Account, Account]) -> None:
    either = Worded(lambda pk: Account.objects.filter(Q(pk=pk) | Q(subject_id=pk)), pk=int)
    assert either(pk=two[0].pk) == [two[0]]


def test_days_and_moments_are_values_too(two: tuple[Account, Account]) -> None:
    since = Worded(lambda at: Account.objects.filter(created_at__gt=at), at=datetime)
    assert since(at=clock.now()) == []
    open_on = Worded(lambda day: Place.objects.filter(Q(closed_on=None) | Q(closed_on__gt=day)), day=date)
    assert open_on(day=clock.today()) == [two[0].place]


def test_a_value_that_the_words_swallow_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="part"):
        Worded(lambda part: Account.objects.filter(name__contains=part), part=str)(part="周")


def test_a_row_is_written_and_changed_in_words_made_once(two: tuple[Account, Account]) -> None:
    place = two[0].place
    assert place is not None
    for name in ("first", "second"):
        insert(Account(login=name, name=name, place=place, theme="dark"))
    first, second = Account.objects.filter(login__in=("first", "second")).order_by("login")
    assert (first.place, first.theme, first.is_active) == (place, "dark", True)
    second.name, second.theme, second.place = "改了名", "light", None
    with CaptureQueriesContext(connection) as asked:
        update(second, ("name", "place"))
    assert len(asked) == 1
    second.refresh_from_db()
    assert (second.name, second.place, second.theme) == ("改了名", None, "dark")
    first.refresh_from_db()
    assert first.name == "first"


def test_a_row_that_is_not_there_cannot_be_changed(two: tuple[Account, Account]) -> None:
    gone = Account(pk=two[1].pk + 1_000, name="没有")
    with pytest.raises(DatabaseError, match="0 rows"):
        update(gone, ("name",))
