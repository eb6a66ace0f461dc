"""The list of public notices at the desk: what hangs, what waits for an answer, what is over."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel import clock
from niangjia.kernel.cases.notices import queries
from niangjia.kernel.cases.notices.rules import SEE_NOTICES
from niangjia.kernel.cases.notices.words import BADGES, title_of
from niangjia.kernel.listing.declaration import Badge, Column, Empty, Filter, Listing


def badge_of(notice: Any) -> Badge:
    """How a notice stands today."""
    return BADGES[queries.state(notice, on=clock.today())]


def _objections(notice: Any) -> str:
    words = ngettext("%(n)s 条异议", "%(n)s 条异议", notice.objections_made)
    return words % {"n": notice.objections_made} if notice.objections_made else ""


NOTICES = Listing(
    "notices",
    title=_("公示"),
    visible_to=queries.visible_to,
    columns=(
        Column(_("公示"), title_of, link=lambda row: reverse("notice", args=[row.pk]), note="name"),
        Column(_("办件编号"), "case_number", kind="mono", wide_only=True),
        Column(_("工会"), "union_name"),
        Column(_("状态"), badge_of, note=_objections),
        Column(_("起"), "begins_on", kind="day", sort=("begins_on",), wide_only=True),
        Column(_("止"), "ends_on", kind="day", sort=("ends_on",)),
    ),
    filters=(
        Filter(
            "state",
            _("状态"),
            choices=[(state.value, badge.words) for state, badge in BADGES.items()],
            apply=queries.in_state,
        ),
    ),
    search=lambda rows, words: rows.filter(Q(union_name__icontains=words) | Q(case_number__startswith=words)),
    search_words=_("工会或办件编号"),
    order=("-ends_on", "-id"),
    empty=Empty(_("没有公示"), _("办件走到公示这一步，就会在这里；到期自己撤下，记录留着。"), icon="news"),
    counted=lambda n: ngettext("%(n)s 个公示", "%(n)s 个公示", n) % {"n": f"{n:,}"},
    move=SEE_NOTICES,
)
