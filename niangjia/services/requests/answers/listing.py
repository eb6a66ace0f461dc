"""The list of kept answers: what waits for a second person first."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Badge, Button, Column, Empty, Filter, Listing
from niangjia.services.requests.answers import queries
from niangjia.services.requests.models import AnswerState, KnownAnswer
from niangjia.services.requests.rules.moves import KEEP_ANSWERS
from niangjia.services.requests.topics import topic_words

BADGES = {
    AnswerState.WRITTEN.value: Badge("wait", _("等第二人把关")),
    AnswerState.IN_FORCE.value: Badge("done", _("可以用")),
    AnswerState.RETIRED.value: Badge("closed", _("停用了")),
}
NEW = "/requests/answers/new/"


def badge_of(kept: KnownAnswer) -> Badge:
    """How far an answer has come."""
    return BADGES[kept.state]


def _topic(kept: Any) -> str:
    return topic_words(kept.topic)


def _asked(rows: QuerySet[KnownAnswer], words: str) -> QuerySet[KnownAnswer]:
    return rows.filter(title__icontains=words) | rows.filter(source__icontains=words)


def may_write(actor: Actor) -> bool:
    """Whether the actor may write an answer anywhere."""
    return bool(actor.paths(KEEP_ANSWERS))


KEPT_ANSWERS = Listing(
    "answers",
    title=_("答复库"),
    visible_to=queries.visible_to,
    columns=(
        Column(_("问的是什么"), "title", link=lambda row: reverse("answer", args=[row.pk]), key="title"),
        Column(_("事由"), _topic, key="topic"),
        Column(_("依据"), "source", wide_only=True, key="source"),
        Column(_("哪个工会写的"), "place.union.name", wide_only=True),
        Column(_("状态"), badge_of),
        Column(_("从哪天起"), "valid_from", kind="day", wide_only=True),
    ),
    filters=(
        Filter("state", _("状态"), choices=[(code, badge.words) for code, badge in BADGES.items()], apply="state"),
    ),
    search=_asked,
    search_words=_("问题或者依据"),
    order=("-state", "topic", "pk"),
    empty=Empty(
        _("还没有现成的答复"),
        _("常有人问的，写一条，另一位看过以后，大家答复的时候都能用。"),
        button=Button(_("写一条"), NEW, allowed=may_write),
        icon="book",
    ),
    buttons=(Button(_("写一条"), NEW, icon="plus", main=True, allowed=may_write),),
    counted=lambda n: ngettext("%(n)s 条", "%(n)s 条", n) % {"n": f"{n:,}"},
    move=KEEP_ANSWERS,
)
