"""The rows and menus of a declared list: made here and not in a template, for a page has hundreds of cells."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple
from urllib.parse import quote

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.listing import Badge
from niangjia.kernel.listing.declaration import Column
from niangjia.kernel.listing.page import Asked, ListPage
from niangjia.kernel.web.templatetags.niangjia_web import NOTHING_KNOWN, day, escaped, icon, moment, number, state

register = template.Library()
Cell = Callable[[Any], str]
Drawn = Callable[[Any], str]
TICK = '<td class="nj-tick"><input class="form-check-input" type="checkbox" name="only" value="{}" form="list-ticks" aria-label="{}"></td>'


@register.simple_tag
def list_rows(page: ListPage, *, ticks: bool = False, opens: bool = False) -> SafeString:
    """The rows of a page: with boxes to tick, and with links that open beside the list, where there are such."""
    columns, write = page.listing.columns, _Writer()
    titled = next((position for position, column in enumerate(columns) if column.link), 0)
    first = _Beside(escaped(page.with_open), page.opened) if opens else None
    cells = [write.cell(column, first if position == titled else None) for position, column in enumerate(columns)]
    if ticks:
        cells.insert(0, _tick(columns[titled]))
    return SafeString("".join([f"<tr>{''.join([cell(row) for cell in cells])}</tr>" for row in page.rows]))


def _tick(column: Column) -> Cell:
    """The box that picks a row, read out with what its title says."""
    pick, name = _("选中{name}"), column.of
    return lambda row: TICK.format(row.pk, pick.format(name=escaped(name(row))))


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
def _dated(kind: str, value: date, _language: str, _year: int) -> str:
    """A day or an instant as pages of this language write it; the days of a register come again and again."""
    return escaped(moment(value) if kind == "moment" and isinstance(value, datetime) else day(value))


class _Beside(NamedTuple):
    """Where a row's link opens it beside the list, and which one stands there now."""

    address: str
    opened: int | None

    def marks(self, key: int) -> str:
        """What the link of a row says of that."""
        here = ' aria-current="true"' if key == self.opened else ""
        return f' data-row="{key}" hx-get="{self.address}{key}"{here}'


class _Writer:
    """Writes values as pages show them; how a column is written is found once, the same state or day made once."""

    def __init__(self) -> None:
        self.made: dict[int, tuple[Badge, str]] = {}
        self.language, self.year = get_language() or "", clock.today().year
        dated = {kind: partial(self._day, kind) for kind in ("day", "moment")}
        self.kinds: dict[str, Drawn] = {"mono": _mono, "number": _number, "text": escaped, **dated}

    def cell(self, column: Column, beside: _Beside | None = None) -> Cell:
        """How a cell of this column is written for a row: its value, perhaps as a link, perhaps with a second line."""
        (plain, noted), shown, note = self._heads(column), self._shown(column), column.note_of
        if column.link is not None:
            shown = _linked(column.link, shown, beside)
        if column.note is None:
            return lambda row: f"{plain}{shown(row)}</td>"

        def with_note(row: Any) -> str:
            said = note(row)
            if said is None or said == "":
                return f"{plain}{shown(row)}</td>"
            return f'{noted}{shown(row)} <span class="nj-note">{escaped(said)}</span></td>'

        return with_note

    def _heads(self, column: Column) -> tuple[str, str]:
        """How a cell of this column begins: without a second line, and with one."""
        plain = "nj-num" if column.kind == "number" else "nj-nowrap" if column.kind in {"day", "moment", "mono"} else ""
        noted = "nj-num" if column.kind == "number" else "nj-noted"
        wide = " nj-wide-only" if column.wide_only else ""
        title = escaped(column.title)
        first, second = (f'<td data-label="{title}" class="{f"{shape}{wide}".strip()}">' for shape in (plain, noted))
        return first, second

    def _shown(self, column: Column) -> Cell:
        value_of, drawn, badge = column.of, self.kinds[column.kind], self._badge

        def shown(row: Any) -> str:
            value = value_of(row)
            if value is None or value == "":
                return NOTHING_KNOWN
            return badge(value) if isinstance(value, Badge) else drawn(value)

        return shown

    def _day(self, kind: str, value: Any) -> str:
        return _dated(kind, value, self.language, self.year) if isinstance(value, date) else escaped(value)

    def _badge(self, badge: Badge) -> str:
        """A state is known by where its declaration lies: to compare its words would be to translate them."""
        known = self.made.get(id(badge))
        if known is None:
            written = state(badge.form, str(badge.words), plain=True)
            known = self.made[id(badge)] = (badge, written)
        return known[1]


def _linked(link: Callable[[Any], str], shown: Cell, beside: _Beside | None) -> Cell:
    def linked(row: Any) -> str:
        address = link(row)
        if not address:
            return shown(row)
        marks = beside.marks(row.pk) if beside else ""
        return f'<a class="nj-quiet" href="{escaped(address)}"{marks}><b>{shown(row)}</b></a>'

    return linked


def _mono(value: Any) -> str:
    return f'<span class="nj-mono">{escaped(value)}</span>'


def _number(value: Any) -> str:
    return escaped(number(value))
