"""Pages of an import: file, columns, trial, landing, the faults handed back, the undo."""

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.intake.models import FaultsState, Import, Outcome, State
from niangjia.kernel.intake.receiving import MEGABYTE, taken_in, takes_sealed_file
from niangjia.kernel.intake.sheets import Refusal
from niangjia.kernel.intake.uploading import SealedFile
from niangjia.registers.members.roster import asking, faults_book
from niangjia.registers.members.roster.faults_file import export_faults
from niangjia.registers.members.roster.forms import ColumnsForm, StartForm
from niangjia.registers.members.roster.listing import author_of, badge, may_import
from niangjia.registers.members.roster.looking import SheetLook, look_through, masked_numbers
from niangjia.registers.members.roster.queries import (
    PROBLEMS_SHOWN,
    columns_of,
    in_the_way,
    problems_of,
    remarks_of,
    visible_to,
)
from niangjia.registers.members.roster.remaining import left_said
from niangjia.registers.members.roster.reports import reason_of, said, warned
from niangjia.registers.members.roster.sampling import sample_of
from niangjia.registers.members.roster.services import RosterFile
from niangjia.registers.members.rules.moves import IMPORT_ROSTER
from niangjia.registers.orgs.queries import by_name_part, names_of, open_unions
from niangjia.registers.orgs.queries import visible_to as unions_of

WORKING = (State.READING, State.TRYING, State.RUNNING, State.UNDOING)
STEP_OF = {State.RECEIVED: 2, State.TRYING: 3, State.TRIED: 4, State.REFUSED: 2, State.READING: 5, State.RUNNING: 5}
ALL_STEPS_DONE = 6
UNIONS_OFFERED = 30
ROWS_PER_PAGE = 50
BLOCKERS_SHOWN = 20
BLANK_CELLS = frozenset({"name_missing", "id_missing"})


@takes_sealed_file(may=may_import)
def start(request: HttpRequest) -> HttpResponse:
    """Choose the union and the file; the file is sealed while it comes in."""
    actor = who_asks(request)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = StartForm(*given, actor=actor, initial={"union": _first_union(request, actor)})
    if request.method == "POST":
        batch = taken_in(form, request, lambda file: _take(form, file, by=actor))
        if batch is not None:
            return redirect("import_columns", import_id=batch.pk)
    context = {
        "form": form,
        "options": _options(actor, ""),
        "steps": _steps(),
        "limit": settings.UPLOAD_MAX_BYTES // MEGABYTE,
        "again": request.GET.get("again", ""),
    }
    return render(request, "roster/start.html", context)


def _take(form: StartForm, file: SealedFile, *, by: Actor) -> Import:
    roster = RosterFile.uploaded(str(file.name), file.upload)
    return asking.take_in(roster, unit=form.cleaned_data["union"], by=by)


@login_required
@require_safe
def unions(request: HttpRequest) -> HttpResponse:
    """The unions that the words typed may mean, as options of the field."""
    actor = who_asks(request)
    if not may_import(actor):
        raise Http404
    return render(request, "roster/parts/options.html", {"options": _options(actor, request.GET.get("union", ""))})


@login_required
@require_safe
def show(request: HttpRequest, import_id: int) -> HttpResponse:
    """An import where it stands: under way, tried, landed, sent back, taken back."""
    batch = _import_or_404(request, import_id)
    if batch.state == State.RECEIVED and batch.stored_as:
        return redirect("import_columns", import_id=batch.pk)
    return render(request, "roster/import.html", _context(batch))


@login_required
@require_safe
def progress(request: HttpRequest, import_id: int) -> HttpResponse:
    """How far the work has come; when it is over, the whole page is asked for anew."""
    batch = _import_or_404(request, import_id)
    if batch.state not in WORKING:
        return HttpResponseClientRefresh() if request.htmx else redirect("import", import_id=batch.pk)  # type: ignore[attr-defined]  # set by django-htmx
    return render(request, "roster/parts/progress.html", _progress(batch))


@login_required
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, import_id: int) -> HttpResponse:
    """Say what each column is, then have the roster tried."""
    batch = _import_or_404(request, import_id)
    if batch.state not in asking.OPEN or not batch.stored_as:
        return redirect("import", import_id=batch.pk)
    asked = request.POST if request.method == "POST" else request.GET
    sheet = asked.get("sheet", batch.sheet)
    try:
        look = look_through(batch, sheet=sheet, given=batch.mapping)
    except Refusal as refusal:
        return _sent_back(request, batch, refusal)
    form = ColumnsForm(request.POST if request.method == "POST" else None, look=look)
    if form.is_valid():
        asking.ask_trial(batch, by=who_asks(request), sheet=look.sheet, mapping=form.mapping())
        return redirect("import", import_id=batch.pk)
    return render(request, "roster/columns.html", _columns_context(batch, look, form))


@login_required
@require_POST
def land(request: HttpRequest, import_id: int) -> HttpResponse:
    """Confirm: have the tried roster land; a second press changes nothing."""
    batch = _import_or_404(request, import_id)
    asking.ask_landing(batch, by=who_asks(request))
    return redirect("import", import_id=batch.pk)


