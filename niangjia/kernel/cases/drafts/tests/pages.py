"""A line of work for the tests: a form page, over a record that lies in the test itself."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path
from django.views.decorators.http import require_http_methods

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.cases.drafts.filling_in import kept, opened
from niangjia.kernel.cases.drafts.queries import Occasion
from niangjia.kernel.cases.drafts.rules import Answer
from niangjia.kernel.cases.drafts.services import drop
from niangjia.kernel.cases.drafts.tests.sheets import SHEET
from niangjia.kernel.files.uploading import takes_files

OCCASION = Occasion("trial", "ask")
# The record as it stands, and what the register knows.
STORED: dict[str, Answer] = {}
KNOWN: dict[str, Answer] = {"person.phone": "138****2206"}
SENT: list[dict[str, Any]] = []
PAGE = """{% extends "web/phone.html" %}{% load i18n %}
{% block page_style %}{{ form.media.css }}{% endblock %}{% block page_script %}{{ form.media.js }}{% endblock %}
{% block heading %}说说您的事{% endblock %}
{% block content %}<section class="nj-pane"><form method="post" enctype="multipart/form-data" novalidate>{% csrf_token %}{% include "case_drafts/_sheet.html" %}
<button class="btn btn-primary w-100 mt-3">交给工会</button></form></section>{% endblock %}"""


@login_required
@takes_files
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Fill in the form of the tests."""
    form = opened(request, SHEET, OCCASION, stored=STORED, known=KNOWN)
    if answer := kept(request, form):
        return answer
    if request.method == "POST" and form.is_valid():
        STORED.update(form.answers)
        SENT.append(form.answers | {"files": [each.pk for each in form.files_held]})
        drop(OCCASION, by=who_asks(request))
        return redirect("today")
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form}, request))


urlpatterns = [path("trial/", ask, name="trial"), path("", include("niangjia.config.urls"))]
