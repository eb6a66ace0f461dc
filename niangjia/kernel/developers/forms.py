"""What is asked when a key is made."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason
from niangjia.kernel.developers.program_forms import ProgramForm, name_field, named, place_field
from niangjia.kernel.programs.rules import (
    LONGEST_KEY_DAYS,
    MOST_PER_MINUTE,
    REQUESTS_PER_MINUTE,
    SCOPE_WORDS,
    Scope,
    read_networks,
)
from niangjia.kernel.programs.services import KeyWish
from niangjia.kernel.web.reasons import in_words


def scope_choices() -> list[tuple[str, str]]:
    """What a key may be used for, in the reader's language."""
    return [(scope.value, named(gettext(SCOPE_WORDS[scope]), scope.value)) for scope in Scope]


class KeyForm(ProgramForm):
    """Make a key (发密钥)."""

    name = name_field(_("给什么程序用"))
    place = place_field(_("写名称、拼音或编码来找。密钥只看得到这里和下级。"))
    scopes = forms.MultipleChoiceField(
        label=_("能做什么"),
        choices=scope_choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    last = forms.DateField(
        label=_("最后一天"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("最长一年。到期前换一个新的。"),
    )
    networks = forms.CharField(
        label=_("只许从哪些网络来"),
        required=False,
        max_length=512,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一个，比如 203.0.113.0/24。空着就是不限。"),
    )
    per_minute = forms.IntegerField(
        label=_("一分钟最多几次"), min_value=1, max_value=MOST_PER_MINUTE, initial=REQUESTS_PER_MINUTE
    )

    def __init__(self, data: Any = None, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(data, *args, actor=actor, **more)
        self.initial.setdefault("last", clock.today() + timedelta(days=LONGEST_KEY_DAYS // 2))

    def clean_networks(self) -> list[str]:
        """The networks as they are kept."""
        found = read_networks(self.cleaned_data["networks"])
        if isinstance(found, Reason):
            raise forms.ValidationError(in_words(found))
        return found

    @property
    def wish(self) -> KeyWish:
        """The key that is asked for."""
        given = self.cleaned_data
        scopes = frozenset(given["scopes"])
        return KeyWish(given["name"], scopes, given["last"], given["networks"], given["per_minute"])
