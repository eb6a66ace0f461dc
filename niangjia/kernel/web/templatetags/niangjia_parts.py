"""The larger parts of a page, each written once: card, table, time line, work under way, second question, menu."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from niangjia.kernel.listing import Badge
from niangjia.kernel.web.templatetags.niangjia_web import day, icon, moment, number, state

register = template.Library()

# form of an act on a time line → its class and icon
ACTS = {
    "done": ("", "circle-check"),
    "now": ("is-now", "hourglass"),
    "next": ("is-next", "circle-dashed"),
}
TOASTS = {"good": "circle-check", "wait": "alert-triangle", "wrong": "alert-circle"}
LEVELS = {"error": "wrong", "warning": "wait"}
# kind of a column of a table → how its value is written
WRITTEN = {"number": number, "day": day, "moment": moment}
SKELETON_LINES = 6


@register.simple_tag
def crumbs(*way: Any) -> SafeString:
    """Where a page lies: address, words, address, words …; the last one may be words alone."""
    pairs = [way[at : at + 2] for at in range(0, len(way), 2)]
    steps = (
        (format_html('<a href="{}">{}</a>', *pair) if len(pair) == len(("to", "words")) else pair[0],) for pair in pairs
    )
    inside = format_html_join(" / ", "{}", steps)
    return format_html('<nav class="nj-crumbs" aria-label="{}">{}</nav>', _("所在位置"), inside)


@register.simple_block_tag
def card(content: str, title: Any, *, end: Any = "", number_of: Any = None, mark: str = "") -> SafeString:
    """A card: its title, how many there are, a word at the end of the head; `mark` is its name in the address."""
    counted = "" if number_of is None else count(number_of)
    said = format_html('<span class="nj-card-head-end">{}</span>', end) if end else ""
    named = flatatt({"id": mark} if mark else {})
    return format_html(
        '<section class="card"{}><div class="nj-card-head"><h2>{}</h2>{}{}</div>{}</section>',
        named, title, counted, said, content,
    )  # fmt: skip


@register.simple_tag
def count(value: Any, *, late: bool = False) -> SafeString:
    """A small number beside a word; red only where something is past its day."""
    return format_html('<span class="{}">{}</span>', "nj-count nj-count-late" if late else "nj-count", number(value))


@register.simple_tag
def tag(words: Any) -> SafeString:
    """A plain word about a thing (标签): never a hardship, an illness or a grievance."""
    return format_html('<span class="nj-tag">{}</span>', words)


@register.simple_tag
def face(name: str) -> SafeString:
    """A person by the first character of her name; there are no photographs of people."""
    return format_html('<span class="nj-face" aria-hidden="true">{}</span>', str(name)[:1])


@register.simple_tag
def keys(words: str, meaning: str = "") -> SafeString:
    """A key to press."""
    return format_html('<kbd class="nj-kbd"{}>{}</kbd>', flatatt({"title": meaning} if meaning else {}), words)


@register.simple_tag
def trail(steps: Iterable[Any], empty: str = "") -> SafeString:
    """What happened, newest first: when, who, what, and what it changed; `form` of a step: done now next."""
    drawn = [_act(step) for step in steps]
    if not drawn:
        return format_html('<p class="nj-part nj-note mb-0">{}</p>', empty or _("入库以后还没有改过。"))
    return format_html('<ol class="nj-trail">{}</ol>', format_html_join("", "{}", ((each,) for each in drawn)))


def _act(step: Any) -> SafeString:
    cls, name = ACTS[getattr(step, "form", "done")]
    at = (
        format_html('<time datetime="{}">{}</time>', step.at.isoformat(), moment(step.at))
        if step.at
        else SafeString("<time></time>")
    )
    who = format_html("<b>{}</b> ", step.name) if step.name else ""
    changes = format_html_join("", "<small>{}</small>", ((each,) for each in step.changes))
    shape = flatatt({"class": cls} if cls else {})
    return format_html("<li{}>{}{}<div>{}{}{}</div></li>", shape, at, icon(name), who, step.words, changes)


@register.simple_tag
def track(steps: Sequence[Any], now: int, label: str = "") -> SafeString:
    """Where a matter stands among its few steps; `now` counts from 1, beyond the last one all are done."""
    drawn = []
    for place, words in enumerate(steps, start=1):
        form = "is-done" if place < now else "is-now" if place == now else ""
        marks = flatatt({"class": form} | ({"aria-current": "step"} if place == now else {}) if form else {})
        done = format_html('<span class="visually-hidden">{}</span>', _("，已完成")) if place < now else ""
        drawn.append(format_html("<li{}>{}{}</li>", marks, words, done))
    inside = format_html_join("", "{}", ((each,) for each in drawn))
    return format_html('<ol class="nj-track" aria-label="{}">{}</ol>', label or _("办到哪一步"), inside)


@register.inclusion_tag("web/parts/clock.html")
def clock(title: Any, due_words: Any, words: Any, *, form: str = "", share: tuple[int, int] = (0, 0)) -> dict[str, Any]:
    """A deadline with its reckoning: the last day, the days left, and how it was counted; `share` is days gone of all."""
    gone, days = share
    return {"title": title, "due": due_words, "words": words, "form": form, "gone": gone, "days": days}


@register.inclusion_tag("web/parts/working.html")
def working(title: Any, done: int, most: int, *, said: Any = "", note: Any = "") -> dict[str, Any]:
    """Work that takes its time: what is done, how far it is in words and as a bar, and that the page may be closed."""
    return {"title": title, "done": done, "most": most, "said": said, "note": note}


@register.simple_tag
def skeleton(label: str = "", lines: int = SKELETON_LINES) -> SafeString:
    """What stands where something is still on its way."""
    bars = SafeString("<span></span>" * lines)
    return format_html(
        '<div class="nj-part nj-skeleton" role="status" aria-label="{}">{}</div>', label or _("正在取，请稍等"), bars
    )


@register.inclusion_tag("web/parts/failed.html")
def failed(words: Any, again: str = "", title: Any = "") -> dict[str, Any]:
    """Where a part of the page could not be had: what happened, what is safe, and one way on."""
    return {"words": words, "again": again, "title": title}


@register.simple_tag
def toast(words: Any, form: str = "good") -> SafeString:
    """What was just done, said once; forms: good wait wrong."""
    role = "alert" if form == "wrong" else "status"
    drawn = icon(TOASTS[form], cls=f"nj-icon-{form}")
    return format_html('<div class="nj-toast mb-3" role="{}">{}<p>{}</p></div>', role, drawn, words)


@register.simple_tag
def told(message: Any) -> SafeString:
    """A message of Django's, in the form it has here."""
    return toast(message, LEVELS.get(message.level_tag, "good"))


