"""What is asked whenever a right is given to a program: which one, and of which union."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_meant
from niangjia.kernel.programs.rules import KEEP_PROGRAMS, LONGEST_NAME
from niangjia.kernel.web.picking import PickField, PickingForm
from niangjia.kernel.web.reasons import in_words, say_what_is_needed


def name_field(label: Any) -> forms.CharField:
    """What the program is for, in words of its own."""
    return forms.CharField(
        label=label, max_length=LONGEST_NAME, help_text=_("比如「市政务数据交换」。不要写人的姓名。")
    )


def place_field(help_text: Any) -> PickField:
    """The union whose rows the program meets, found by name, pinyin or code."""
    return PickField("unions", KEEP_PROGRAMS, label=_("哪个工会"), help_text=help_text)


def named(words: str, name: str) -> SafeString:
    """A thing in words, with the name that programs know it by."""
    return format_html('{} <span class="nj-mono nj-note">{}</span>', words, name)


class ProgramForm(PickingForm):
    """A right for a program of one's places."""

    def __init__(self, data: Any = None, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(data, *args, actor=actor, **more)
        say_what_is_needed(self)

    def clean_place(self) -> Place:
        """The place that was meant, among those where the actor keeps programs."""
        found = place_meant(self.cleaned_data["place"], self.actor.paths(KEEP_PROGRAMS))
        if isinstance(found, Reason):
            raise forms.ValidationError(in_words(found))
        return found
