"""A field that finds what somebody means while she types (选工会、选人): by part of the name, pinyin, initials, code, under rights.

What is looked for is declared by the slices and named in `NIANGJIA_PICKERS`. The field stays a text: whoever knows the code writes
it, and without scripts the button beside it shows what was found, with everything else that was typed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.forms.widgets import Script
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from niangjia.kernel.access.rules import Actor, Move

MOST = 8
LONGEST = 128
FIND = "_find"


class Choice(NamedTuple):
    """One thing that may be meant: what the field sends, what it is called, what tells it from others."""

    value: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class Pickable:
    """What can be picked: by which moves, what words find within one's rights, and what a value is called."""

    moves: tuple[Move, ...]
    suggest: Callable[[Actor, Move, str, int], list[Choice]]
    title_of: Callable[[Actor, Move, str], str]

    def move(self, name: str) -> Move | None:
        """The move of a name, where this may be picked for it."""
        return next((move for move in self.moves if move.name == name), None)


def pickable(kind: str) -> Pickable | None:
    """What is picked under this name; None where the program knows none."""
    path = settings.NIANGJIA_PICKERS.get(kind)
    found: Pickable | None = import_string(path) if path else None
    return found


def found_by(kind: str, purpose: str, words: str, *, actor: Actor) -> list[Choice] | None:
    """What the words may mean to this actor; None where nothing of the kind is picked for the purpose."""
    source = pickable(kind)
    move = source.move(purpose) if source else None
    if source is None or move is None:
        return None
    tidy = words.replace("\x00", "").strip()[:LONGEST]
    return source.suggest(actor, move, tidy, MOST) if tidy and actor.paths(move) else []


class Picker(forms.TextInput):
    """A line to type in, with suggestions; it sends the value that was picked, or else the words as they were typed."""

    template_name = "web/parts/picker.html"

    class Media:
        css = {"all": ("niangjia/picker.css",)}
        js = (Script("niangjia/pictures/picker.js", defer=True),)

    def __init__(self, kind: str, move: Move) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.kind, self.purpose = kind, move.name
        self.actor: Actor | None = None
        self.found: list[Choice] | None = None

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """What was picked from the list that is shown without scripts; then what was picked and left as it was; then the words."""
        typed = super().value_from_datadict(data, files, name)
        if chosen := data.get(f"{name}-chosen"):
            return chosen
        kept = data.get(f"{name}-value")
        return kept if kept and data.get(f"{name}-shown") == typed else typed

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The line shows what its value is called, where the actor may know that."""
        words = str(value or "")
        title = self.title_of(words) if words else ""
        context = super().get_context(name, title or words, attrs)
        picked = {"value": words, "shown": title} if title else {"value": "", "shown": ""}
        return context | {
            "picked": picked,
            "kind": self.kind,
            "purpose": self.purpose,
            "found": self.found,
            "find": FIND,
        }

    def title_of(self, value: str) -> str:
        """What a value is called, for who picks; empty where it names nothing that she may pick."""
        source = pickable(self.kind)
        move = source.move(self.purpose) if source else None
        return source.title_of(self.actor, move, value) if source and move and self.actor else ""


class PickField(forms.CharField):
    """A text that may be picked; what it means the form decides, as with any text."""

    def __init__(self, kind: str, move: Move, **more: Any) -> None:
        super().__init__(widget=Picker(kind, move), **{"max_length": LONGEST, **more})


class PickingForm(forms.Form):
    """A form with such fields. Asked to find, it is not sent: it comes back with all that was typed, and with what was found."""

    def __init__(self, data: Any = None, *args: Any, actor: Actor, **more: Any) -> None:
        finding = str(data.get(FIND, "")) if data else ""
        if finding:
            more["initial"] = {**(more.get("initial") or {}), **{name: data[name] for name in data}}
            data = None
        super().__init__(data, *args, **more)
        self.actor = actor
        for name, field in self.fields.items():
            if isinstance(field.widget, Picker):
                self._prepare(name, field.widget, finding)

    def _prepare(self, name: str, widget: Picker, finding: str) -> None:
        widget.actor = self.actor
        if name == finding:
            widget.found = (
                found_by(widget.kind, widget.purpose, str(self.initial.get(name, "")), actor=self.actor) or []
            )

    def pick_for(self, name: str, move: Move) -> None:
        """Another move than the one declared: a form that registers also changes."""
        widget = self.fields[name].widget
        if not isinstance(widget, Picker):
            message = f"{name} is not picked"
            raise TypeError(message)
        widget.purpose = move.name


@csrf_exempt  # finding changes nothing and need not count once; the token is looked at below
@login_required
@csrf_protect
@require_POST
def pick(request: HttpRequest, kind: str, purpose: str) -> HttpResponse:
    """What the words typed may mean: by POST, so that half a name stands in no address."""
    field = request.htmx.trigger_name or "words"  # type: ignore[attr-defined]  # set by django-htmx
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    choices = found_by(kind, purpose, request.POST.get(field, ""), actor=actor)
    if choices is None:
        raise Http404
    return render(request, "web/parts/picked.html", {"choices": choices})