@register.simple_block_tag(takes_context=True)
def confirm(context: Context, content: str, words: Any, *, action: str = "", drawn: str = "circle-minus") -> SafeString:
    """A step that harms: red ink, the consequence inside, and a second question before anything is sent."""
    given = {"words": words, "action": action, "icon": drawn, "consequence": content}
    return _rendered(context, "web/parts/confirm.html", given)


@register.simple_block_tag
def menu(
    content: str, words: Any, *, drawn: str = "dots", form: str = "btn btn-plain", end: bool = False
) -> SafeString:
    """A menu that opens without a script; inside are `menu_line`s."""
    body = "nj-menu-body nj-menu-end" if end else "nj-menu-body"
    return format_html(
        '<details class="nj-menu"><summary class="{}">{}<span>{}</span>{}</summary><div class="{}">{}</div></details>',
        form, icon(drawn), words, icon("chevron-down", cls="icon-inline"), body, content,
    )  # fmt: skip


@register.simple_tag
def menu_line(words: Any, address: str, drawn: str = "", note: Any = "") -> SafeString:
    """One line of a menu."""
    small = format_html("<small>{}</small>", note) if note else ""
    return format_html(
        '<a class="nj-menu-line" href="{}">{}<span>{}{}</span></a>', address, icon(drawn) if drawn else "", words, small
    )


