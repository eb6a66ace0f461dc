"""Pages of a list of employers: choose the file, see what would come of it, land it, take it back."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.intake.receiving import MEGABYTE, taken_in, takes_sealed_file
from niangjia.kernel.web.reasons import in_words
from niangjia.registers.employers.employer_list import services
from niangjia.registers.employers.listing import may_import
from niangjia.registers.orgs.list_views import ACCEPTED, BADGES, EARLIER_SHOWN, FAULTS_SHOWN, STEPS

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class EmployerListForm(forms.Form):
    """The file with the employers."""

    file = forms.FileField(
        label=gettext_lazy("单位名单"),
        max_length=255,
        error_messages={
            "required": gettext_lazy("还没有选文件。"),
            "empty": gettext_lazy("文件是空的，里面一个字也没有。请打开看看名单在不在，保存好再传一次。"),
            "max_length": gettext_lazy("文件名太长了，请改短一些再传。"),
        },
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


@takes_sealed_file(may=may_import)
def start(request: HttpRequest) -> HttpResponse:
    """Choose the file; it is sealed while it comes in, and tried at once."""
    actor = who_asks(request)
    form, batch = EmployerListForm(), None
    if request.method == "POST":
        form = EmployerListForm(request.POST, request.FILES)
        batch = taken_in(form, request, lambda file: services.take_list(str(file.name), file.upload, by=actor))
    if batch is not None:
        return redirect("employer_list", list_id=batch.pk)
    earlier = services.lists_seen(actor).order_by("-id")[:EARLIER_SHOWN]
    context = {
        "form": form,
        "steps": STEPS,
        "limit": settings.UPLOAD_MAX_BYTES // MEGABYTE,
        "earlier": [(each, BADGES[State(each.state)]) for each in earlier if each.state in BADGES],
    }
    return render(request, "employers/list_start.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, list_id: int) -> HttpResponse:
    """What comes of the list, with every fault; land it, throw it away, take it back."""
    batch = _list_or_404(request, list_id)
    against: list[tuple[str, str]] = []
    if request.method == "POST":
        answer = _done(request, batch)
        if isinstance(answer, HttpResponse):
            return answer
        against = answer
    return render(request, "employers/list.html", _context(batch, against))


@login_required
@require_safe
def faults(request: HttpRequest, list_id: int) -> HttpResponse:
    """The refused rows as a workbook that can be mended and brought in again (错误清单)."""
    batch = _list_or_404(request, list_id)
    if batch.state != State.TRIED or not batch.rejected:
        raise Http404
    with services.faults_workbook(batch, by=who_asks(request)) as path:
        answer = HttpResponse(path.read_bytes(), content_type=WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="faults-{batch.pk}.xlsx"'
    return answer


def _list_or_404(request: HttpRequest, list_id: int) -> Import:
    batch = services.lists_seen(who_asks(request)).filter(pk=list_id).first()
    if batch is None:
        raise Http404
    return batch


def _done(request: HttpRequest, batch: Import) -> HttpResponse | list[tuple[str, str]]:
    """What was pressed is done; else what stands against taking the list back."""
    actor = who_asks(request)
    if "land" in request.POST:
        services.land_list(batch, by=actor)
        messages.success(request, _("入库了。"))
    elif "discard" in request.POST and services.throw_away(batch, by=actor):
        said = _("「{file}」不导入了，文件已经删掉，库里什么都没有改。").format(file=batch.file_name)
        messages.success(request, said)
        return redirect("employer_list_new")
    elif "undo" in request.POST:
        try:
            services.take_back(batch, by=actor)
        except services.UndoRefused as refused:
            return [(name, in_words(reason)) for name, reason in refused.touched[:FAULTS_SHOWN]]
        messages.success(request, _("撤销好了，这次导入改过的都恢复了原样。"))
    return redirect("employer_list", list_id=batch.pk)


def _context(batch: Import, against: list[tuple[str, str]]) -> dict[str, Any]:
    is_tried = batch.state == State.TRIED
    found = batch.remarks.order_by("seq", "id")[: FAULTS_SHOWN + 1]
    lines = [(each, _(each.sentence).format(**each.values)) for each in found]
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
