"""What she is told of her own papers that somebody saw (我的资料)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.kernel.web.worker.declared import OwnFact, OwnRecord
from niangjia.kernel.worded import Worded
from niangjia.registers.members.verified.models import PaperSeen
from niangjia.registers.members.verified.words import OCCASION_WORDS, PAPER_WORDS

SEEN = Worded(
    lambda subject: (
        PaperSeen.objects.filter(person_id=subject, withdrawn_at=None)
        .select_related("union")
        .order_by("-seen_on", "-pk")[:5]
    ),
    subject=int,
)


def own_records(actor: Actor) -> Iterator[OwnRecord]:
    """Which union saw which papers, and what for."""
    if actor.subject_id is None:
        return
    facts = tuple(
        OwnFact(PAPER_WORDS[each.paper], OCCASION_WORDS[each.occasion], each.seen_on, each.union.name)  # type: ignore[arg-type]
        for each in SEEN(subject=actor.subject_id)
    )
    if facts:
        line = _("看过原件，身份就核实了，不用一次次再带。最近一次是 {day}。").format(day=day(facts[0].since))
        yield OwnRecord(_("看过我的证件"), "id", facts, line, _("您的工会和上级工会里管会籍的干部。没有存证件的照片。"))
