"""What the calendar brings to the first page: that the next year's notice has to be brought in."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.todo import ToDo
from niangjia.kernel.workdays.queries import may_publish, year_wanted
from niangjia.kernel.workdays.rules import PUBLISH_CALENDAR


def things_to_do(actor: Actor, on: date) -> list[ToDo]:
    """The next year's days off, from November on, for whoever brings them in."""
    year = year_wanted(on) if actor.paths(PUBLISH_CALENDAR) else None
    if year is None or not may_publish(actor):
        return []
    return [
        ToDo(
            kind="calendar",
            icon="calendar-event",
            title=_("{year} 年的放假安排还没有装入").format(year=year),
            note=(_("国务院办公厅一般在十一月公布；没装以前，明年的到期日只按周末推算。"),),
            address=f"{reverse('calendar_new')}?year={year}",
            verb=gettext_lazy("装入"),
            due=date(on.year, 12, 31),
        )
    ]
