"""What is asked of a list that is taken out, and of who decides on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.exports.declaration import Source
from niangjia.kernel.exports.rules import LONGEST_WORDS, Format, fits
from niangjia.kernel.exports.services import Wish, offered_in_clear, shapes_for
from niangjia.kernel.exports.words import FORMAT_WORDS, PURPOSE_WORDS
from niangjia.kernel.web.reasons import say_what_is_needed


class AskForm(forms.Form):
    """Ask for a list (申请导出): which columns, what kind of file, what is written out, what for."""

    template = forms.ChoiceField(label=_("要哪些列"), required=False, widget=forms.RadioSelect)
    file_format = forms.ChoiceField(label=_("存成什么"), choices=FORMAT_WORDS.items(), widget=forms.RadioSelect)
    in_clear = forms.MultipleChoiceField(
        label=_("哪几项要写全"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("平时遮住中间几位。勾了哪一项，哪一项就写全，要另一个人批准，每个人都会在自己的查看记录里看到。"),
    )
    purpose = forms.ChoiceField(label=_("用途"), choices=[("", _("请选择")), *PURPOSE_WORDS.items()])
    words = forms.CharField(
        label=_("补充说明"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("给批准的人看，比如「十二月慰问，按名册发」。不要写别人的号码。"),
    )

    def __init__(self, *args: Any, source: Source, actor: Actor, filters: dict[str, str], **kwargs: Any) -> None:
        """The columns and sensitive fields are those that this actor is offered."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)
        self.filters = filters
        shapes = shapes_for(source, by=actor)
        secrets = {name: each for shape in shapes for name, each in offered_in_clear(source, shape, by=actor).items()}
        titles = [(shape.code, shape.title if shape.code else _("和名单上的列一样")) for shape in shapes]
        self._choose("template", titles)
        self._choose("in_clear", [(name, secret.title) for name, secret in secrets.items()])
        if len(titles) == 1:
            del self.fields["template"]
        if not secrets:
            del self.fields["in_clear"]
        self.fits = [_purposes_of(name, secret.title) for name, secret in secrets.items()]

    def wish(self) -> Wish:
        """What was asked for."""
        given = self.cleaned_data
        return Wish(
            filters=self.filters,
            file_format=Format(given["file_format"]),
            purpose=given["purpose"],
            template=given.get("template", ""),
            in_clear=frozenset(given.get("in_clear", ())),
            words=given["words"],
        )

    def refuse(self, code: str, words: str) -> None:
        """Say what stands in the way: beside the field that has to be changed, where one has to be."""
        beside = {"purpose_missing": "purpose", "purpose_unfit": "purpose", "not_in_clear": "in_clear"}.get(code)
        self.add_error(beside if beside in self.fields else None, words)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def _purposes_of(field: str, title: Any) -> str:
    purposes = [str(words) for code, words in PURPOSE_WORDS.items() if fits(code, field)]
    return _("%(field)s：%(purposes)s") % {"field": title, "purposes": _("、").join(purposes)}


class DecideForm(forms.Form):
    """Agree, or say no with a reason (批准、不批)."""

    words = forms.CharField(
        label=_("给申请人的话"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("不批的话，要写为什么；批准可以不写。"),
    )
