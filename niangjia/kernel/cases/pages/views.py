"""The pages of a line of work: one case for the desk and for who asked, a move with its form, and what is done with hands."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.access.services import Forbidden
from niangjia.kernel.cases.drafts.filling_in import kept, opened
from niangjia.kernel.cases.drafts.forms import SheetForm
from niangjia.kernel.cases.drafts.queries import Occasion, known_of
from niangjia.kernel.cases.models import Case, Opinion
from niangjia.kernel.cases.pages import hands
from niangjia.kernel.cases.pages.declared import Line
from niangjia.kernel.cases.pages.foreseen import foreseen
from niangjia.kernel.cases.pages.forms import RateForm, ReasonForm
from niangjia.kernel.cases.pages.listing import desk_cases
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.kernel.cases.pages.shown import Button, desk_context, own_context
from niangjia.kernel.cases.queries import flow_under, is_at_desk, own_cases, why_not
from niangjia.kernel.cases.rating import rate
from niangjia.kernel.cases.refusals import NotMade, refused
from niangjia.kernel.cases.rules import KERNEL_ACTS, Move
from niangjia.kernel.files.uploading import takes_files
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.web.sealed import AskedLook, mask

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Face:
    """One side of a case's pages: whose cases they are, which templates, where one goes back to."""

    line: Line
    is_desk: bool

    def met(self, actor: Actor, case_id: int) -> Case:
        """The case as this side meets it; a page that is not there for anybody else."""
        kind = self.line.kind.kind
        rows = desk_cases(self.line, actor) if self.is_desk else own_cases(actor).filter(kind=kind)
        case: Case = get_object_or_404(rows.select_related("place", "handler"), pk=case_id)
        if self.is_desk and not is_at_desk(actor, case):
            raise Http404
        return case

    def home(self, case: Case) -> str:
        """The page of the case on this side."""
        return self.line.kind.desk(case) if self.is_desk else self.line.kind.own(case)

    def page(self, request: HttpRequest, case: Case, actor: Actor) -> HttpResponse:
        """The case with all that can be done now."""
        if self.is_desk:
            context = desk_context(self.line, case, actor)
            context["facts"] = [(term, _masked(request, value)) for term, value in context["facts"]]
            return render(request, "cases/desk.html", context)
        return render(request, "cases/own.html", own_context(self.line, case, actor))


