"""The rows and menus of a declared list: made here and not in a template, for a page has hundreds of cells."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from niangjia.kernel.listing import Badge
from niangjia.kernel.listing.declaration import Column
from niangjia.kernel.listing.page import Asked, ListPage
from niangjia.kernel.web.templatetags.niangjia_web import NOTHING_KNOWN, day, escaped, icon, moment, number, state

register = template.Library()
TICK = '<td class="nj-tick"><input class="form-check-input" type="checkbox" name="only" value="{}" form="list-ticks" aria-label="{}"></td>'


@register.simple_tag
def list_rows(page: ListPage, *, ticks: bool = False, opens: bool = False) -> SafeString:
    """The rows of a page: with boxes to tick, and with links that open beside the list, where there are such."""
    columns, write = page.listing.columns, _Writer()
    heads = [write.head_of(column) for column in columns]
    titled = next((position for position, column in enumerate(columns) if column.link), 0)
    beside, opened = (escaped(page.with_open), page.opened) if opens else ("", None)
    pick, rows = _("选中{name}"), []
    for row in page.rows:
        cells: list[str] = []
        key = row.pk if ticks or opens else None
        for position, column in enumerate(columns):
            value = write.value_of(column, row)
            if position == titled and ticks:
                cells.insert(0, TICK.format(key, pick.format(name=escaped(column.of(row)))))
            if column.link is not None and (address := column.link(row)):
                here = ' aria-current="true"' if opens and key == opened else ""
                open_beside = f' data-row="{key}" hx-get="{beside}{key}"{here}' if opens and position == titled else ""
                value = f'<a class="nj-quiet" href="{escaped(address)}"{open_beside}><b>{value}</b></a>'
            note = column.note_of(row) if column.note is not None else ""
            said = f' <span class="nj-note">{escaped(note)}</span>' if note not in (None, "") else ""
            cells.append(f"{heads[position][bool(said)]}{value}{said}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return SafeString("".join(rows))


@register.simple_tag
def filter_values(asked: Asked) -> SafeString:
    """What one filter offers, each as a link that keeps everything else that was asked."""
    before, chosen = escaped(asked.with_value), icon("check")
    lines = []
    for value, words in asked.choices:
        here = (' aria-current="true"', chosen) if value == asked.value else ("", "")
        lines.append(
            f'<a class="nj-menu-line" href="{before}{quote(value)}"{here[0]}><span>{escaped(words)}</span>{here[1]}</a>'
        )
    return SafeString("".join(lines))


@lru_cache(maxsize=8192)
def _dated(kind: str, value: date, _language: str) -> str:
    """A day or an instant as pages of this language write it; the days of a register come again and again."""
    return escaped(moment(value) if kind == "moment" and isinstance(value, datetime) else day(value))


class _Writer:
    """Writes values as pages show them; the same state, day or instant is made once for a page."""

    def __init__(self) -> None:
        self.made: dict[int, tuple[Badge, str]] = {}
        self.language = get_language() or ""

    def head_of(self, column: Column) -> tuple[str, str]:
        """How a cell of this column begins: without a second line, and with one."""
        plain = "nj-num" if column.kind == "number" else "nj-nowrap" if column.kind in {"day", "moment", "mono"} else ""
        noted = "nj-num" if column.kind == "number" else "nj-nowrap"
        wide = " nj-wide-only" if column.wide_only else ""
        title = escaped(column.title)
        first, second = (f'<td data-label="{title}" class="{f"{shape}{wide}".strip()}">' for shape in (plain, noted))
        return first, second

    def value_of(self, column: Column, row: Any) -> str:
        """What stands in one cell."""
        value, kind = column.of(row), column.kind
        if value is None or value == "":
            return NOTHING_KNOWN
        if isinstance(value, Badge):
            return self._badge(value)
        if kind == "mono":
            return f'<span class="nj-mono">{escaped(value)}</span>'
        if kind == "number":
            return escaped(number(value))
        if kind in {"day", "moment"} and isinstance(value, date):
            return _dated(kind, value, self.language)
        return escaped(value)

    def _badge(self, badge: Badge) -> str:
        """A state is known by where its declaration lies: to compare its words would be to translate them."""
        known = self.made.get(id(badge))
        if known is None:
            written = state(badge.form, str(badge.words), plain=True)
            known = self.made[id(badge)] = (badge, written)
        return known[1]
