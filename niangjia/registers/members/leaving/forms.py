"""What becomes of a membership, as a cadre writes it; and why a member leaves, if she wants to say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.web.reasons import say_what_is_needed
from niangjia.registers.members.rules import RetainedReason

AGAIN, DIED, PROPOSE = "again", "died", "propose"
RETAIN_WORDS = {
    RetainedReason.RETIRED.value: _("保留会籍：退休了"),
    RetainedReason.UNEMPLOYED.value: _("保留会籍：失业了"),
    RetainedReason.EMPLOYER_CLOSED.value: _("保留会籍：单位关闭，由上一级工会保留"),
}
MOST_WORDS = 300


class ChangeForm(forms.Form):
    """What, and from which day on."""

    what = forms.ChoiceField(label=_("办什么"), widget=forms.RadioSelect)
    on = forms.DateField(
        label=_("从哪天起"),
        help_text=_("退休、失业、去世的日子。提请本人答复的，不用管这一天。"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, is_kept: bool, **more: Any) -> None:
        """What may be done with a membership that is kept on, or with a full one."""
        more.setdefault("initial", {"on": clock.today()})
        super().__init__(*args, **more)
        kept = [(AGAIN, _("恢复：又在本单位上班了"))] if is_kept else list(RETAIN_WORDS.items())
        ends = [(DIED, _("去世")), (PROPOSE, _("问本人还在不在，再由另一位决定退会、开除还是不变"))]
        self.fields["what"].choices = [*kept, *ends]  # type: ignore[attr-defined]  # a ChoiceField
        say_what_is_needed(self)


class LeaveForm(forms.Form):
    """She says yes by herself; why is hers to tell or not."""

    sure = forms.BooleanField(
        label=_("我要退会，看过上面写的"),
        error_messages={"required": _("要退会，先勾上这一句。")},
    )
