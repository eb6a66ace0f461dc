"""What is asked when events shall be told to an address."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_meant
from niangjia.kernel.programs.rules import KEEP_PROGRAMS
from niangjia.kernel.web.reasons import in_words, say_what_is_needed
from niangjia.kernel.webhooks.rules import EVENT_WORDS, LONGEST_ADDRESS, LONGEST_NAME, Event, why_not_address
from niangjia.kernel.webhooks.services import Wish


def event_choices() -> list[tuple[str, str]]:
    """What can be told, in the reader's language."""
    return [(event.value, f"{gettext(EVENT_WORDS[event])} · {event.value}") for event in Event]


class SubscriptionForm(forms.Form):
    """Have events told to an address (加推送)."""

    name = forms.CharField(
        label=_("推给什么程序"), max_length=LONGEST_NAME, help_text=_("比如「市政务数据交换」。不要写人的姓名。")
    )
    place = forms.CharField(
        label=_("哪个工会"), max_length=128, help_text=_("写工会编码或全称。这里和下级发生的事都会通知。")
    )
    address = forms.CharField(
        label=_("对方的地址"),
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("要以 https:// 开头，比如 https://example.org/hook"),
    )
    events = forms.MultipleChoiceField(
        label=_("通知哪些事"),
        choices=event_choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)
        self.actor = actor

    def clean_place(self) -> Place:
        """The place that was meant, among those where the actor keeps programs."""
        found = place_meant(self.cleaned_data["place"], self.actor.paths(KEEP_PROGRAMS))
        if isinstance(found, Reason):
            raise forms.ValidationError(in_words(found))
        return found

    def clean_address(self) -> str:
        """An address that something may be sent to."""
        address: str = self.cleaned_data["address"].strip()
        reason = why_not_address(address, may_be_local=settings.NIANGJIA_WEBHOOK_LOCAL)
        if reason is not None:
            raise forms.ValidationError(in_words(reason))
        return address

    @property
    def wish(self) -> Wish:
        """The subscription that is asked for."""
        given = self.cleaned_data
        return Wish(given["name"], given["address"], frozenset(given["events"]))
