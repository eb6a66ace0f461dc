"""Counts that are taken from memberships say the same as counting the persons themselves."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.clock import now
from niangjia.registers.members.models import Membership, Person
from niangjia.registers.members.queries import active_and_joined, figures, visible_to
from niangjia.registers.members.rules.moves import SEE_MEMBERS
from niangjia.registers.members.tests.people import CHEN, LIU, enrol
from niangjia.registers.orgs.tests.office import OPERATOR, Office, actor_at

pytestmark = pytest.mark.django_db
SINCE = date(2016, 1, 1)


@pytest.fixture
def office() -> Office:
    """Chen came back to the mill after a year away; Liu was there and is erased; both are known to the town."""
    office = Office()
    chen, liu = enrol(CHEN, office.mill), enrol(LIU, office.mill)
    with beyond(Purpose.SEED):
        first = Membership.objects.get(person=chen)
        Membership.objects.filter(pk=first.pk).update(
            state="left", period=DateRange(date(2014, 5, 1), date(2015, 1, 1))
        )
        Membership.objects.create(
            city=first.city, person=chen, union=office.mill, kind=first.kind, state="active",
            period=DateRange(date(2016, 1, 1), None), joined_on=date(2016, 1, 1),
        )  # fmt: skip
        Person.objects.filter(pk=liu.pk).update(erased_at=now())
    return office


def test_persons_are_counted_once_and_the_erased_not_at_all(office: Office) -> None:
    for actor in (actor_at(office.mill), actor_at(office.town), OPERATOR, Actor(account_id=None, name="")):
        assert figures(actor, since=SINCE).seen == visible_to(actor).count()
    assert figures(actor_at(office.mill), since=SINCE).seen == 1


def test_one_pass_tells_what_each_count_tells(office: Office) -> None:
    Person.objects.update(erased_at=None)
    assert figures(actor_at(office.town), since=SINCE) == (2, 2, 1)


def test_active_members_and_those_who_joined_lately(office: Office) -> None:
    paths = actor_at(office.town).paths(SEE_MEMBERS)
    assert active_and_joined(paths, since=SINCE) == (2, 1)
    assert active_and_joined(paths, since=date(2026, 1, 1)) == (2, 0)
