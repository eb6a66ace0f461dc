"""Pages of a list of unions: choose the file, see what would come of it, land it, take it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kernel import clock
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
from niangjia.kernel.intake.models import Import
from niangjia.kernel.intake.receiving import taken_in, takes_sealed_file
from niangjia.kernel.web.reasons import in_words
from niangjia.registers.orgs.listing import may_import_unions
from niangjia.registers.orgs.services import UndoRefused
from niangjia.registers.orgs.taking_lists import UNION_LISTS, land_list, take_back, take_list


@takes_sealed_file(may=may_import_unions)
def start(request: HttpRequest) -> HttpResponse:
    """Choose the file; it is sealed while it comes in, and tried at once."""
    actor, form = who_asks(request), ListForm(request, label=_("工会名单"))
    if request.method == "POST":
        batch = taken_in(form, request, lambda file: take_list(str(file.name), file.upload, by=actor))
        if batch is not None:
            return redirect("union_list", list_id=batch.pk)
    earlier = lists_seen(UNION_LISTS, actor).order_by("-id")[:EARLIER_SHOWN]
    return render(request, "orgs/list_start.html", start_context(form, earlier, page="union_list"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, list_id: int) -> HttpResponse:
    """What comes of the list, with every fault; land it, throw it away, take it back."""
    actor = who_asks(request)
    batch = lists_seen(UNION_LISTS, actor).filter(pk=list_id).first()
    if batch is None:
        raise Http404
    against: Against = []
    if request.method == "POST":
        answer = _done(request, batch)
        if isinstance(answer, HttpResponse):
            return answer
        against = answer
    return render(request, "orgs/list.html", outcome_context(batch, against, name=_("工会名称")))


def _done(request: HttpRequest, batch: Import) -> HttpResponse | Against:
    """What was pressed is done; else what stands against taking the list back."""
    actor, on = who_asks(request), clock.today()
    if "land" in request.POST:
        land_list(batch, by=actor, on=on)
        messages.success(request, _("入库了。"))
    elif "discard" in request.POST and throw_away(UNION_LISTS, batch, by=actor):
        said = _("「{file}」不导入了，文件已经删掉，库里什么都没有改。").format(file=batch.file_name)
        messages.success(request, said)
        return redirect("union_list_new")
    elif "undo" in request.POST:
        try:
            take_back(batch, by=actor, on=on)
        except UndoRefused as refused:
            return [(each.name, in_words(each.reason)) for each in refused.touched[:FAULTS_SHOWN]]
        messages.success(request, _("撤销好了，这次导入改过的都恢复了原样。"))
    return redirect("union_list", list_id=batch.pk)
