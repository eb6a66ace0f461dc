"""Reminders of terms: to the union and to the one above, once for each of the days, and after the end."""

from datetime import date, timedelta

import pytest

from niangjia.kernel import clock
from niangjia.kernel.messages.models import Message
from niangjia.registers.committees.reminding import remind
from niangjia.registers.committees.tests.hall import AT, Hall
from niangjia.registers.committees.today import things_to_do
from niangjia.registers.orgs.services import close_union

pytestmark = pytest.mark.django_db
LAST = date(2027, 2, 28)


def told(hall: Hall, key: str) -> tuple[int, int]:
    rows = Message.objects.filter(template=key)
    return rows.filter(account=hall.chair).count(), rows.filter(account=hall.li).count()


def test_a_term_is_told_of_half_a_year_three_months_and_a_month_before_and_after_it() -> None:
    with clock.at(AT):
        hall = Hall(members=0)
        hall.term(elected=None)
    for left in (181, 180, 179, 90, 60, 30, 1, 0):
        remind(on=LAST - timedelta(days=left))
    assert (told(hall, "term_ends"), told(hall, "term_ends_below")) == ((3, 0), (0, 3))
    for late in (1, 2, 100):
        remind(on=LAST + timedelta(days=late))
    assert (told(hall, "term_over"), told(hall, "term_over_below")) == ((1, 0), (0, 1))


def test_today_tells_the_chair_of_her_term_and_the_cadre_of_what_has_run_out() -> None:
    with clock.at(AT):
        hall = Hall(members=0)
        hall.term(elected=None)
        chair, county = hall.actor(hall.chair), hall.actor(hall.zhou)
        assert [each.kind for each in things_to_do(chair, date(2026, 8, 1))] == []
        (own,) = things_to_do(chair, AT.date())
        assert (own.kind, own.due) == ("term", LAST)
        assert [each.kind for each in things_to_do(county, AT.date())] == []
        (below,) = things_to_do(county, LAST + timedelta(days=1))
        assert (below.kind, below.address) == ("terms_over", "/desk/terms/?state=run_out")


def test_a_closed_union_has_no_term_any_more() -> None:
    with clock.at(AT):
        hall = Hall(members=0)
        term = hall.term(elected=None)
        close_union(hall.mill.pk, by=hall.actor(hall.zhou), on=AT.date())
    term.refresh_from_db()
    assert term.ended_on == AT.date()
    assert remind(on=LAST) == 0
