"""What is asked when days off are brought in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.web.reasons import say_what_is_needed
from niangjia.kernel.workdays.rules import FIRST_YEAR, LAST_YEAR, MOST_CHARACTERS

MOST_BYTES = 4 * MOST_CHARACTERS
LONGEST_SOURCE = 128


class NoticeForm(forms.Form):
    """The notice of a year (放假安排通知): its number, and its text pasted, or a small table as a file."""

    year = forms.IntegerField(label=_("哪一年"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    source = forms.CharField(
        label=_("文件和文号"),
        max_length=LONGEST_SOURCE,
        help_text=_("照通知写，比如「国务院办公厅关于2027年部分节假日安排的通知（文号）」。"),
    )
    text = forms.CharField(
        label=_("通知内容"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_(
            "把通知原文整段贴进来就行：「一、元旦：1月1日至3日放假调休，共3天。1月4日上班。」"
            "也可以一行一条：2027-02-05至2027-02-11,放假,春节。"
        ),
    )
    file = forms.FileField(
        label=_("或者选一个文件"),
        required=False,
        help_text=_("CSV 或文本文件，三列：日期，放假或上班，节日。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)

    def clean(self) -> dict[str, Any]:
        """A file counts before what is pasted; one of them has to be there."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file is not None:
            cleaned["text"] = self._text_of(file)
        if not cleaned.get("text", "").strip() and not self.errors:
            self.add_error("text", _("还没有内容。贴通知原文，或者选一个文件。"))
        return cleaned

    def _text_of(self, file: Any) -> str:
        if file.size > MOST_BYTES:
            self.add_error("file", _("文件太大，一年的安排用不了这么多。看看是不是选错了。"))
            return ""
        content = file.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return str(content.decode(encoding))
            except UnicodeDecodeError:
                continue
        self.add_error("file", _("看不懂这个文件的编码。另存为 CSV（UTF-8）再选一次。"))
        return ""
