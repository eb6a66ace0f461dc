"""The parts of a page, each in the one form it has everywhere: icon, state, deadline, field, steps, notice, dates, masks."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.dateformat import format as in_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.listing import Badge
from niangjia.kernel.people import masks

register = template.Library()

EXTENSION, NOT_DIALLED = re.compile(r"转|分机|ext\.?", re.IGNORECASE), re.compile(r"[^\d+-]")
# form of a state → its class and icon; the one table for both faces
STATES = {
    "quiet": ("", "circle-dashed"),
    "wait": ("nj-state-wait", "hourglass"),
    "doing": ("nj-state-doing", "circle-half-2"),
    "back": ("nj-state-back", "arrow-back-up"),
    "paused": ("", "player-pause"),
    "late": ("nj-state-late", "alert-circle"),
    "done": ("nj-state-done", "circle-check"),
    "refused": ("", "circle-x"),
    "closed": ("", "circle-minus"),
}
DUES = {
    "": ("", "clock"),
    "soon": ("nj-due-soon", "clock"),
    "late": ("nj-due-late", "alert-circle"),
    "paused": ("", "player-pause"),
}
NOTICES = {
    "": ("", "info-circle"),
    "wait": ("nj-notice-wait", "alert-triangle"),
    "wrong": ("nj-notice-wrong", "alert-circle"),
    "good": ("nj-notice-good", "circle-check"),
}
SPOKEN = {"wrong": "alert", "good": "status"}
NOTHING_KNOWN = format_html('<span class="nj-note">{}</span>', "—")
TICKED = ("CheckboxInput",)
LISTED = ("RadioSelect", "CheckboxSelectMultiple")

masks_of = {"mask_phone": masks.masked_phone, "mask_number": masks.masked_number, "mask_name": masks.masked_name}
for name, mask in masks_of.items():
    register.filter(name, mask)


@register.simple_tag
def icon(name: str, label: str = "", cls: str = "") -> SafeString:
    """An icon; beside words it is silent, alone it needs a label."""
    address = staticfiles_storage.url("niangjia/icons.svg")
    if not label:
        return _silent_icon(address, name, cls)
    return _icon(address, name, cls, flatatt({"role": "img", "aria-label": label}))


@lru_cache(maxsize=512)
def _silent_icon(address: str, name: str, cls: str) -> SafeString:
    """Made once for each process: a list has one in every row."""
    return _icon(address, name, cls, flatatt({"aria-hidden": "true"}))


def _icon(address: str, name: str, cls: str, spoken: str) -> SafeString:
    return format_html(
        '<svg class="{}"{}><use href="{}"></use></svg>', f"icon {cls}".strip(), spoken, f"{address}#i-{name}"
    )


@register.simple_tag
def state(form: str, words: Any, plain: bool = False) -> SafeString:  # noqa: FBT001, FBT002 — a template passes plain=True
    """A state (状态): icon and word; plain, without tint, in tables."""
    cls, name = STATES[form]
    classes = " ".join(filter(None, ("nj-state", cls, "nj-state-plain" if plain else "")))
    return SafeString(f'<span class="{classes}">{icon(name)}{escaped(words)}</span>')


@register.simple_tag
def due(form: str, words: Any) -> SafeString:
    """A deadline (期限), always a sentence; forms: "" soon late paused."""
    cls, name = DUES[form]
    return format_html('<span class="{}">{}{}</span>', f"nj-due {cls}".strip(), icon(name), words)


@register.simple_tag
def meta(*facts: Any) -> SafeString:
    """Part facts on one line, parted by a hairline; empty ones are left out."""
    said = ((fact,) for fact in facts if fact not in (None, ""))
    return format_html('<span class="nj-meta">{}</span>', format_html_join("", "<span>{}</span>", said))


@register.simple_tag
def meta_of(facts: Iterable[Any]) -> SafeString:
    """As `meta`, of a list."""
    return meta(*facts)


@register.simple_block_tag
def notice(content: str, form: str = "") -> SafeString:
    """A notice (提示) across the page; forms: "" wait wrong good; a wrong one is read out at once."""
    cls, name = NOTICES[form]
    role = flatatt({"role": SPOKEN[form]} if form in SPOKEN else {})
    return format_html('<div class="{}"{}>{}<div>{}</div></div>', f"nj-notice {cls}".strip(), role, icon(name), content)


@register.simple_block_tag
def nothing(content: str, name: str, title: str) -> SafeString:
    """The state where there is nothing: what comes next, and one button inside."""
    return format_html('<div class="nj-empty">{}<h2>{}</h2>{}</div>', icon(name), title, content)


@register.simple_tag
def stepper(steps: Iterable[Any], now: int, label: str = "") -> SafeString:
    """The steps of a task on top of its page; `now` counts from 1, steps before it are done."""
    drawn, named = [], list(steps)
    for number, words in enumerate(named, start=1):
        form = "is-done" if number < now else "is-now" if number == now else ""
        if number == len(named) < now:
            form = "is-done is-end"  # where there is no room for all words, these are said
        current = flatatt({"aria-current": "step"} if number == now else {})
        done = format_html('<span class="visually-hidden">{}</span>', _("，已完成")) if number < now else ""
        drawn.append(format_html('<li class="{}"{}><span>{}{}</span></li>', form, current, words, done))
    return format_html(
        '<ol class="nj-stepper" aria-label="{}">{}</ol>',
        label or _("步骤"),
        format_html_join("", "{}", ((one,) for one in drawn)),
    )


@register.simple_tag
def progress(value: float, most: float, label: str, form: str = "") -> SafeString:
    """A bar of progress (进度), with its share in words for who does not see it; forms: "" soon late quiet."""
    share = 0 if not most else min(100, int(100 * value / most))
    cls = f"nj-bar nj-bar-{form}" if form else "nj-bar"
    return format_html(
        '<progress class="{}" max="{}" value="{}" aria-label="{}">{}%</progress>', cls, most or 1, value, label, share
    )


@register.simple_tag
def facts(pairs: Iterable[tuple[Any, Any]]) -> SafeString:
    """Facts of a thing, term beside value; what is not known says so."""
    unknown = format_html('<span class="nj-note">{}</span>', _("未登记"))
    said = ((term, unknown if value in (None, "") else _shown(value)) for term, value in pairs)
    return format_html('<dl class="nj-facts">{}</dl>', format_html_join("", "<dt>{}</dt><dd>{}</dd>", said))


def _shown(value: Any) -> Any:
    return state(value.form, value.words) if isinstance(value, Badge) else value


@register.inclusion_tag("web/parts/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """One field of a form: label, what to write, what is wrong, tied together for who listens."""
    kind = type(bound.field.widget).__name__
    described = [f"{bound.auto_id}_help"] if hint or bound.help_text else []
    marks: dict[str, Any] = {}
    if bound.errors:
        described.append(f"{bound.auto_id}_wrong")
        marks["aria-invalid"] = "true"
    if described:
        marks["aria-describedby"] = " ".join(described)
    shape = "form-select" if "Select" in kind else "form-check-input" if kind in TICKED else "form-control"
    if kind in LISTED:
        bound.field.widget.attrs["class"] = "form-check-input"
    else:
        marks["class"] = f"{shape} is-invalid" if bound.errors else shape
    return {"field": bound, "hint": hint or bound.help_text, "drawn": bound.as_widget(attrs=marks), "is_tick": kind in TICKED,
            "is_list": kind in LISTED, "described": " ".join(described)}  # fmt: skip


@register.inclusion_tag("web/parts/errors.html")
def errors(form: Any) -> dict[str, Any]:
    """What is wrong with a form as a whole; where several fields are, a summary that leads to each."""
    wrong = [bound for bound in form if bound.errors]
    return {"whole": form.non_field_errors(), "wrong": wrong if len(wrong) > 1 else []}


@register.simple_tag
def attributes(**given: Any) -> str:
    """Attributes of an element, those that are empty left out."""
    return flatatt({name.replace("_", "-"): value for name, value in given.items() if value not in (None, "")})


def escaped(value: Any) -> str:
    """As a template writes it: markup of ours as it is, all else escaped; without the detour that lazy words need."""
    return value if isinstance(value, SafeString) else escape(str(value))


@register.filter
def number(value: Any) -> str:
    """A number with thousands parted: 81,118; nothing where there is none."""
    return "" if value is None or value == "" else f"{value:,}".replace("-", "−")


@register.filter
def dialled(phone: Any) -> str:
    """A telephone as a link dials it (RFC 3966): the line, and an extension (转) after it."""
    line, _sign, extension = EXTENSION.sub("转", str(phone), count=1).partition("转")
    dials = [NOT_DIALLED.sub("", part) for part in (line, extension)]
    return ";ext=".join(filter(None, dials))


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as people write it: 2026年11月20日, 20 Nov 2026."""
    return "" if value is None else in_format(_local(value), _("Y年n月j日"))


@register.filter
def moment(value: datetime | None) -> str:
    """An instant as people write it, where they live: 11月20日 09:12; in another year with its year."""
    if value is None:
        return ""
    local = _local(value)
    return in_format(local, _("n月j日 H:i") if local.year == clock.today().year else _("Y年n月j日 H:i"))


@register.filter
def weekday(value: date | None) -> str:
    """The day of the week."""
    return "" if value is None else in_format(value, "l")


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
