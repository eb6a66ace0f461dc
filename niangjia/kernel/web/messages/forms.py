"""How somebody wants to hear of messages."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.messages.rules import Channel, QuietHours, Wishes, quiet_hours_on
from niangjia.kernel.web.messages.words import CHANNEL_WORDS

AT_ONCE, DEFAULT = "", "default"
HOURS = 24


def _hours() -> list[tuple[str, str]]:
    return [(str(hour), f"{hour}:00") for hour in range(HOURS)]


class WishesForm(forms.Form):
    """Channels, quiet hours, and when work comes together (消息设置)."""

    channels = forms.MultipleChoiceField(
        label=gettext_lazy("除了站内，还用什么告诉我"), required=False, widget=forms.CheckboxSelectMultiple
    )
    quiet_begins = forms.ChoiceField(label=gettext_lazy("几点以后不打扰"), required=False)
    quiet_ends = forms.ChoiceField(label=gettext_lazy("到几点为止"), required=False)
    digest = forms.ChoiceField(label=gettext_lazy("工作上的消息"), required=False)

    def __init__(self, *args: Any, wishes: Wishes, offered: tuple[Channel, ...], on: Any, **kwargs: Any) -> None:
        self.offered = offered
        self.usual = quiet_hours_on(on)
        kwargs["initial"] = _initial(wishes, offered)
        super().__init__(*args, **kwargs)
        # The fields are this form's own copies; their choices are worked out for the reader.
        choices: dict[str, list[tuple[str, Any]]] = {
            "channels": [(each.value, CHANNEL_WORDS[each]) for each in offered],
            "quiet_begins": [(DEFAULT, _("本系统默认值：{hour}:00").format(hour=self.usual.begins)), *_hours()],
            "quiet_ends": [(DEFAULT, _("本系统默认值：{hour}:00").format(hour=self.usual.ends)), *_hours()],
            "digest": [
                (AT_ONCE, _("每条都马上告诉我")),
                *((hour, _("每天 {at} 一起告诉我").format(at=at)) for hour, at in _hours()),
            ],
        }
        for name, each in choices.items():
            self.fields[name].choices = each  # type: ignore[attr-defined]  # a field of choices
        if not offered:
            del self.fields["channels"]

    def clean(self) -> dict[str, Any]:
        """Both ends of the quiet hours, or none."""
        given = super().clean() or {}
        ends = [given.get(name) or DEFAULT for name in ("quiet_begins", "quiet_ends")]
        if ends.count(DEFAULT) == 1:
            self.add_error("quiet_ends", _("起止都自己选，或者都用默认值。"))
        return given

    def wishes(self, before: Wishes) -> Wishes:
        """What was chosen; channels that are not offered here stay as they were."""
        given = self.cleaned_data
        off = {each for each in before.off if each not in self.offered}
        off |= {each for each in self.offered if each.value not in given.get("channels", [])}
        quiet = None
        if given["quiet_begins"] not in ("", DEFAULT):
            quiet = QuietHours(int(given["quiet_begins"]), int(given["quiet_ends"]))
        return Wishes(frozenset(off), quiet, int(given["digest"]) if given["digest"] else None)


class EmailForm(forms.Form):
    """An address of one's own, to be proved by a letter."""

    email = forms.EmailField(
        label=gettext_lazy("邮箱"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("请填邮箱。"),
            "invalid": gettext_lazy("邮箱的写法不对，比如 name@example.cn。"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


def _initial(wishes: Wishes, offered: tuple[Channel, ...]) -> dict[str, Any]:
    return {
        "channels": [each.value for each in offered if each not in wishes.off],
        "quiet_begins": str(wishes.quiet.begins) if wishes.quiet else DEFAULT,
        "quiet_ends": str(wishes.quiet.ends) if wishes.quiet else DEFAULT,
        "digest": AT_ONCE if wishes.digest_hour is None else str(wishes.digest_hour),
    }
