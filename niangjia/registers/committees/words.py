"""Committees, posts and terms in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.listing import Badge
from niangjia.registers.committees.rules.bodies import BodyKind, Post, TermForm
from niangjia.registers.committees.rules.leaving import LeaveReason
from niangjia.registers.committees.rules.terms import Standing

Words = str | Promise
BODY_WORDS: dict[str, Words] = {
    BodyKind.COMMITTEE: _("工会委员会"),
    BodyKind.STANDING: _("常务委员会"),
    BodyKind.AUDIT: _("经费审查委员会"),
    BodyKind.WOMEN: _("女职工委员会"),
    BodyKind.SUPERVISION: _("劳动法律监督委员会"),
    BodyKind.MEDIATION: _("劳动争议调解委员会"),
}
# Where one person stands for a whole committee.
ALONE_WORDS: dict[str, Words] = {
    BodyKind.AUDIT: _("经审委员"),
    BodyKind.WOMEN: _("女职工委员"),
    BodyKind.SUPERVISION: _("劳动法律监督员"),
}
POST_WORDS: dict[str, Words] = {
    Post.CHAIR: _("主席"),
    Post.VICE_CHAIR: _("副主席"),
    Post.FINANCE: _("财务委员"),
    Post.MEMBER: _("委员"),
    Post.ORGANISER: _("组织员"),
}
# Committees beside the union's own are led by a director.
BESIDE_WORDS: dict[str, Words] = {Post.CHAIR: _("主任"), Post.VICE_CHAIR: _("副主任")}
FORM_WORDS: dict[str, Words] = {
    TermForm.COMMITTEE: _("工会委员会"),
    TermForm.JOINT_COMMITTEE: _("联合工会委员会"),
    TermForm.ORGANISER: _("组织员"),
}
LEAVE_WORDS: dict[str, Words] = {
    LeaveReason.RESIGNED: _("自己辞去"),
    LeaveReason.MOVED_AWAY: _("调走了，不在这个单位"),
    LeaveReason.RETIRED: _("退休了"),
    LeaveReason.DIED: _("去世了"),
}
STANDING_BADGES: dict[str, Badge] = {
    Standing.NONE: Badge("wait", _("没有记届期")),
    Standing.RUNNING: Badge("done", _("任期内")),
    Standing.SOON: Badge("wait", _("快到期")),
    Standing.EXTENDED: Badge("paused", _("延期中")),
    Standing.RUN_OUT: Badge("late", _("到期没有换届")),
}


def post_words(kind: str, post: str) -> Words:
    """What somebody is on a committee: 主席 of the union's own, 主任 of those beside it."""
    if kind != BodyKind.COMMITTEE.value and post in BESIDE_WORDS:
        return BESIDE_WORDS[post]
    return POST_WORDS[post]
