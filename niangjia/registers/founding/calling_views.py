"""The phone of who asked for a union, for whoever rings back."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.cases.pages.listing import desk_cases
from niangjia.kernel.cases.pages.urls import desk_address
from niangjia.kernel.web.sealed import answer_look
from niangjia.registers.founding.calling import phone_asked
from niangjia.registers.founding.kind import LINE


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: HttpRequest, case_id: int) -> HttpResponse:
    """Masked when it is got, shown for a while when a purpose is posted."""
    actor = who_asks(request)
    case = get_object_or_404(desk_cases(LINE, actor), pk=case_id)
    asked = phone_asked(case, actor)
    if asked is None or not asked.purposes:
        raise Http404
    return answer_look(request, asked, crumb=(desk_address(case), str(LINE.title_of(case))))
