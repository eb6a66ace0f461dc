"""What exports bring to the first page of the day: requests of others that wait for a second pair of eyes."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.exports.queries import waiting_for
from niangjia.kernel.exports.rules import APPROVE_EXPORT
from niangjia.kernel.exports.words import PURPOSE_WORDS
from niangjia.kernel.web.exports.listing import title_of, who_asked
from niangjia.kernel.web.templatetags.niangjia_web import moment
from niangjia.kernel.web.today import Panel, Part, Task

SHOWN = 5


def part(actor: Actor, _on: date) -> Part:
    """The requests that this actor may decide on; nothing where none waits."""
    if not actor.paths(APPROVE_EXPORT):
        return Part()
    tasks = tuple(
        Task(
            title=_("{who}要导出「{what}」").format(who=who_asked(request), what=title_of(request)),
            address=reverse("export", args=[request.pk]),
            icon="file-download",
            button=gettext_lazy("看了再定"),
            facts=(_rows(request.rows_asked), PURPOSE_WORDS[request.purpose], moment(request.asked_at)),
        )
        for request in waiting_for(actor)[:SHOWN]
    )
    if not tasks:
        return Part()
    return Part(
        panels=(Panel(gettext_lazy("等您批准的导出"), tasks, more=f"{reverse('exports')}?whose=others&state=asked"),)
    )


def _rows(rows: int) -> str:
    return ngettext("%(n)s 行", "%(n)s 行", rows) % {"n": f"{rows:,}"}
