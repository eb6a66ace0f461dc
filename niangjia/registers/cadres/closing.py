"""What closing a union means for its cadres: posts and contacts there end with the day."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.registers.cadres.models import Contact, Posting
from niangjia.registers.orgs.closing import Closing, Effect
from niangjia.registers.orgs.models import Union


def _effects(union: Union, _on: date) -> list[Effect]:
    number = Posting.objects.filter(union=union, until=None).count()
    number += Contact.objects.filter(union=union, until=None).count()
    if not number:
        return []
    words = ngettext(
        "干部在这里的 %(n)s 个职务和联系点到那天为止。", "干部在这里的 %(n)s 个职务和联系点到那天为止。", number
    )
    return [Effect(words % {"n": f"{number:,}"})]


def _carry_out(union: Union, _by: Actor, on: date) -> dict[str, int]:
    ended = 0
    for posting in Posting.objects.select_for_update().filter(union=union, until=None).order_by("pk"):
        posting.until, posting.ended_because = max(on, posting.since), _("工会撤销")
        posting.save(update_fields=["until", "ended_because"])
        ended += 1
    for contact in Contact.objects.select_for_update().filter(union=union, until=None).order_by("pk"):
        contact.until = max(on, contact.since)
        contact.save(update_fields=["until"])
        ended += 1
    return {"cadre_posts": ended}


CLOSING = Closing(_effects, _carry_out)
