"""What is asked when events shall be told to an address."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.developers.program_forms import ProgramForm, name_field, named, place_field
from niangjia.kernel.web.reasons import in_words
from niangjia.kernel.webhooks.rules import EVENT_WORDS, LONGEST_ADDRESS, Event, why_not_address
from niangjia.kernel.webhooks.services import Wish


def event_choices() -> list[tuple[str, str]]:
    """What can be told, in the reader's language."""
    return [(event.value, named(gettext(EVENT_WORDS[event]), event.value)) for event in Event]


class SubscriptionForm(ProgramForm):
    """Have events told to an address (加推送)."""

    name = name_field(_("推给什么程序"))
    place = place_field(_("写名称、拼音或编码来找。这里和下级发生的事都会通知。"))
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
