"""A page with a declared form: opened with its draft, kept on the way, checked when it is sent.

    form = opened(request, SHEET, Occasion("requests", "ask"), stored={}, known=known_of(actor))
    if answer := kept(request, form):
        return answer
    if request.method == "POST" and form.is_valid():
        services.ask(form.answers, form.files_held, by=actor)  # which lets go of the draft in its own transaction
        return redirect(...)
    return render(request, "…", {"form": form})

The view stands under `takes_files`; the page includes `case_drafts/_sheet.html` inside its form.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.drafts import services
from niangjia.kernel.cases.drafts.forms import Before, SheetForm, form_of, show_files
from niangjia.kernel.cases.drafts.queries import Begun, Occasion, draft_at
from niangjia.kernel.cases.drafts.rules import HELD, Answer, Answers, FieldKind, FormSheet
from niangjia.kernel.files.draft_views import place_of
from niangjia.kernel.files.drafts import Handed, drafts_of, hold_all
from niangjia.kernel.files.forms import Given
from niangjia.kernel.files.services import Refused
from niangjia.kernel.files.signatures import hold_signature
from niangjia.kernel.web.picking import FIND, Picker, found_by
from niangjia.kernel.web.reasons import in_words

KEEP_DRAFT, DROP_DRAFT = "_draft", "_drop"
NOTHING: dict[str, Answer] = {}


class Written(Protocol):
    """A form that somebody is filling in, declared as a sheet or not: for which occasion, what she was shown, what she wrote."""

    occasion: Occasion | None
    seen: Mapping[str, Answer]

    @property
    def mine(self) -> Mapping[str, Answer]:
        """What was written so far, valid or not."""

    def is_valid(self) -> bool:
        """Whether it could be sent."""


def opened(
    request: HttpRequest,
    sheet: FormSheet,
    occasion: Occasion,
    *,
    stored: Answers = NOTHING,
    known: Mapping[str, Answer] = NOTHING,
) -> SheetForm:
    """The form as this request has it: just opened, with what was begun before, or sent."""
    actor = who_asks(request)
    before = Before(stored=stored, known=known)
    if request.method != "POST" or DROP_DRAFT in request.POST:
        form = _unsent(sheet, replace(before, begun=draft_at(occasion, of=actor)), actor)
    elif FIND in request.POST:
        form = _finding(request, sheet, before, actor)
    else:
        form = _sent(request, sheet, before, actor)
    form.occasion = occasion
    return form


def kept(request: HttpRequest, form: Written) -> HttpResponse | None:
    """The answer where the draft is kept or let go; None where the form was opened or sent."""
    if request.method != "POST" or not {KEEP_DRAFT, DROP_DRAFT} & set(request.POST):
        return None
    if DROP_DRAFT in request.POST:
        services.drop(_of(form), by=who_asks(request))
        messages.success(request, _("草稿不要了，从头写。"))
        return redirect(request.get_full_path())
    return _keep(request, form)


def _keep(request: HttpRequest, form: Written) -> HttpResponse:
    form.is_valid()
    is_quiet = bool(request.htmx)  # type: ignore[attr-defined]  # set by django-htmx
    try:
        draft = services.keep(_of(form), form.mine, seen=form.seen, by=who_asks(request), opened_at=_opened_at(request))
    except services.NotKept as refused:
        if is_quiet:
            return render(request, "case_drafts/saved.html", {"refused": in_words(refused.reason)})
        messages.error(request, in_words(refused.reason))
        return redirect(request.get_full_path())
    if is_quiet:
        return render(request, "case_drafts/saved.html", {"saved_at": draft.saved_at})
    messages.success(request, _("存好了。下次打开这一页，接着写。"))
    return redirect(request.get_full_path())


def _of(form: Written) -> Occasion:
    """The occasion of a form that was opened here."""
    assert form.occasion is not None  # noqa: S101 - set by `opened`
    return form.occasion


def _opened_at(request: HttpRequest) -> datetime | None:
    """When the page was shown that sends this; None where it does not say."""
    try:
        return datetime.fromisoformat(request.POST.get("opened", ""))
    except ValueError:
        return None


def _unsent(sheet: FormSheet, before: Before, actor: Actor) -> SheetForm:
    begun = before.begun
    files = {
        each.name: _held(begun.mine.get(each.name), actor)
        for each in sheet.fields
        if begun and each.kind is FieldKind.FILES
    }
    form = form_of(sheet)(actor=actor, before=replace(before, files=files))
    show_files(form)
    return form


def _sent(request: HttpRequest, sheet: FormSheet, before: Before, actor: Actor) -> SheetForm:
    """Files are held whatever else is wrong, and shown where they were handed in."""
    data = request.POST.copy()
    # Who asks to find something has written the rest all the same.
    data.pop(FIND, None)
    look = form_of(sheet)(data, request.FILES, actor=actor, before=before)
    files = {each.name: _handed(look[each.name].data, each.kind, actor) for each in sheet.fields if each.kind in HELD}
    form = form_of(sheet)(data, request.FILES, actor=actor, before=replace(before, files=files))
    show_files(form)
    return form


def _finding(request: HttpRequest, sheet: FormSheet, before: Before, actor: Actor) -> SheetForm:
    """Somebody without scripts looks for a person or a union: the page comes back with all that was typed, and what was found."""
    sent = _sent(request, sheet, before, actor)
    sent.is_valid()
    form = _unsent(sheet, replace(before, begun=Begun(sent.seen, sent.mine, clock.now())), actor)
    name = request.POST[FIND]
    widget = form.fields[name].widget if name in form.fields else None
    if isinstance(widget, Picker):
        widget.found = found_by(widget.kind, widget.purpose, request.POST.get(name, ""), actor=actor) or []
    return form


def _held(kept_before: Answer, actor: Actor) -> Handed:
    """Files of a draft that are still there; those left lying for a day are gone."""
    wanted = kept_before if isinstance(kept_before, tuple) else ()
    return Handed(list(drafts_of(actor).filter(pk__in=wanted)))


def _handed(given: Any, kind: FieldKind, actor: Actor) -> Handed:
    place = place_of(actor)
    if place is None:
        return Handed()
    if kind is FieldKind.FILES:
        return hold_all(given.files, given.kept, place=place, by=actor) if isinstance(given, Given) else Handed()
    if given is None:
        return Handed()
    try:
        return Handed([hold_signature(given, place=place, by=actor)])
    except Refused as refused:
        return Handed(refused=[(given.name or "", refused.reason)])
