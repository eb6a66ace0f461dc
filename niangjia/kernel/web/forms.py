"""Forms of the pages that belong to no line of work."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.models import Account


class LookForm(forms.Form):
    """A person's settings of the pages (设置)."""

    language = forms.ChoiceField(
        label=_("语言"), choices=Account._meta.get_field("language").choices, widget=forms.RadioSelect
    )
    theme = forms.ChoiceField(
        label=_("明暗"), choices=Account._meta.get_field("theme").choices, widget=forms.RadioSelect
    )
    large_type = forms.ChoiceField(
        label=_("字号"),
        choices=[("off", _("常规")), ("on", _("大字，行距也大一些"))],
        widget=forms.RadioSelect,
    )
