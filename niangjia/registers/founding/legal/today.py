"""Certificates that hold no more or say what is no longer so, for who registers them."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.todo import MOST, ToDo
from niangjia.registers.founding.legal.queries import registrars, standing_of, wanting
from niangjia.registers.founding.legal.rules import REGISTER_LEGAL, LegalState

_SAYS = {
    LegalState.RUN_OUT: gettext_lazy("「{name}」的法人证书要换"),
    LegalState.CHANGED: gettext_lazy("「{name}」的法人登记要变更"),
    LegalState.ENDED: gettext_lazy("「{name}」并走了，法人资格要注销"),
}


def things_to_do(actor: Actor, on: date) -> list[ToDo]:
    """Each certificate that has to be changed or renewed, with the thirtieth day."""
    if not actor.paths(REGISTER_LEGAL):
        return []
    things = []
    for legal in wanting(actor, on=on)[:MOST]:
        if not registrars(actor, legal.union):
            continue
        standing = standing_of(legal, on=on)
        words = _SAYS.get(standing.state, _SAYS[LegalState.CHANGED])
        address = f"/unions/{legal.union.code}/legal-person/"
        things.append(
            ToDo(
                "legal_person",
                "certificate",
                str(words).format(name=legal.union.name),
                address,
                _("去办"),
                due=standing.due_on,
            )
        )
    return things
