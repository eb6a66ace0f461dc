"""Pages of a list of employers: choose the file, see what would come of it, land it, take it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.intake.list_pages import (
    EARLIER_SHOWN,
    FAULTS_SHOWN,
    Against,
    ListForm,
    outcome_context,
    start_context,
)
from niangjia.kernel.intake.lists import lists_seen, throw_away
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.intake.receiving import taken_in, takes_sealed_file
from niangjia.kernel.web.reasons import in_words
from niangjia.registers.employers.employer_list import services
from niangjia.registers.employers.employer_list.services import EMPLOYER_LISTS
from niangjia.registers.employers.listing import may_import

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@takes_sealed_file(may=may_import)
def start(request: HttpRequest) -> HttpResponse:
    """Choose the file; it is sealed while it comes in, and tried at once."""
    actor, form = who_asks(request), ListForm(request, label=_("单位名单"))
    if request.method == "POST":
        batch = taken_in(form, request, lambda file: services.take_list(str(file.name), file.upload, by=actor))
        if batch is not None:
            return redirect("employer_list", list_id=batch.pk)
    earlier = lists_seen(EMPLOYER_LISTS, actor).order_by("-id")[:EARLIER_SHOWN]
    return render(request, "employers/list_start.html", start_context(form, earlier, page="employer_list"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, list_id: int) -> HttpResponse:
    """What comes of the list, with every fault; land it, throw it away, take it back."""
    batch = _list_or_404(request, list_id)
    against: Against = []
    if request.method == "POST":
        answer = _done(request, batch)
        if isinstance(answer, HttpResponse):
            return answer
        against = answer
    return render(request, "employers/list.html", outcome_context(batch, against, name=_("单位名称")))


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
    batch = lists_seen(EMPLOYER_LISTS, who_asks(request)).filter(pk=list_id).first()
    if batch is None:
        raise Http404
    return batch


def _done(request: HttpRequest, batch: Import) -> HttpResponse | Against:
    """What was pressed is done; else what stands against taking the list back."""
    actor = who_asks(request)
    if "land" in request.POST:
        services.land_list(batch, by=actor)
        messages.success(request, _("入库了。"))
    elif "discard" in request.POST and throw_away(EMPLOYER_LISTS, batch, by=actor):
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
