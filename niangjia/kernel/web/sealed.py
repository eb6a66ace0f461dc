"""A sealed value on a page: masked, asked for with a purpose, shown for 30 seconds, masked again."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.reveal.rules import PURPOSE_SENTENCES, PURPOSE_WORDS, SHOWN_FOR, Purpose
from niangjia.kernel.reveal.services import LookRefused, SealedValue, Shown, reveal
from niangjia.kernel.web.reasons import in_words

TOO_MANY, UNFIT = 429, 422
PART = "web/parts/sealed.html"


@dataclass(frozen=True)
class AskedLook:
    """A sealed value as a page offers it: its name, its mask, whose it is, where to ask, and for what one may ask."""

    value: SealedValue
    title: str
    masked: str
    name: str
    address: str
    purposes: tuple[Purpose, ...]


class PurposeForm(forms.Form):
    """For what a sealed value is looked at (用途)."""

    purpose = forms.ChoiceField(label=gettext_lazy("为什么看"), widget=forms.RadioSelect, required=False)

    def __init__(self, asked: AskedLook, *, wished: str = "") -> None:
        """The purposes for which this actor may look at this field; `wished` is the one chosen before."""
        super().__init__(auto_id=f"id_{asked.value.field}_%s", initial={"purpose": wished})
        field = self.fields["purpose"]
        field.choices = [(each.value, _said(each)) for each in asked.purposes]  # type: ignore[attr-defined]


def mask(request: HttpRequest, asked: AskedLook) -> SafeString:
    """The masked value, with the question for what it is to be seen folded away behind it."""
    return render_to_string(PART, _context(asked, form=PurposeForm(asked)), request=request)


def answer_look(request: HttpRequest, asked: AskedLook, *, crumb: tuple[str, str]) -> HttpResponse:
    """The answer to one press: the part of the page where htmx asks, else a small page; a GET never shows the value."""
    context = _context(asked, form=PurposeForm(asked)) | {"crumb": crumb}
    status = 200
    if request.method == "POST":
        try:
            shown = reveal(asked.value, purpose=request.POST.get("purpose", ""), by=request.actor)  # type: ignore[attr-defined]
            context |= _shown(shown)
        except LookRefused as refusal:
            context["form"] = PurposeForm(asked, wished=request.POST.get("purpose", ""))
            context |= {"refusal": in_words(refusal.reason), "is_open": True}
            status = TOO_MANY if refusal.is_full else UNFIT
    if request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]  # set by django-htmx
        response = render(request, PART, context)
    else:
        response = render(request, "web/sealed.html", context | {"is_open": True}, status=status)
    patch_cache_control(response, no_store=True, private=True)
    return response


def _context(asked: AskedLook, *, form: PurposeForm) -> dict[str, Any]:
    shared = {"shown": None, "refusal": "", "is_open": False, "seconds": int(SHOWN_FOR.total_seconds())}
    return shared | {"asked": asked, "form": form}


def _shown(shown: Shown) -> dict[str, Any]:
    return {"shown": shown.value, "purpose": _(PURPOSE_WORDS[shown.purpose])}


def _said(purpose: Purpose) -> str:
    return _("{purpose}：{sentence}").format(purpose=_(PURPOSE_WORDS[purpose]), sentence=_(PURPOSE_SENTENCES[purpose]))
