"""Pages of exports: what will happen is said before the press, every refusal says what to do."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.second_factor import was_proved
from niangjia.kernel.exports import rules, services
from niangjia.kernel.exports.declaration import Source, secrets_of, source_named
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.exports.queries import covers, decision_of, shape_of, source_of, told_of, visible_to
from niangjia.kernel.exports.rules import APPROVE_EXPORT, AT_ONCE_ROWS, LINK_LIFE, Format, State
from niangjia.kernel.exports.services import ExportRefused, Wish
from niangjia.kernel.exports.words import FORMAT_WORDS, PURPOSE_WORDS
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.exports.forms import AskForm, DecideForm
from niangjia.kernel.web.exports.listing import badge, title_of, who_asked
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.trail import Step

WORKING = (State.APPROVED, State.MAKING)
CONTENT_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
}
HOURS = int(LINK_LIFE.total_seconds() // 3600)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for the list as it is filtered; the page says what will happen."""
    actor = who_asks(request)
    source = source_named(request.GET.get("list", ""))
    if source is None or not actor.paths(source.move):
        raise Http404
    filters = source.kept(actor, request.GET.dict())
    given = request.POST if request.method == "POST" else None
    form = AskForm(given, source=source, actor=actor, filters=filters, initial={"file_format": Format.XLSX.value})
    if form.is_valid():
        try:
            made = services.ask(source, form.wish(), by=actor)
        except ExportRefused as refusal:
            form.refuse(refusal.reason.code, in_words(refusal.reason))
        else:
            return redirect("export", export_id=made.pk)
    return render(request, "exports/new.html", _ask_context(source, actor, form))


def _ask_context(source: Source, actor: Actor, form: AskForm) -> dict[str, Any]:
    wish = Wish(form.filters, Format.XLSX, "")
    rows = services.count_now(source, wish, by=actor)
    return {
        "form": form,
        "source": source,
        "rows": rows,
        "counted": source.counted(rows),
        "said": source.said(actor, form.filters),
        "columns": [column.title for column in source.columns],
        "back": source.address(form.filters),
        "is_long": rows > AT_ONCE_ROWS,
        "most": AT_ONCE_ROWS,
        "hours": HOURS,
        "downloads": rules.MOST_DOWNLOADS,
    }


@login_required
@require_safe
def show(request: HttpRequest, export_id: int) -> HttpResponse:
    """A request where it stands: for who asked, and for who decides."""
    return _page(request, _request_or_404(request, export_id), DecideForm())


@login_required
@require_safe
def progress(request: HttpRequest, export_id: int) -> HttpResponse:
    """How far the file is; when it is over, the whole page is asked for anew."""
    export = _request_or_404(request, export_id)
    if export.state not in WORKING:
        return HttpResponseClientRefresh() if request.htmx else redirect("export", export_id=export.pk)  # type: ignore[attr-defined]  # set by django-htmx
    return render(request, "exports/parts/progress.html", {"export": export})


@login_required
@require_POST
def decide(request: HttpRequest, export_id: int) -> HttpResponse:
    """Agree, or say no; what cannot be done is said beside what was written."""
    export = _request_or_404(request, export_id)
    form = DecideForm(request.POST)
    if form.is_valid():
        words, actor = form.cleaned_data["words"], who_asks(request)
        try:
            if request.POST.get("verb") == "approve":
                services.approve(export, by=actor, words=words)
                messages.success(request, _("批准了。文件由申请的人自己下载，您这里不留。"))
            else:
                services.refuse(export, by=actor, words=words)
                messages.success(request, _("没有批，已经告诉申请的人为什么。"))
        except ExportRefused as refusal:
            form.add_error("words" if refusal.reason.code == "words_missing" else None, in_words(refusal.reason))
        else:
            return redirect("export", export_id=export.pk)
    return _page(request, export, form)


@login_required
@require_POST
def withdraw(request: HttpRequest, export_id: int) -> HttpResponse:
    """Take one's own request back."""
    export = _request_or_404(request, export_id)
    services.withdraw(export, by=who_asks(request))
    messages.success(request, _("撤回了。做好的文件也删掉了。"))
    return redirect("export", export_id=export.pk)


