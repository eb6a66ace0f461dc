"""The list of requests: what is open first, the soonest day on top; accepted and given to colleagues many at once."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Grant
from niangjia.kernel.access.queries import in_force
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.queries import near_to
from niangjia.kernel.cases.today import due_day
from niangjia.kernel.listing import Badge, Button, Column, Empty, Filter, Listing, Picks
from niangjia.kernel.listing.declaration import BulkAction, Preview
from niangjia.kernel.web.todo import due_said
from niangjia.registers.orgs.rules.moves import SEE_UNIONS
from niangjia.services.requests import outcomes, queries
from niangjia.services.requests.handling import accept_many, assign_many
from niangjia.services.requests.local.services import place_for
from niangjia.services.requests.rules.board import months_back
from niangjia.services.requests.rules.moves import SEE_REQUESTS, TAKE_DOWN
from niangjia.services.requests.rules.workflow import ACCEPTED, HANDLERS, IN_HAND, RECEIVED, REOPENED
from niangjia.services.requests.topics import topic_choices, topic_of
from niangjia.services.requests.words import (
    BACK_WORDS,
    CHANNEL_WORDS,
    GRADE_WORDS,
    KIND_WORDS,
    OUTCOME_WORDS,
    STAGE_BADGES,
    month_words,
)

Words = str | Promise
NEW = "/requests/new/"
MOST_MONTHS = 24


def may_take_down(actor: Actor) -> bool:
    """Whether the actor may write a request down anywhere."""
    return bool(actor.paths(TAKE_DOWN))


def may_keep_topics(actor: Actor) -> bool:
    """Whether the actor adds topics for a place."""
    return place_for(actor) is not None


def badge_of(request: Any) -> Badge:
    """At which stage it is; an open one past its day is late, and still says where it stands."""
    badge = STAGE_BADGES[request.case.stage]
    is_late = request.case.due_at is not None and request.case.due_at < clock.now()
    return Badge("late", badge.words) if is_late else badge


def title_of(request: Any) -> str:
    """Kind and topic, never what was said."""
    return gettext("{kind}：{topic}").format(kind=KIND_WORDS[request.kind], topic=topic_of(request))


def due_words(request: Any) -> Words:
    """What is left of the soonest time."""
    last = due_day(request.case.due_at)
    return due_said(last, on=clock.today())[0] if last else ""


def employer_of(request: Any) -> str:
    """The employer that it is about."""
    return request.employer.name if request.employer else ""


def handler_of(request: Any) -> str:
    """Who has it in hand."""
    return request.case.handler.name if request.case.handler else ""


def _grade(request: Any) -> Words:
    return GRADE_WORDS.get(request.grade, "")


def _flat_topics(actor: Actor) -> list[tuple[str, Any]]:
    """Every topic offered where the actor handles, local ones too."""
    flat: list[tuple[str, Any]] = []
    for code, words in topic_choices((actor.paths(SEE_REQUESTS) or ("",))[0]):
        flat += words if isinstance(words, list) else [(code, words)]
    return flat


def _mine(rows: Any, _value: str) -> Any:
    return rows.filter(case__handler=None, case__closed_at=None)


def colleagues(actor: Actor) -> list[tuple[str, Words]]:
    """Who handles where the actor does."""
    paths = actor.paths(SEE_REQUESTS)
    if not paths:
        return []
    held = Grant.objects.filter(in_force(clock.today()), near_to(paths), role__in=HANDLERS)
    rows = held.filter(account__is_active=True).order_by("account__name").values_list("account_id", "account__name")
    return [(str(account), name) for account, name in dict.fromkeys(rows)]


def _spans(_actor: Actor) -> list[tuple[str, Words]]:
    """The last months together, then each of two years."""
    months = reversed(months_back(clock.today(), MOST_MONTHS))
    return [*BACK_WORDS.items(), *((f"{month:%Y-%m}", month_words(month)) for month in months)]


def _preview_accept(rows: Any, _value: str, *, by: Actor) -> Preview:  # noqa: ARG001 - as every preview is asked
    found = list(rows)
    waiting = tuple(row.pk for row in found if row.case.stage == RECEIVED)
    left = len(found) - len(waiting)
    return Preview(changes=waiting, left=((_("已经受理过了"), left),) if left else ())


def _preview_assign(rows: Any, value: str, *, by: Actor) -> Preview:  # noqa: ARG001 - as every preview is asked
    found = list(rows)
    open_ones = [row for row in found if row.case.stage in (RECEIVED, ACCEPTED, IN_HAND, REOPENED)]
    given = tuple(row.pk for row in open_ones if str(row.case.handler_id) != value)
    reasons = (
        (_("在等她，或者已经办结"), len(found) - len(open_ones)),
        (_("已经在这位手上"), len(open_ones) - len(given)),
    )
    return Preview(changes=given, left=tuple(pair for pair in reasons if pair[1]))


def _accept(keys: Iterable[int], value: str, *, by: Actor) -> int:
    return accept_many(keys, value, by=by, at=clock.now())


def _assign(keys: Iterable[int], value: str, *, by: Actor) -> int:
    return assign_many(keys, int(value), by=by, at=clock.now()) if value.isdecimal() else 0


REQUESTS = Listing(
    "requests",
    title=_("诉求"),
    visible_to=queries.visible_to,
    columns=(
        Column(_("说的事"), title_of, link=lambda row: reverse("request", args=[row.pk]), note="case.number", key="title"),
        Column(_("单位"), employer_of, wide_only=True),
        Column(_("来源"), lambda row: CHANNEL_WORDS[row.channel], wide_only=True),
        Column(_("难易"), _grade, wide_only=True),
        Column(_("经办人"), handler_of),
        Column(_("状态"), badge_of, note=due_words),
        Column(_("收到"), "case.opened_at", kind="moment", sort=("case__opened_at",), wide_only=True, key="opened_at"),
    ),
    filters=(
        Filter(
            "state", _("状态"), apply=queries.in_state,
            choices=[("open", _("没办结的")), ("late", _("已逾期")), ("closed", _("办结的")),
                     *((code, badge.words) for code, badge in STAGE_BADGES.items())],
            told="open, late, closed, or one stage.",
        ),
        Filter("kind", _("类型"), choices=list(KIND_WORDS.items()), apply="kind", told="Only of this kind."),
        Filter("topic", _("事由"), choices=_flat_topics, apply="topic", told="Only about this topic."),
        Filter("channel", _("来源"), choices=list(CHANNEL_WORDS.items()), apply="channel"),
        Filter("hands", _("经办人"), choices=[("none", _("还没有人接"))], apply=_mine),
        Filter("came", _("收到的时间"), choices=_spans, apply=outcomes.came_in, told="3m, 12m, 24m, or a month: 2026-11."),
        Filter(
            "outcome", _("办得怎样"), apply=outcomes.in_outcome, choices=list(OUTCOME_WORDS.items()),
            told="in_time, late, again (not agreed to), unanswered.",
        ),
        Filter("place", _("事发地"), apply=queries.counted_below, picks=Picks("unions", SEE_UNIONS)),
    ),
    search=queries.found_by,
    search_words=_("编号、单位或者地方"),
    order=("is_closed", "case__due_at", "-pk"),
    empty=Empty(
        _("没有诉求"),
        _("职工在手机上说的、打热线说的，都会到这里。接到电话，先记下来。"),
        button=Button(_("记一件"), NEW, allowed=may_take_down),
        icon="message-report",
    ),
    buttons=(
        Button(_("看板"), "/requests/board/", icon="chart-bar", allowed=may_take_down),
        Button(_("地方事由"), "/requests/topics/", icon="clipboard-list", allowed=may_keep_topics),
        Button(_("记一件"), NEW, icon="phone", main=True, allowed=may_take_down),
    ),
    counted=lambda n: ngettext("%(n)s 件诉求", "%(n)s 件诉求", n) % {"n": f"{n:,}"},
    move=SEE_REQUESTS,
    actions=(
        BulkAction(
            key="accept", words=_("受理"), icon="check", move=SEE_REQUESTS, asks=_("按哪一级办"),
            choices=list(GRADE_WORDS.items()), preview=_preview_accept, apply=_accept,
            consequence=_("每个人都会收到受理的消息和答复的最后一天。"),
        ),
        BulkAction(
            key="assign", words=_("交给经办人"), icon="user", move=SEE_REQUESTS, asks=_("交给谁"),
            choices=colleagues, preview=_preview_assign, apply=_assign,
            consequence=_("要回避的人交不过去，那几件留着不动。"),
        ),
    ),
    stays="requests are never taken out in bulk: they hold what an employer must not learn",
)  # fmt: skip