@dataclass(frozen=True)
class At:
    """Somebody at a case (办这一件): the request, on which side, which case, and who it is."""

    request: HttpRequest
    face: Face
    case: Case
    actor: Actor

    def moved(self, name: str) -> HttpResponse:
        """The page of a move, its draft, or what became of it."""
        why = why_not(self.actor, name, self.case)
        if why is not None:
            return _refused(self.request, refused(why), self.face.home(self.case))
        move = flow_under(self.case).move(name)
        form, reasons = self._form(move), self._reasons(move)
        if form is not None and (answer := kept(self.request, form)):
            return answer
        # Both are asked, so that what is missing is said at once.
        sent = [each.is_valid() for each in (form, reasons) if each is not None]
        if self.request.method == "POST" and all(sent):
            return self._pressed(move, form, reasons)
        return self._asked(move, form, reasons)

    def handed(self, act: str) -> HttpResponse:
        """Hand it on, take what was offered, lengthen a time: done by the kernel, for every line of work the same."""
        line, home = self.face.line, self.face.home(self.case)
        form = hands.form_of(act, line, self.case, data=self._sent)
        if self._sent is None or (form is not None and not form.is_valid()):
            if form is None:
                raise Http404
            shown = {"case": self.case, "name": line.title_of(self.case), "home": home, "form": form}
            return render(self.request, "cases/desk_hand.html", shown | {"title": hands.TITLES[act]})
        given = hands.Given(
            form.cleaned_data if form is not None else {}, self._number("number"), self._number("revision")
        )
        try:
            hands.do(act, line, self.case, given, by=self.actor)
        except (NotMade, Forbidden) as why:
            return _refused(self.request, why, home)
        messages.success(self.request, str(hands.DONE[act]))
        return redirect(self._after())

    def _form(self, move: Move) -> SheetForm | None:
        """The declared form of a move; what the register knows is put in for who fills it in about herself."""
        if not move.form:
            return None
        line = self.face.line
        stored = import_string(line.stored)(self.case, move.name) if line.stored else {}
        known = {} if self.face.is_desk else known_of(self.actor)
        occasion = Occasion(self.case.kind, move.name, self.case.pk)
        return opened(self.request, line.sheets[move.form], occasion, stored=stored, known=known)

    def _reasons(self, move: Move) -> ReasonForm | None:
        if not move.reasons:
            return None
        return ReasonForm(self._sent, reasons=[(each, self.face.line.kind.reasons[each]) for each in move.reasons])

    def _pressed(self, move: Move, form: SheetForm | None, reasons: ReasonForm | None) -> HttpResponse:
        answers = form.answers if form is not None else {}
        pressed = Pressed(
            self.actor,
            clock.now(),
            seen=self._number("revision"),
            reason=reasons.cleaned_data["reason"] if reasons is not None else "",
            says=str(answers.get("says") or ""),
            answers=answers,
            files=form.files_held if form is not None else (),
        )
        try:
            import_string(self.face.line.does)(self.case.pk, move.name, pressed)
        except (NotMade, Forbidden) as why:
            if isinstance(why, Forbidden) or form is None:
                return _refused(self.request, why, self.face.home(self.case))
            messages.error(self.request, in_words(why.reason))
            now = replace(self, case=self.face.met(self.actor, self.case.pk))
            return now._asked(move, form, reasons)  # noqa: SLF001 - the same, looked at anew
        messages.success(self.request, _("办好了：{move}。").format(move=self.face.line.kind.moves[move.name]))
        return redirect(self._after())

    def _asked(self, move: Move, form: SheetForm | None, reasons: ReasonForm | None) -> HttpResponse:
        kind, is_desk = self.face.line.kind, self.face.is_desk
        shown = {
            "case": self.case,
            "title": kind.moves[move.name],
            "name": self.face.line.title_of(self.case),
            "home": self.face.home(self.case),
            "foreseen": foreseen(self.case, move, kind, at=clock.now(), is_desk=is_desk),
            "button": Button(move, kind.moves[move.name]),
            "form": form,
            "reasons": reasons,
        }
        return render(self.request, "cases/desk_move.html" if is_desk else "cases/own_move.html", shown)

    def _after(self) -> str:
        """Back to the case, where she still meets it; else to the list."""
        line = self.face.line
        if not self.face.is_desk or desk_cases(line, self.actor).filter(pk=self.case.pk).exists():
            return self.face.home(self.case)
        return reverse(f"{line.kind.kind}_cases")

    @property
    def _sent(self) -> Any:
        """What was sent; None where the page is only opened."""
        return self.request.POST if self.request.method == "POST" else None

    def _number(self, name: str) -> int | None:
        """A number that came with a form."""
        written = self.request.POST.get(name, "")
        return int(written) if written.isdecimal() else None


def case_page(line: Line, *, is_desk: bool) -> View:
    """The page of one case, for the desk or for who asked."""
    face = Face(line, is_desk)

    def shown(request: HttpRequest, case_id: int) -> HttpResponse:
        actor = who_asks(request)
        return face.page(request, face.met(actor, case_id), actor)

    return login_required(require_safe(shown))


def move_page(line: Line, *, is_desk: bool) -> View:
    """A move with its form and what follows from it; sent, it is made."""
    face = Face(line, is_desk)

    def moved(request: HttpRequest, case_id: int, move: str) -> HttpResponse:
        actor = who_asks(request)
        one = At(request, face, face.met(actor, case_id), actor)
        if face.is_desk and move in KERNEL_ACTS:
            return one.handed(move)
        if move not in {each.name for each in flow_under(one.case).moves}:
            raise Http404
        return one.moved(move)

    return login_required(takes_files(require_http_methods(["GET", "HEAD", "POST"])(moved)))


def rate_page(line: Line) -> View:
    """How it went, as who asked says; what was wrong stays on the page of the case."""
    face = Face(line, is_desk=False)

    def rated(request: HttpRequest, case_id: int) -> HttpResponse:
        actor = who_asks(request)
        case = face.met(actor, case_id)
        form = RateForm(request.POST)
        if not form.is_valid():
            return render(request, "cases/own.html", own_context(line, case, actor) | {"rating_form": form})
        given = form.cleaned_data
        try:
            rate(case.pk, Opinion(given["opinion"]), by=actor, at=clock.now(), says=given["says"])
        except (NotMade, Forbidden) as why:
            return _refused(request, why, face.home(case))
        messages.success(request, _("谢谢您告诉我们。"))
        return redirect(face.home(case))

    return login_required(require_POST(rated))


def _masked(request: HttpRequest, value: Any) -> Any:
    """A fact as the page shows it: what is sealed stays so until somebody says what for."""
    return mask(request, value) if isinstance(value, AskedLook) else value


def _refused(request: HttpRequest, why: NotMade | Forbidden, home: str) -> HttpResponse:
    """A sentence on the page of the case; what looks like nothing stays so."""
    if isinstance(why, Forbidden):
        raise Http404
    messages.error(request, in_words(why.reason))
    return redirect(home)
