"""Forms of the pages that belong to no line of work."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class LookForm(forms.Form):
    """A person's settings of the pages (设置)."""

    language = forms.ChoiceField(label=_("语言"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    theme = forms.ChoiceField(
        label=_("明暗"), choices=[("light", _("浅色")), ("dark", _("深色"))], widget=forms.RadioSelect
    )
    large_type = forms.ChoiceField(
        label=_("字号"),
        choices=[("off", _("常规")), ("on", _("大字，行距也大一些"))],
        widget=forms.RadioSelect,
    )


class PlaceForm(forms.Form):
    """Which place to look at, by its name or its code."""

    reference = forms.CharField(label=_("工会名称或编码"), max_length=128, strip=True)
