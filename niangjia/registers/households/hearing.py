"""What a member withdraws she withdraws: with her consent goes what she wrote down by it."""

from niangjia.kernel import clock
from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.journal.models import Entry
from niangjia.registers.households.models import Belonging, Household
from niangjia.registers.households.rules import CHILDREN, FAMILY, needs_guardian
from niangjia.registers.households.services import erase_household


def hear(entry: Entry) -> None:
    """A consent was withdrawn: the whole household, or the children under fourteen, are written down no more."""
    if entry.verb != "withdraw_consent" or entry.thing_id is None:
        return
    notice = entry.detail.get("notice")
    with beyond(Purpose.HOUSEHOLDS):
        if notice == FAMILY:
            for household in Household.objects.filter(head=entry.thing_id):
                erase_household(household)
        elif notice == CHILDREN:
            _forget_children(entry.thing_id)


def _forget_children(head_id: int) -> None:
    today = clock.today()
    for belonging in Belonging.objects.filter(head=head_id, kin__isnull=False).select_related("kin"):
        kin = belonging.kin
        if kin is not None and needs_guardian(kin.birth_on, on=today):
            belonging.delete()
            kin.delete()
