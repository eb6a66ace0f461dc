"""What she sees when somebody says that her phone was lost: a question on her first page, and afterwards who did it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.kernel.access.rules import Actor, author_of
from niangjia.kernel.web.roles import unit_and_role
from niangjia.kernel.web.templatetags.niangjia_web import moment
from niangjia.kernel.web.worker.declared import Note, OwnFact, OwnRecord
from niangjia.kernel.worded import Worded
from niangjia.registers.members.regaining.kind import WHYS, agreed_by
from niangjia.registers.members.regaining.models import Regaining
from niangjia.registers.members.regaining.queries import of_her
from niangjia.registers.members.regaining.rules.workflow import CHECKED

CHECKED_NOW = Worded(
    lambda subject: (
        Regaining.objects.filter(person=subject, settled_at=None, case__stage=CHECKED)
        .select_related("case")
        .order_by("-pk")
    ),
    subject=int,
)


def own_notes(actor: Actor) -> Iterator[Note]:
    """While two decide she is asked whether it was her; while one waits the kernel asks, with the last day."""
    if actor.subject_id is None:
        return
    for regaining in CHECKED_NOW(subject=actor.subject_id):
        line = _("{who}报的，要换您登录的手机。不是您，马上停下来。").format(who=_who(regaining))
        yield Note(
            _("您的旧手机丢了吗？"),
            line,
            reverse("regaining_own", args=[regaining.pk]),
            _("去看看"),
            "device-mobile",
        )


def own_records(actor: Actor) -> Iterator[OwnRecord]:
    """One part for each time that her phone was changed in this way."""
    for regaining in of_her(actor).filter(handed_at__isnull=False):
        facts = [
            OwnFact(_("谁报的"), _who(regaining)),
            OwnFact(_("为什么换"), WHYS[regaining.why]),
            OwnFact(_("谁同意的"), _("、").join(agreed_by(regaining))),
            OwnFact(_("换上的时间"), moment(regaining.handed_at)),
        ]
        line = _("不对的话，马上告诉您的工会，或者点「说一件事」。")
        yield OwnRecord(_("登录的手机换过"), "device-mobile", tuple(facts), line)


def _who(regaining: Regaining) -> str:
    return str(unit_and_role(author_of(regaining.author)))