@login_required
@require_POST
def discard(request: HttpRequest, import_id: int) -> HttpResponse:
    """Throw away a file that never landed."""
    batch = _import_or_404(request, import_id)
    if not asking.throw_away(batch, by=who_asks(request)):
        return redirect("import", import_id=batch.pk)
    messages.success(request, _("「{file}」不导入了，文件已经删掉，库里什么都没有改。").format(file=batch.file_name))
    return redirect("imports")


@login_required
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, import_id: int) -> HttpResponse:
    """Ask once more, then have the import taken back in the background."""
    batch = _import_or_404(request, import_id)
    if request.method == "POST":
        asking.ask_undo(batch, by=who_asks(request))
        return redirect("import", import_id=batch.pk)
    if batch.state != State.DONE:
        return redirect("import", import_id=batch.pk)
    return render(request, "roster/undo.html", {"batch": batch, "union": _union_name(batch)})


@login_required
@require_safe
def rows(request: HttpRequest, import_id: int) -> HttpResponse:
    """All rows with a fault, a transfer or something to look at; where asked, those with one problem."""
    batch = _import_or_404(request, import_id)
    kind = request.GET.get("kind", Outcome.FAULT.value)
    if kind not in Outcome.values:
        raise Http404
    code, about = request.GET.get("code", ""), request.GET.get("about", "")
    remarks = remarks_of(batch, Outcome(kind), code=code, about=about)
    page = Paginator(remarks, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "kind": kind,
        "code": code,
        "about": about,
        "page": page,
        "lines": [_line(batch, remark, kind) for remark in page],
        "may_export": _may_export(batch) and (not faults_book.is_long(batch) or faults_book.is_ready(batch)),
    }
    return render(request, "roster/rows.html", context)


@login_required
@require_safe
def faults(request: HttpRequest, import_id: int) -> HttpResponseBase:
    """The refused rows as a workbook that can be mended and imported again."""
    batch = _import_or_404(request, import_id)
    if not _may_export(batch):
        raise Http404
    if faults_book.is_long(batch) and not faults_book.is_ready(batch):
        return redirect(f"{reverse('import', args=[batch.pk])}#faults")
    take = faults_book.fetch if faults_book.is_long(batch) else export_faults
    file = take(batch, by=who_asks(request))
    name = _("{file}-要改的行.xlsx").format(file=PurePath(batch.file_name).stem)
    return FileResponse(file, as_attachment=True, filename=name)


@login_required
@require_POST
def make_faults(request: HttpRequest, import_id: int) -> HttpResponse:
    """Have the workbook of a long file made; asked twice, it is made once."""
    batch = _import_or_404(request, import_id)
    if not _may_export(batch):
        raise Http404
    faults_book.ask(batch, by=who_asks(request))
    return redirect(f"{reverse('import', args=[batch.pk])}#faults")


@login_required
@require_safe
def faults_progress(request: HttpRequest, import_id: int) -> HttpResponse:
    """How far the workbook is, or the button to take it."""
    batch = _import_or_404(request, import_id)
    if not _may_export(batch):
        raise Http404
    return render(request, "roster/parts/faults_book.html", {"batch": batch} | _book(batch))


def _book(batch: Import) -> dict[str, Any]:
    return {
        "is_long": faults_book.is_long(batch),
        "is_ready": faults_book.is_ready(batch),
        "is_making": faults_book.is_making(batch),
        "has_failed": batch.faults_state == FaultsState.FAILED,
    }


def _import_or_404(request: HttpRequest, import_id: int) -> Import:
    batch = visible_to(who_asks(request)).filter(pk=import_id).first()
    if batch is None:
        raise Http404
    return batch


def _union_name(batch: Import) -> str:
    return names_of([batch.place_id or 0]).get(batch.place_id or 0, "")


def _first_union(request: HttpRequest, actor: Actor) -> str:
    """The union of the import that is mended, or the actor's own."""
    again = request.GET.get("again", "")
    mended = visible_to(actor).filter(pk=int(again)).first() if again.isascii() and again.isdigit() else None
    place_id = mended.place_id if mended is not None else actor.rights[0].place_id
    return names_of([place_id or 0]).get(place_id or 0, "")


def _options(actor: Actor, words: str) -> list[tuple[str, str]]:
    """Unions to choose from: their names, or the codes of those that share a name."""
    found = unions_of(actor, move=IMPORT_ROSTER).filter(pk__in=open_unions().values("pk"))
    offered = list(by_name_part(found, words).order_by("place__path")[:UNIONS_OFFERED])
    names = [union.name for union in offered]
    return [(union.name, union.code) if names.count(union.name) == 1 else (union.code, union.name) for union in offered]


def _steps() -> tuple[str, ...]:
    return (_("上传文件"), _("对应各列"), _("试运行核对"), _("改错"), _("入库，可撤销"))


def _step(batch: Import) -> int:
    if batch.state == State.TRIED and not batch.rejected:
        return STEP_OF[State.READING]
    return STEP_OF.get(State(batch.state), ALL_STEPS_DONE)


