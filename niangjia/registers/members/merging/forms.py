"""The shape of a pick, of two kept apart, and of an objection."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.chinese import Reason
from niangjia.kernel.web.reasons import in_words
from niangjia.registers.members.merging.comparing import Line, membership_words
from niangjia.registers.members.merging.kind import MERGE_REASONS, SIDES
from niangjia.registers.members.merging.rules.deciding import LEFT, RIGHT, ApartReason, Choice
from niangjia.registers.members.models import Membership

APART_WORDS = {
    ApartReason.PAPERS_SEEN: _("对着两个人的证件看过"),
    ApartReason.ASKED_THEM: _("问过本人，是两个人"),
    ApartReason.KIN: _("是亲属：双胞胎、兄弟姐妹、夫妻、父母子女"),
}
LONGEST = 500


class MergeForm(forms.Form):
    """For each fact that differs which record it is taken from, and why they are one."""

    reason = forms.ChoiceField(
        label=_("凭什么认定是同一个人"),
        choices=[("", "—"), *((key.value, words) for key, words in MERGE_REASONS.items())],  # type: ignore[attr-defined]
        error_messages={"required": _("请选为什么认定是同一个人，本人会看到。")},
    )
    proof = forms.CharField(
        label=_("看过哪些证明，放在哪里"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("两个身份证号不同时必须写。只有办这件事的人看得到。"),
    )
    left_seen = forms.IntegerField(widget=forms.HiddenInput)
    right_seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, lines: list[Line], held: list[Membership], logins: bool, seen: tuple[int, int]
    ) -> None:
        super().__init__(data, initial={"left_seen": seen[0], "right_seen": seen[1]})
        self.lines = [line for line in lines if line.differs]
        for line in self.lines:
            self.fields[line.name] = _side(line.title, line.proposed)
        if len(held) > 1:
            choices = [(str(each.pk), membership_words(each)) for each in held]
            self.fields["goes_on"] = forms.ChoiceField(
                label=_("哪一份会籍继续"),
                choices=choices,
                widget=forms.RadioSelect,
                help_text=_("一个人同一时间只有一份会籍。另一份到这一份开始的那天为止；完全重叠的并进来。"),
            )
        if logins:
            self.fields["signs_in"] = _side(_("以后用哪个登录账号"), "")

    def rows(self) -> list[tuple[Line, Any]]:
        """Each fact that differs with its question."""
        return [(line, self[line.name]) for line in self.lines]

    @property
    def choice(self) -> Choice:
        """What was picked."""
        given = self.cleaned_data
        goes_on = given.get("goes_on")
        return Choice(
            {line.name: given[line.name] for line in self.lines},
            given["reason"],
            given["proof"],
            int(goes_on) if goes_on else None,
            given.get("signs_in") or None,
            (given["left_seen"], given["right_seen"]),
        )

    def refused(self, reason: Reason) -> None:
        """What stands against it."""
        self.add_error("proof" if reason.code == "two_papers" else None, in_words(reason))


class ApartForm(forms.Form):
    """Why they are two people."""

    apart = forms.ChoiceField(
        label=_("凭什么说是两个人"),
        choices=[("", "—"), *((key.value, words) for key, words in APART_WORDS.items())],
        error_messages={"required": _("请选凭什么说是两个人。")},
    )


class ObjectionForm(forms.Form):
    """What she says against it."""

    says = forms.CharField(
        label=_("哪里不对（可以不写）"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


def _side(title: Any, proposed: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=title, choices=[(LEFT, SIDES[LEFT]), (RIGHT, SIDES[RIGHT])], initial=proposed, widget=forms.RadioSelect
    )
