"""What parameters bring to the first page: values of others that wait for a second pair of eyes."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.parameters.listing import title_of
from niangjia.kernel.parameters.queries import waiting_for
from niangjia.kernel.parameters.rules import SET_PARAMETER
from niangjia.kernel.parameters.words import said_value
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.kernel.web.todo import MOST, ToDo, WaitsFor


def things_to_do(actor: Actor, _on: date) -> list[ToDo]:
    """Values that others entered and this actor may put in force."""
    if not actor.paths(SET_PARAMETER) or not actor.account_id:
        return []
    return [
        ToDo(
            kind="parameter",
            icon="adjustments-horizontal",
            title=_("「{title}」改成 {value}，等您看").format(
                title=title_of(each), value=said_value(each.value, each.unit)
            ),
            note=(each.source, _("{day}起").format(day=day(each.valid_from))),
            address=reverse("parameter_change", args=[each.pk]),
            verb=gettext_lazy("看了再定"),
            waits_for=WaitsFor.SECOND,
        )
        for each in waiting_for(actor)[:MOST]
    ]
