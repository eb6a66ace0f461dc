"""What kept files hold about persons: each belongs to a matter, and goes with it."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.files.drafts import forget, past_drafts
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.files.rules import DRAFT
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.kernel.privacy.rules import EVIDENCE, End, Keep, Leaving, PersonalTable


def _past(at: datetime) -> QuerySet[StoredFile]:
    """Drafts that nobody sent, and files whose request is past its time."""
    asked = Exists(RightsRequest.objects.filter(pk=OuterRef("owner_thing")))
    drafts = StoredFile.objects.filter(pk__in=past_drafts(at).order_by().values("pk"))
    return drafts | StoredFile.objects.filter(~asked, owner=EVIDENCE)


def _let_go(keys: list[Any]) -> int:
    return forget(StoredFile.objects.filter(pk__in=keys))


def _erase(leaving: Leaving) -> int:
    """What she handed in with her requests, and what she has not sent."""
    hers = RightsRequest.objects.filter(subject_id=leaving.subject_id).values("pk")
    sent = StoredFile.objects.filter(owner=EVIDENCE, owner_thing__in=hers)
    return forget(sent | StoredFile.objects.filter(owner=DRAFT, account__subject_id=leaving.subject_id))


TABLES = (
    PersonalTable(
        "files.StoredFile",
        gettext_noop("附件"),
        gettext_noop("办事时交来的照片和材料。"),
        Keep(gettext_noop("没有交的留一天，交了的随所属的事项"), End.DELETE, 0, due=_past, carry_out=_let_go),
        tell=gettext_noop("加密保存，列在所属的事项里。"),
        erase=_erase,
    ),
)
