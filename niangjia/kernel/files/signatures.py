"""A signature drawn with the finger (手写签名): a picture like any other, drawn anew and kept sealed, and never an empty one."""

from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from PIL import Image

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.files.drafts import hold
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.rules import INK_DARKER_THAN, Kind, signature_fault
from niangjia.kernel.files.services import Refused, content_of
from niangjia.kernel.places.models import Place


@transaction.atomic
def hold_signature(file: "UploadedFile[bytes]", *, place: Place, by: Actor) -> StoredFile:
    """Keep a signature as a draft; `Refused` where it is no picture, or nothing was written."""
    stored = hold(file, place=place, by=by)
    inked = _inked(stored) if stored.kind == Kind.PICTURE else 0
    if fault := signature_fault(inked):
        raise Refused(fault)
    return stored


def _inked(stored: StoredFile) -> int:
    """How many points are dark; read from our own drawing, never from what came in."""
    with Image.open(BytesIO(content_of(stored))) as drawn:
        shades = drawn.convert("L").histogram()
    return sum(shades[:INK_DARKER_THAN])
