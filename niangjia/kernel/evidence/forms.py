"""这里不对, with what shows it; and the signature under what cannot be undone."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.chinese import fold_width
from niangjia.kernel.files.forms import FilesField, SignatureField
from niangjia.kernel.privacy.forms import CorrectionForm

LONGEST_NAME = 64


class EvidencedForm(CorrectionForm):
    """Which fact, what is right, and pictures or documents where there are any."""

    papers = FilesField(label=gettext_lazy("有证明的，拍张照（可以不交）"), required=False)


class SignedForm(forms.Form):
    """One's name under a request (签名): written by hand, or typed, which counts as much."""

    signature = SignatureField(label=gettext_lazy("手写签名"), required=False)
    typed_name = forms.CharField(
        label=gettext_lazy("不方便手写，就写上姓名"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=gettext_lazy("写姓名和手写签名一样算数，日期记今天。签名加密保存，只有办这件事的干部能看。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        self._name = name
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """One of the two; a typed name is the one that is registered."""
        given = super().clean() or {}
        typed = "".join(fold_width(given.get("typed_name", "")).split())
        if not given.get("signature") and not typed and not self.errors:
            self.add_error("signature", _("还没有签名。请手写签名，或者在下面写上姓名。"))
        if typed and typed != "".join(self._name.split()):
            self.add_error("typed_name", _("和登记的姓名不一样。请写登记的姓名；登记错了，先办「这里不对」。"))
        return given
