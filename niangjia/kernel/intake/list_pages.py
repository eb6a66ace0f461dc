"""What the pages of a list show: choosing the file, what came of its rows, landing it and taking it back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.intake.receiving import MEGABYTE

ACCEPTED = ".xlsx,.xlsm,.xls,.et,.ods,.csv,.tsv,.txt"
FAULTS_SHOWN, EARLIER_SHOWN = 200, 8
STEPS = (gettext_lazy("上传文件"), gettext_lazy("试运行核对"), gettext_lazy("入库，可撤销"))
BADGES = {
    State.TRIED: ("wait", gettext_lazy("核对完，等入库")),
    State.DONE: ("done", gettext_lazy("已入库")),
    State.UNDONE: ("closed", gettext_lazy("已撤销")),
}
Against = list[tuple[str, str]]


class ListForm(forms.Form):
    """The file with the list."""

    file = forms.FileField(
        max_length=255,
        error_messages={
            "required": gettext_lazy("还没有选文件。"),
            "empty": gettext_lazy("文件是空的，里面一个字也没有。请打开看看名单在不在，保存好再传一次。"),
            "max_length": gettext_lazy("文件名太长了，请改短一些再传。"),
        },
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(self, request: HttpRequest, *, label: str) -> None:
        """`label` says which list is meant."""
        super().__init__(request.POST or None, request.FILES or None)
        self.is_bound = request.method == "POST"
        self.fields["file"].label = label


def start_context(form: ListForm, earlier: Iterable[Import], *, page: str) -> dict[str, Any]:
    """The page on which the file is chosen, with what was brought in before; `page` is where each of those stands."""
    return {
        "page": page,
        "form": form,
        "steps": STEPS,
        "limit": settings.UPLOAD_MAX_BYTES // MEGABYTE,
        "earlier": [(each, BADGES[State(each.state)]) for each in earlier if each.state in BADGES],
    }


def outcome_context(batch: Import, against: Against, *, name: str) -> dict[str, Any]:
    """What came of each row; `against` is what stands in the way of taking it back, `name` how the column of names is headed."""
    is_tried = batch.state == State.TRIED
    found = batch.remarks.order_by("seq", "id")[: FAULTS_SHOWN + 1]
    lines = [(each, _(each.sentence).format(**each.values)) for each in found]
    return {
        "batch": batch,
        "name_words": name,
        "sheet": _("工作表「{sheet}」").format(sheet=batch.sheet) if batch.sheet else "",
        "badge": BADGES[State(batch.state)],
        "steps": STEPS,
        "step": 2 if is_tried else len(STEPS) + 1,
        "is_tried": is_tried,
        "to_land": batch.created + batch.updated,
        "figures": [
            (_("新增"), batch.created, False),
            (_("更新"), batch.updated, False),
            (_("和库里一样"), batch.unchanged, False),
            (_("要改才能入库"), batch.rejected, bool(batch.rejected)),
        ],
        "lines": lines[:FAULTS_SHOWN],
        "has_more": len(lines) > FAULTS_SHOWN,
        "against": against,
    }
