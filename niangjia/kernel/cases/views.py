"""A case by its number of a row: on to its own page, or its file to be printed."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.dossier import taken_out
from niangjia.kernel.cases.kinds import kind_of
from niangjia.kernel.cases.queries import is_at_desk, visible_to


@login_required
@require_safe
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Lead on to the page of a case: its desk for who works on it, her own page for who asked."""
    actor = who_asks(request)
    found = get_object_or_404(visible_to(actor), pk=case_id)
    kind = kind_of(found.kind)
    if kind is None:
        raise Http404
    return redirect(kind.desk(found) if is_at_desk(actor, found) else kind.own(found))


@login_required
@require_safe
def case_file(request: HttpRequest, case_id: int) -> HttpResponse:
    """The file of a case (案卷), to be printed by who works on it."""
    actor = who_asks(request)
    try:
        dossier = taken_out(case_id, by=actor, at=clock.now())
    except Forbidden as hidden:
        raise Http404 from hidden
    kind = kind_of(dossier.case.kind)
    back = kind.desk(dossier.case) if kind is not None else ""
    return render(request, "cases/file.html", {"file": dossier, "case": dossier.case, "back": back})
