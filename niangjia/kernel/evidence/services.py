"""Ask for a fact to be put right, with what shows that it is wrong; ask for erasure under one's own name."""

from collections.abc import Sequence

from django.db import transaction

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.files.drafts import claim
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.privacy.asking import ask_correction, ask_erasure
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.kernel.privacy.queries import SAYS
from niangjia.kernel.privacy.rules import EVIDENCE
from niangjia.kernel.sealed import seal


@transaction.atomic
def ask_with_evidence(fact: str, says: str, drafts: Sequence[StoredFile], *, by: Actor) -> RightsRequest:
    """Ask for a correction (更正) with the files handed in for it; `NotAsked` leaves them as drafts."""
    asked = ask_correction(fact, says, by=by)
    if drafts:
        claim(drafts, owner=EVIDENCE, owner_thing=asked.pk, place=asked.place or drafts[0].place, by=by)
    return asked


@transaction.atomic
def ask_erasure_signed(signature: StoredFile | None, typed_name: str, *, by: Actor) -> RightsRequest:
    """Ask for erasure (删除) under one's signature, drawn or typed; `NotAsked` leaves a drawn one as a draft."""
    asked = ask_erasure(by=by)
    if signature is not None:
        claim([signature], owner=EVIDENCE, owner_thing=asked.pk, place=asked.place or signature.place, by=by)
    if typed_name:
        asked.says_sealed = seal(typed_name, aad=f"{SAYS}.{asked.pk}")
        asked.save(update_fields=["says_sealed"])
    return asked