@register.simple_tag
def tabs(choices: Iterable[tuple[Any, str, Any]], now: str, label: str = "") -> SafeString:
    """Parts of one page: words, address, how many; `now` is the address that is open."""
    drawn = format_html_join(
        "",
        '<a href="{}"{}>{}{}</a>',
        ((to, _current(to == now), words, "" if n is None else count(n)) for words, to, n in choices),
    )
    return format_html('<nav class="nj-views" aria-label="{}">{}</nav>', label or _("这一页的几部分"), drawn)


def _current(is_now: bool) -> SafeString:  # noqa: FBT001 — one question
    return SafeString(flatatt({"aria-current": "page"} if is_now else {}))


@register.inclusion_tag("web/parts/choice.html")
def choice(bound: Any) -> dict[str, Any]:
    """A decision between two or three, each a field as large as a button."""
    return {"field": bound}


@register.simple_tag
def table(
    columns: Iterable[Any], rows: Iterable[Iterable[Any]], foot: Iterable[Any] = (), name: str = ""
) -> SafeString:
    """A table of few rows: words left, numbers right; a column is its title, or title and kind (number day moment mono)."""
    heads = [column if isinstance(column, tuple) else (column, "") for column in columns]
    titles = format_html_join("", '<th scope="col"{}>{}</th>', ((_shape(kind), title) for title, kind in heads))
    body = format_html_join("", "<tr>{}</tr>", ((_row(heads, row),) for row in rows))
    last = format_html("<tfoot><tr>{}</tr></tfoot>", _row(heads, foot)) if foot else ""
    said = format_html('<caption class="visually-hidden">{}</caption>', name) if name else ""
    return format_html(
        '<div class="nj-scroll" role="group" tabindex="0" aria-label="{}"><table class="table nj-stacks">{}'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody>{}</table></div>",
        name or _("表格"),
        said,
        titles,
        body,
        last,
    )


def _row(heads: Sequence[tuple[Any, str]], row: Iterable[Any]) -> SafeString:
    cells = ((title, _shape(kind), _written(kind, value)) for (title, kind), value in zip(heads, row, strict=True))
    return format_html_join("", '<td data-label="{}"{}>{}</td>', cells)


def _shape(kind: str) -> SafeString:
    cls = "nj-num" if kind in {"number", "money"} else "nj-nowrap" if kind in {"day", "moment"} else ""
    return SafeString(flatatt({"class": cls} if cls else {}))


def _written(kind: str, value: Any) -> Any:
    if value is None or value == "":
        return ""
    if isinstance(value, Badge):
        return state(value.form, value.words, plain=True)
    return WRITTEN[kind](value) if kind in WRITTEN else money(value) if kind == "money" else value


@register.filter
def money(amount_fen: int | None) -> str:
    """An amount kept in fen as people read it, in yuan: 172,000.00; a minus is a minus."""
    return "" if amount_fen is None else f"{amount_fen / 100:,.2f}".replace("-", "−")


@register.simple_block_tag
def paper(content: str, title: Any, line: Any = "") -> SafeString:
    """What is put up on a board or printed: centred title, one line below it."""
    below = format_html('<p class="text-center nj-note">{}</p>', line) if line else ""
    return format_html(
        '<section class="nj-paper" aria-label="{}"><h2>{}</h2>{}{}</section>', title, title, below, content
    )


def _rendered(context: Context, name: str, given: dict[str, Any]) -> SafeString:
    """A partial with the values given, and the token of the form's page."""
    page = context.new(given)
    page["csrf_token"] = context.get("csrf_token")
    return SafeString(context.template.engine.get_template(name).render(page))  # type: ignore[union-attr]  # a context that renders has its template
