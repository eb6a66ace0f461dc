"""Choosing a union and a file, and saying what each column is."""

from collections import Counter
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason
from niangjia.kernel.web.reasons import in_words
from niangjia.registers.members.roster.columns import FIELDS, LABELS
from niangjia.registers.members.roster.looking import ColumnLook, SheetLook
from niangjia.registers.members.rules.moves import IMPORT_ROSTER
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import meant_by

ACCEPTED = ".xlsx,.xlsm,.xls,.et,.ods,.csv,.tsv,.txt"
LEFT_OUT = gettext_lazy("不导入")
HOW = {
    "name": gettext_lazy("按名字认出"),
    "remembered": gettext_lazy("上次用过"),
    "given": gettext_lazy("您指定的"),
    "own": gettext_lazy("系统加的列，不看"),
    "twice": gettext_lazy("前面已有一列是它"),
    "unknown": gettext_lazy("没有对应的项"),
}


class StartForm(forms.Form):
    """Whose roster it is, and the file (选工会和文件)."""

    union = forms.CharField(
        label=gettext_lazy("导入到哪个工会"),
        max_length=128,
        help_text=gettext_lazy("写工会编码或全称。表里有「所属工会」一列的，按那一列分到下级工会。"),
    )
    file = forms.FileField(
        label=gettext_lazy("花名册"),
        max_length=255,
        error_messages={
            "required": gettext_lazy("还没有选文件。"),
            "empty": gettext_lazy("文件是空的，里面一个字也没有。请打开看看名单在不在，保存好再传一次。"),
            "max_length": gettext_lazy("文件名太长了，请改短一些再传。"),
        },
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["union"].widget.attrs |= {"list": "unions", "autocomplete": "off"}
        self.fields["file"].widget.attrs |= {"accept": ACCEPTED}

    def clean_union(self) -> Union:
        """The union that was meant, among those the actor may import for."""
        found = meant_by(self.cleaned_data["union"], actor=self.actor, move=IMPORT_ROSTER)
        if isinstance(found, Reason):
            raise forms.ValidationError(in_words(found))
        return found

    def clean_file(self) -> Any:
        """The file with a name that names no folder."""
        file = self.cleaned_data["file"]
        if file is None:  # too large: it was not kept
            return None
        file.name = PurePath(file.name.replace("\\", "/")).name.replace("\x00", "")
        return file


class ColumnsForm(forms.Form):
    """What each column is (对应各列): one choice for each column, no item twice."""

    def __init__(self, *args: Any, look: SheetLook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.look = look
        self.choices = [("", LEFT_OUT), *((field.code, _(field.label)) for field in FIELDS)]
        names = Counter(column.written for column in look.columns)
        for column in look.columns:
            field = forms.ChoiceField(choices=self.choices, required=False, initial=column.field)
            field.label = _("「{header}」是").format(header=column.written)
            # Columns of one name cannot be told apart by it; those we added ourselves are never read.
            field.disabled = column.how == "own" or (column.how == "twice" and names[column.written] > 1)
            self.fields[_name(column)] = field

    def clean(self) -> dict[str, Any]:
        """Refuse an item that two columns claim, and a roster without the columns it needs."""
        cleaned: dict[str, Any] = super().clean() or {}
        taken: dict[str, ColumnLook] = {}
        for column in self.look.columns:
            code = cleaned.get(_name(column), "")
            if code and code in taken:
                words = _("「{item}」已经对应了「{header}」，一项只能对应一列。")
                self.add_error(_name(column), words.format(item=_(LABELS[code]), header=taken[code].written))
            elif code:
                taken[code] = column
        lacking = [_(field.label) for field in FIELDS if field.required and field.code not in taken]
        if lacking:
            words = _("还没有「{items}」这一列。请指定哪一列是它；表里没有的，请在表里加上再传。")
            self.add_error(None, words.format(items=_("」「").join(lacking)))
        return cleaned

    def mapping(self) -> dict[str, str]:
        """What was said by hand: the columns that would otherwise become something else."""
        said = self.cleaned_data
        pairs = (
            (column, said[_name(column)]) for column in self.look.columns if not self.fields[_name(column)].disabled
        )
        return {column.written: code for column, code in pairs if code != column.usual}

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The columns with their choices, for the page."""
        return [
            {
                "column": column,
                "field": self[_name(column)],
                "chosen": self[_name(column)].value() or "",
                "how": HOW[column.how],
                "is_in": bool(column.field),
            }
            for column in self.look.columns
        ]


def _name(column: ColumnLook) -> str:
    return f"column_{column.index}"
