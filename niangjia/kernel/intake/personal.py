"""What imports hold about persons: the file as it came, remarks on its rows, values from before a change."""

from datetime import datetime
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.intake.models import Change, Import, Remark, State
from niangjia.kernel.intake.uploads import forget_upload
from niangjia.kernel.privacy.rules import End, Keep, Leaving, PersonalTable

PEOPLE = "members"
OVER = (State.DONE, State.UNDONE)
# How long an import can be taken back, and a file of faults made from the original.
UNDO_DAYS, ORIGINAL_DAYS = 365, 30
IN_HER_ROWS = gettext_noop("导入以后的内容就是您的登记资料，见「会员登记」。")


def forget_originals(keys: list[Any]) -> int:
    """Files as they came are needed no more; what was imported stays."""
    batches = Import.objects.filter(pk__in=keys)
    for names in batches.values_list("stored_as", "faults_stored_as"):
        for name in filter(None, names):
            forget_upload(name)
    return batches.update(stored_as="", faults_stored_as="", faults_state="")


def _old_originals(before: datetime) -> Any:
    return Import.objects.filter(state__in=OVER, finished_at__lt=before).exclude(stored_as="")


def _erase_remarks(leaving: Leaving) -> int:
    """Remarks on rows that name her; a namesake's remark goes with them, for a row does not say which of the two it was."""
    named = Q(name__in=leaving.words)
    for word in leaving.words:
        named |= Q(said__contains=word) | Q(shown__contains=word)
    remarks = Remark.objects.filter(batch__city=leaving.city).annotate(said=Cast("values", TextField()))
    return remarks.filter(named).delete()[0]


def _erase_changes(leaving: Leaving) -> int:
    changes = Change.objects.filter(thing_id=leaving.subject_id, batch__kind=PEOPLE)
    return changes.delete()[0]


TABLES = (
    PersonalTable(
        "intake.Change", gettext_noop("导入前的样子"), gettext_noop("导错了可以撤销。"),
        Keep(
            gettext_noop("入库以后一年，过后不能再撤销"), End.DELETE, UNDO_DAYS,
            due=lambda at: Change.objects.filter(batch__state__in=OVER, batch__finished_at__lt=at),
        ),
        tell=IN_HER_ROWS, erase=_erase_changes,
    ),
    PersonalTable(
        "intake.Remark", gettext_noop("导入时的说明"), gettext_noop("告诉经办人哪一行要改。"),
        Keep(
            gettext_noop("入库以后半年"), End.DELETE, 183,
            due=lambda at: Remark.objects.filter(batch__state__in=OVER, batch__finished_at__lt=at),
        ),
        tell=gettext_noop("按行记的，号码已经遮住；里面的内容见「会员登记」。"), erase=_erase_remarks,
    ),
    PersonalTable(
        "intake.Import", gettext_noop("花名册原件"), gettext_noop("登记会员，改错，撤销。"),
        Keep(
            gettext_noop("入库以后三十天删除原件，只留件数"), End.DELETE, ORIGINAL_DAYS,
            due=_old_originals, carry_out=forget_originals,
        ),
        tell=IN_HER_ROWS, erase=gettext_noop("原件里有您的，随会员登记一起删除。"),
    ),
)  # fmt: skip