@login_required
@require_POST
def fetch(request: HttpRequest, export_id: int) -> HttpResponse | StreamingHttpResponse:
    """The file itself, for the person who asked, signed in with a second factor."""
    export = _request_or_404(request, export_id)
    if not was_proved(request):
        messages.error(request, _("这次登录没有用动态码。请退出，用动态码登录，再来下载。"))
        return redirect("export", export_id=export.pk)
    try:
        pieces = services.fetch(export, by=who_asks(request))
    except ExportRefused as refusal:
        messages.error(request, in_words(refusal.reason))
        return redirect("export", export_id=export.pk)
    return as_file(export, pieces)


def as_file(export: ExportRequest, pieces: Any) -> StreamingHttpResponse:
    """The answer that carries a file: kept by nobody on the way, named after its number alone."""
    answer = StreamingHttpResponse(pieces, content_type=CONTENT_TYPES[Format(export.file_format)])
    answer["Content-Disposition"] = f'attachment; filename="{export.file_name}"'
    answer["Cache-Control"] = "no-store, private"
    answer["Content-Length"] = str(export.file_bytes)
    return answer


def _page(request: HttpRequest, export: ExportRequest, form: DecideForm) -> HttpResponse:
    actor, source = who_asks(request), source_of(export)
    is_mine = export.account_id == actor.account_id
    may_decide = not is_mine and export.state == State.ASKED and covers(actor, APPROVE_EXPORT, export)
    shape, told = shape_of(export), told_of(export)
    secrets = secrets_of(shape.columns)
    now = services.count_asked(export) if export.state == State.ASKED else None
    context = {
        "export": export,
        "badge": badge(export),
        "title": title_of(export),
        "shape": shape if export.template else None,
        "who": who_asked(export),
        "unit": place_names([export.place_id]).get(export.place_id, ""),
        "columns": [column.title_of(export.clear_fields) for column in shape.columns],
        "in_clear": [secrets[name].title for name in export.in_clear if name in secrets],
        "said": source.said(actor, told.filters),
        "words": told.words,
        "decision": decision_of(export),
        "purpose": PURPOSE_WORDS[export.purpose],
        "file_format": FORMAT_WORDS[export.file_format],
        "rows_now": now,
        "why_two": [in_words(each) for each in rules.why_two(export.rows_asked, export.in_clear)],
        "refusal": _refusal(export),
        "is_working": export.state in WORKING,
        "is_mine": is_mine,
        "may_decide": may_decide,
        "may_withdraw": is_mine and rules.may_move("withdraw", State(export.state)),
        "may_fetch": is_mine and services.link_of(export).why_dead(clock.now()) is None,
        "left": export.most_downloads - export.downloads,
        "form": form,
        "steps": steps_of(export),
    }
    return render(request, "exports/export.html", context)


def steps_of(export: ExportRequest) -> list[Step]:
    """What happened so far, newest first, from the request itself: the journal of others is not everybody's to read."""
    steps = [Step(export.asked_at, str(who_asked(export)), _("申请导出"), ())]
    if export.decided_by is not None and export.decided_at is not None:
        words = _("没有批准") if export.state == State.REFUSED else _("批准")
        steps.insert(0, Step(export.decided_at, export.decided_by.name, words, ()))
    if export.made_at is not None:
        fetched = ngettext("下载了 %(n)s 次", "下载了 %(n)s 次", export.downloads) % {"n": export.downloads}
        steps.insert(0, Step(export.made_at, "", _("文件做好了"), (fetched,) if export.downloads else ()))
    return steps


def _refusal(export: ExportRequest) -> str:
    held = export.refusal
    return _(held["sentence"]).format(**held["values"]) if held else ""


def _request_or_404(request: HttpRequest, export_id: int) -> ExportRequest:
    found = visible_to(who_asks(request)).filter(pk=export_id).first()
    if found is None:
        raise Http404
    return found
