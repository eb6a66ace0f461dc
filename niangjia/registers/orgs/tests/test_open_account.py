"""The first accounts of an empty office, from the command line to the desk."""

from argparse import Namespace

import pytest
from django.test import Client

from niangjia.kernel.access.models import Account
from niangjia.kernel.access.queries import actor_of
from niangjia.kernel.clock import today
from niangjia.kernel.commands import Refused
from niangjia.kernel.journal.models import Entry
from niangjia.kernel.places.models import Place
from niangjia.registers.orgs.commands import open_for
from niangjia.registers.orgs.models import Kind, Union

pytestmark = pytest.mark.django_db


def a_county() -> Union:
    """One union, as a list of unions has just brought it in."""
    place = Place.objects.create(city="349900", level="county", path="1.", opened_on=today())
    return Union.objects.create(place=place, city="349900", code="C1", name="安禾县总工会", kind=Kind.TERRITORIAL)


def asked(**changed: str) -> Namespace:
    """What the operator typed."""
    return Namespace(**{"login": "wangfang", "name": "王芳", "unit": "C1", "role": "cadre"} | changed)


def test_a_cadre_opened_by_the_operator_signs_in_and_first_sets_a_password_of_her_own() -> None:
    county = a_county()
    body = open_for(asked()).body
    (right,) = actor_of(Account.objects.get(login="wangfang"), on=today()).rights
    assert (right.role, right.place_id) == ("cadre", county.pk)
    assert set(Entry.objects.values_list("verb", flat=True)) == {"open_account", "grant_role"}
    browser = Client()
    browser.post("/sign-in/", {"login": "wangfang", "password": body["password"]})
    answer = browser.get("/members/")
    assert answer.status_code == 302
    assert answer["Location"] == "/settings/password/"  # the drawn password first, then the second factor


def test_the_password_is_kept_nowhere_in_clear() -> None:
    a_county()
    password = open_for(asked()).body["password"]
    account = Account.objects.get()
    assert account.check_password(password)
    assert password not in account.password
    assert password not in str(list(Entry.objects.values()))


def test_a_login_is_given_once() -> None:
    a_county()
    open_for(asked())
    with pytest.raises(Refused) as refused:
        open_for(asked(name="另一人"))
    assert refused.value.refusals[0].code == "login_taken"
    assert Account.objects.count() == 1


def test_an_account_needs_a_union_that_is_there() -> None:
    with pytest.raises(Refused) as refused:
        open_for(asked())
    assert refused.value.refusals[0].code == "union_unknown"
    assert not Account.objects.exists()
