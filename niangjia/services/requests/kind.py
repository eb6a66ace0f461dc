"""A request as a kind of cases: its words, and where its pages are."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.cases.kinds import CaseKind
from niangjia.kernel.cases.models import Case
from niangjia.services.requests.rules import KIND
from niangjia.services.requests.rules.workflow import STEPS
from niangjia.services.requests.words import MOVE_WORDS, REASON_WORDS, STAGE_BADGES, TIER_WORDS


def _desk(case: Case) -> str:
    return reverse("request", args=[case.pk])


def _own(case: Case) -> str:
    return reverse("said", args=[case.pk])


REQUEST_KIND = CaseKind(
    KIND,
    _("诉求"),
    steps=STEPS,
    stages={stage: badge.words for stage, badge in STAGE_BADGES.items()},
    moves=MOVE_WORDS,
    reasons=REASON_WORDS,
    tiers=TIER_WORDS,
    desk=_desk,
    own=_own,
    icon="message-report",
    by_clock="niangjia.services.requests.following.made_by_clock",
    content="niangjia.services.requests.on_paper.content_of",
    has_own_today=True,
    is_near=True,
)