def _may_export(batch: Import) -> bool:
    return bool(batch.stored_as and batch.rejected and batch.state in (State.TRIED, State.DONE))


def _head(batch: Import) -> dict[str, Any]:
    return {
        "batch": batch,
        "union": _union_name(batch),
        "author": author_of(batch),
        "badge": badge(batch),
        "steps": _steps(),
        "step": _step(batch),
        "is_working": batch.state in WORKING,
    }


def _context(batch: Import) -> dict[str, Any]:
    """What the page of an import shows in its state."""
    context = _head(batch)
    if batch.state in WORKING:
        return context | _progress(batch)
    if batch.state == State.REFUSED:
        refusal = batch.refusal
        context["refusal"] = said(refusal.get("sentence", ""), refusal.get("values", {}))
        context["may_map"] = bool(batch.stored_as) and refusal.get("code") in ("missing_columns", "no_header")
        return context
    is_tried = batch.state == State.TRIED
    kinds = {"faults": Outcome.FAULT, "conflicts": Outcome.CONFLICT, "warnings": Outcome.WARNING}
    shown = {name: _lines(batch, outcome) for name, outcome in kinds.items()}
    context |= shown | {f"more_{name}": _has_more(lines) for name, lines in shown.items()}
    return context | {
        "is_tried": is_tried,
        "figures": _figures(batch),
        "to_land": batch.created + batch.updated + batch.conflicts,
        "may_export": _may_export(batch),
        **_book(batch),
        "columns": columns_of(batch) if is_tried else [],
        "samples": sample_of(batch) if is_tried else [],
        "about_file": [warned(code) for code in batch.file_warnings],
        **_not_undone(batch),
    }


def _not_undone(batch: Import) -> dict[str, Any]:
    """Why it was not taken back when somebody asked for it last."""
    blockers = in_the_way(batch)
    return {
        "blockers": blockers[:BLOCKERS_SHOWN],
        "more_blockers": max(len(blockers) - BLOCKERS_SHOWN, 0),
        "refusal": said(batch.refusal.get("sentence", ""), batch.refusal.get("values", {})),
    }


def _figures(batch: Import) -> list[tuple[str, int, bool]]:
    return [
        (_("新增"), batch.created, False),
        (_("更新"), batch.updated, False),
        (_("和库里一样"), batch.unchanged, False),
        (_("要改才能入库"), batch.rejected, bool(batch.rejected)),
        (_("等转会"), batch.conflicts, False),
    ]


def _progress(batch: Import) -> dict[str, Any]:
    return _head(batch) | {
        "is_held": batch.pk in asking.running(),
        "is_landing": batch.state != State.TRYING,
        "is_undoing": batch.state == State.UNDOING,
        "is_reading": not batch.rows_expected,
        "left": left_said(batch),
        "figures": _figures(batch),
    }


def _lines(batch: Import, outcome: Outcome) -> list[dict[str, Any]]:
    """Each problem once, with its first row and how many rows more have it."""
    return [
        # an address is logged: no number goes into it
        _line(batch, problem.remark, outcome)
        | {"more": problem.more, "about": problem.about if masked_numbers(problem.about) == problem.about else ""}
        for problem in problems_of(batch, outcome)
    ]


def _has_more(lines: list[dict[str, Any]]) -> bool:
    return len(lines) == PROBLEMS_SHOWN or any(line["more"] for line in lines)


def _line(batch: Import, remark: Any, outcome: str) -> dict[str, Any]:
    words = reason_of(remark)
    if outcome == Outcome.CONFLICT:
        # Where the person is a member now is nobody's business here.
        words = _("已经是别的工会的会员，不会重复入会。对方同意后转过来。")
        if batch.state == State.TRIED:
            words = _("已经是别的工会的会员，不会重复入会。入库时替您提出转接，对方同意后转过来。")
    shown, words = masked_numbers(remark.shown), masked_numbers(words)
    return {
        "remark": remark,
        "name": masked_numbers(remark.name),
        "shown": shown,
        "words": words,
        "more": 0,
        "about": "",
        "is_blank": remark.code in BLANK_CELLS,
    }


def _columns_context(batch: Import, look: SheetLook, form: ColumnsForm) -> dict[str, Any]:
    taken = sum(1 for column in look.columns if column.field)
    return _head(batch) | {
        "look": look,
        "form": form,
        "step": STEP_OF[State.RECEIVED],
        "taken": taken,
        "left_out": len(look.columns) - taken,
        "sheets": look.sheets if len(look.sheets) > 1 else (),
        "missing_words": _("」「").join(_(label) for label in look.missing),
        "hidden_words": _("、").join(look.hidden),
        "about_file": [warned(code) for code in look.warnings],
    }


def _sent_back(request: HttpRequest, batch: Import, refusal: Refusal) -> HttpResponse:
    """The file that was taken in can no longer be read."""
    context = _head(batch) | {"refusal": refusal.said(_), "may_map": False}
    return render(request, "roster/refused.html", context)
