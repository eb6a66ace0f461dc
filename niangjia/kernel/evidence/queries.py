"""Who may see what was handed in with a request, and what the desk shows beside it."""

from django.db.models import Q
from django.urls import reverse

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.files.forms import size_words
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.rules import Kind
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.kernel.privacy.queries import visible_to
from niangjia.kernel.privacy.rules import EVIDENCE, Evidence


def may_see(actor: Actor, stored: StoredFile) -> bool:
    """The person whose request it is, and who may settle it."""
    own = RightsRequest.objects.filter(Q(subject_id=actor.subject_id or 0), pk=stored.owner_thing)
    return own.exists() or visible_to(actor).filter(pk=stored.owner_thing).exists()


def shown_with(request_id: int) -> list[Evidence]:
    """The files of a request, in the order in which they were handed in."""
    found = StoredFile.objects.filter(owner=EVIDENCE, owner_thing=request_id).order_by("pk")
    return [
        Evidence(
            reverse("stored_file", kwargs={"file_id": each.pk}), each.kind == Kind.PICTURE, size_words(each.size_bytes)
        )
        for each in found
    ]
