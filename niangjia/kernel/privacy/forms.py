"""What people write about their own data: a fact that is wrong, a reason, where a paper is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.privacy.registered import persons
from niangjia.kernel.privacy.rules import AskedBy

LONGEST_SAYING = 500


class CorrectionForm(forms.Form):
    """这里不对: which fact, and what is right."""

    fact = forms.ChoiceField(label=_("哪一项不对"), error_messages={"required": _("还没有选哪一项不对。")})
    says = forms.CharField(
        label=_("对的是什么"),
        max_length=LONGEST_SAYING,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("加密保存，只有办这件事的干部能看。"),
        error_messages={"required": _("还没有写对的是什么。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["fact"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - what it was declared as, for the types
        field.choices = [("", _("请选择")), *persons().correctable.items()]


class RefusalForm(forms.Form):
    """Why it is not done; she reads it."""

    reason = forms.CharField(
        label=_("不办的理由"),
        max_length=255,
        help_text=_("本人会看到这句话。不要写证件号码和电话。"),
        error_messages={"required": _("不办要写明理由。")},
    )


class PaperForm(forms.Form):
    """Where a signed paper is kept."""

    paper_place = forms.CharField(
        label=_("纸质件放在哪里"),
        max_length=64,
        help_text=_("例如：档案柜 3，2026 年 11 月同意书，第 12 份"),
        error_messages={"required": _("纸面办理要写明纸质件放在哪里。")},
    )


class PaperErasureForm(PaperForm):
    """Who asks on paper for erasure."""

    asked_by = forms.ChoiceField(
        label=_("谁提出"),
        choices=((AskedBy.PAPER.value, _("本人，在工会签字")), (AskedBy.HEIR.value, _("本人去世，近亲属提出"))),
    )
