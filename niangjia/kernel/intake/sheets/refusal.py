"""A whole file sent back (整份退回): why it cannot be read, and what to do next."""

from __future__ import annotations

from collections.abc import Callable


def _(words: str) -> str:
    """Mark words for the translation catalogue; they are translated where they are shown."""
    return words


class Refusal(Exception):
    """A file refused as a whole (整份退回), with a code for programs and a reason for people.

    `template` and `facts` are kept apart, so that `said(gettext)` gives the reason in the reader's language.
    """

    def __init__(self, code: str, template: str, **facts: object) -> None:
        self.code = code
        self.template = template
        self.facts = facts
        super().__init__(code, self.reason)

    def said(self, translate: Callable[[str], str]) -> str:
        """What is wrong and what to do next, in the language `translate` gives."""
        return translate(self.template).format(**self.facts)

    @property
    def reason(self) -> str:
        """The same in Chinese."""
        return self.said(str)


EMPTY_FILE = _("文件是空的，里面一个字也没有。请打开看看名单在不在，保存好再传一次。")
PDF_FILE = _("这是一份 PDF，不是表格。请找到原来的 Excel 表，或者把名单抄进 Excel，存成 .xlsx 再传。")
WORD_FILE = _("这是一份 Word 文档，不是表格。请把里面的表复制到 Excel，存成 .xlsx 再传。")
SLIDES_FILE = _("这是一份演示文稿，不是表格。请传 Excel 名单（.xlsx 或 .csv）。")
PICTURE_FILE = _("这是一张图片，不是表格。图片里的字读不出来，请传 Excel 名单（.xlsx 或 .csv）。")
ARCHIVE_FILE = _("这是一个压缩包。请先解压，再把里面的 Excel 表一份一份传上来。")
WEB_PAGE_FILE = _(
    "这份文件名字像 Excel，里面其实是网页。请用 Excel 或 WPS 打开这份文件，点「另存为」，选 .xlsx，再传一次。"
)
OTHER_SHEET_FILE = _("这种表格现在还读不了。请用 Excel 或 WPS 打开这份文件，点「另存为」，选 .xlsx，再传一次。")
ENCRYPTED_FILE = _("这份表格设了打开密码，读不了。请用 Excel 打开，去掉密码后保存，再传一次。")
NOT_A_SHEET = _("这不是表格文件，读不出名单。请传 .xlsx 或 .csv 文件。")
DAMAGED_FILE = _("这份表格坏了，打不开。请用 Excel 打开原件另存一份，再传一次。")
DTD_FILE = _(
    "这份表格里夹带了不该有的内容，为了安全没有读。请用 Excel 或 WPS 打开这份文件，点「另存为」，选 .xlsx，再传一次。"
)
TOO_MANY_ROWS = _("一张表最多读 {limit} 行，这张到了第 {row} 行。请另存为 CSV，或拆成几份再传。")
TOO_MANY_COLUMNS = _("这张表右边很远的 {column} 列还有内容。请删掉名单右边用不到的列，再传一次。")
TOO_LARGE = _("这张表太大，一次读不完。请另存为 CSV，或拆成几份再传。")
TOO_LONG = _("这张表读了 {seconds} 秒还没读完，先停下了。请另存为 CSV，或拆成几份再传。")
UNDECODABLE = _(
    "第 {line} 行有字认不出来（文件按 {encoding} 读的）。请用 Excel 打开，点「另存为」，选「CSV UTF-8」，再传一次。"
)
UNCLOSED_QUOTE = _("从第 {row} 行起，有一个双引号没有成对，后面许多行连成了一格。请补上或删掉这个引号，再传一次。")
NO_SHEET = _("这份文件里没有能读的工作表。请打开看看名单在不在，保存好再传一次。")
