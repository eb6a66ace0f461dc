"""Objections that wait for an answer, on the first page."""

from collections import defaultdict
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.notices.models import Objection
from niangjia.kernel.cases.notices.queries import open_for
from niangjia.kernel.cases.notices.rules import ANSWER_OBJECTION
from niangjia.kernel.cases.notices.words import title_of
from niangjia.kernel.web.todo import MOST, ToDo, WaitsFor


def things_to_do(actor: Actor, _on: date) -> list[ToDo]:
    """What is objected to one notice is one thing; whoever put the notice up is not asked."""
    if not actor.paths(ANSWER_OBJECTION):
        return []
    by_notice: dict[int, list[Objection]] = defaultdict(list)
    for objection in open_for(actor).order_by("made_at", "id")[:MOST]:
        by_notice[objection.publication_id].append(objection)
    return [_thing(found) for found in by_notice.values()]


def _thing(found: list[Objection]) -> ToDo:
    notice = found[0].publication
    words = ngettext("「%(title)s」有 %(n)s 条异议等答复", "「%(title)s」有 %(n)s 条异议等答复", len(found))
    return ToDo(
        kind="objection",
        icon="message-report",
        title=words % {"title": title_of(notice), "n": len(found)},
        note=(notice.union_name, _("没有答复以前，这件事不能往下办")),
        address=reverse("notice", args=[notice.pk]),
        verb=gettext_lazy("去答复"),
        due=notice.ends_on,
        waits_for=WaitsFor.SECOND,
    )
