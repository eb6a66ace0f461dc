"""A phone proposal among what waits for the person herself (等您办)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.kernel.web.worker.declared import Note
from niangjia.registers.members.models import PhoneProposal
from niangjia.registers.members.phone_changes.queries import first_for_her

PAGE = "/mine/phone/"


def own_notes(actor: Actor) -> Iterator[Note]:
    """Somebody wrote another phone for her: she is asked, and nothing changes before she answers."""
    first = first_for_her(actor)
    if first is not None:
        line = _("{where}写的是另一个手机。您确认过的没有改，是不是您的，您说了算。").format(where=where_from(first))
        yield Note(_("手机号换了吗？"), line, PAGE, _("去看看"), "device-mobile")


def where_from(proposal: PhoneProposal) -> str:
    """Whose register has the other phone, and since when; the roster itself is its union's."""
    name = place_names([proposal.union_id]).get(proposal.union_id, "") if proposal.union_id else ""
    facts = {"union": name or _("工会"), "on": day(proposal.proposed_at)}
    if proposal.intake_id is None:
        return _("{union}{on}改资料时，").format(**facts)
    return _("{union}{on}交来的花名册上，").format(**facts)
