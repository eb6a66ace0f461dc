"""Ask for a fact to be put right, with what shows that it is wrong."""

from collections.abc import Sequence

from django.db import transaction

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.files.drafts import claim
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.privacy.asking import ask_correction
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.kernel.privacy.rules import EVIDENCE


@transaction.atomic
def ask_with_evidence(fact: str, says: str, drafts: Sequence[StoredFile], *, by: Actor) -> RightsRequest:
    """Ask for a correction (更正) with the files handed in for it; `NotAsked` leaves them as drafts."""
    asked = ask_correction(fact, says, by=by)
    if drafts:
        claim(drafts, owner=EVIDENCE, owner_thing=asked.pk, place=asked.place or drafts[0].place, by=by)
    return asked
