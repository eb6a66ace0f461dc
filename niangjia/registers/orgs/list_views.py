"""Pages of a list of unions: choose the file, see what would come of it, land it, take it back."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.intake.receiving import MEGABYTE, taken_in, takes_sealed_file
from niangjia.kernel.web.reasons import in_words
from niangjia.registers.orgs import taking_lists
from niangjia.registers.orgs.listing import may_import_unions
from niangjia.registers.orgs.services import UndoRefused

ACCEPTED = ".xlsx,.xlsm,.xls,.et,.ods,.csv,.tsv,.txt"
FAULTS_SHOWN = 200
EARLIER_SHOWN = 8
STEPS = (gettext_lazy("上传文件"), gettext_lazy("试运行核对"), gettext_lazy("入库，可撤销"))
BADGES = {
    State.TRIED: ("wait", gettext_lazy("核对完，等入库")),
    State.DONE: ("done", gettext_lazy("已入库")),
    State.UNDONE: ("closed", gettext_lazy("已撤销")),
}


class ListForm(forms.Form):
    """The file with the unions."""

    file = forms.FileField(
        label=gettext_lazy("工会名单"),
        max_length=255,
        error_messages={
            "required": gettext_lazy("还没有选文件。"),
            "empty": gettext_lazy("文件是空的，里面一个字也没有。请打开看看名单在不在，保存好再传一次。"),
            "max_length": gettext_lazy("文件名太长了，请改短一些再传。"),
        },
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


@takes_sealed_file(may=may_import_unions)
def start(request: HttpRequest) -> HttpResponse:
    """Choose the file; it is sealed while it comes in, and tried at once."""
    actor = who_asks(request)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    batch = (
        taken_in(form, request, lambda file: taking_lists.take_list(str(file.name), file.upload, by=actor))
        if request.method == "POST"
        else None
    )
    if batch is not None:
        return redirect("union_list", list_id=batch.pk)
    earlier = taking_lists.lists_seen(actor).order_by("-id")[:EARLIER_SHOWN]
    context = {
        "form": form,
        "steps": STEPS,
        "limit": settings.UPLOAD_MAX_BYTES // MEGABYTE,
        "earlier": [(each, BADGES[State(each.state)]) for each in earlier if each.state in BADGES],
    }
    return render(request, "orgs/list_start.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, list_id: int) -> HttpResponse:
    """What comes of the list, with every fault; land it, throw it away, take it back."""
    actor = who_asks(request)
    batch = taking_lists.lists_seen(actor).filter(pk=list_id).first()
    if batch is None:
        raise Http404
    against: list[tuple[str, str]] = []
    if request.method == "POST":
        answer = _done(request, batch)
        if isinstance(answer, HttpResponse):
            return answer
        against = answer
    return render(request, "orgs/list.html", _context(batch, against))


def _done(request: HttpRequest, batch: Import) -> HttpResponse | list[tuple[str, str]]:
    """What was pressed is done; else what stands against taking the list back."""
    actor, on = who_asks(request), clock.today()
    if "land" in request.POST:
        taking_lists.land_list(batch, by=actor, on=on)
        messages.success(request, _("入库了。"))
    elif "discard" in request.POST and taking_lists.throw_away(batch, by=actor):
        messages.success(
            request, _("「{file}」不导入了，文件已经删掉，库里什么都没有改。").format(file=batch.file_name)
        )
        return redirect("union_list_new")
    elif "undo" in request.POST:
        try:
            taking_lists.take_back(batch, by=actor, on=on)
        except UndoRefused as refused:
            return [(each.name, in_words(each.reason)) for each in refused.touched[:FAULTS_SHOWN]]
        messages.success(request, _("撤销好了，这次导入改过的都恢复了原样。"))
    return redirect("union_list", list_id=batch.pk)


def _context(batch: Import, against: list[tuple[str, str]]) -> dict[str, Any]:
    is_tried = batch.state == State.TRIED
    faults = batch.remarks.order_by("seq", "id")[: FAULTS_SHOWN + 1]
    lines = [(each, _(each.sentence).format(**each.values)) for each in faults]
    return {
        "batch": batch,
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
