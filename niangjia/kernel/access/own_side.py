"""What a session that was opened by a phone alone may do: the person's own side, never work."""

from dataclasses import replace

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

from niangjia.kernel.access.rules import Actor, Role

PHONE_CODE = "phone_code"


def came_by_phone(request: HttpRequest) -> bool:
    """Whether this session was opened by a code sent to a phone; it stays so whatever is proved later."""
    return any(record.get("method") == PHONE_CODE for record in get_authentication_records(request, request.user))


def on_own_side(actor: Actor) -> Actor:
    """The actor without rights of work: her own record is hers by being herself (`subject_id`), no right is needed."""
    return replace(actor, rights=tuple(right for right in actor.rights if right.role is Role.WORKER))
