"""What is true about messages: what a template may say, when something is sent, how an attempt may end."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from string import Formatter

from niangjia.kernel.chinese import Reason, gettext_noop


class Channel(StrEnum):
    """Channel (渠道) by which a person hears of a message; the message itself always lies in her inbox."""

    EMAIL = "email"
    SMS = "sms"
    WECHAT = "wechat"


class Kind(StrEnum):
    """Kind (类别) of a message: what somebody may be spared of, and what not."""

    SECURITY = "security"
    OWN_DATA = "own_data"
    WORK = "work"


# 个人信息保护法 Art. 50 asks for an answer to the person, 等保 for word of what happened to an account: not to be switched off.
REQUIRED = frozenset({Kind.SECURITY, Kind.OWN_DATA})


class DeliveryState(StrEnum):
    """How far an attempt to reach somebody has come (发送状态)."""

    CREATED = "created"
    SENDING = "sending"
    DELIVERED = "delivered"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    TECHNICAL = "technical"
    UNKNOWN = "unknown"
    NOT_NEEDED = "not_needed"


# What a killed worker left is never sent again: it may have arrived.
DELIVERY_MOVES = (
    (DeliveryState.CREATED, DeliveryState.SENDING),
    (DeliveryState.CREATED, DeliveryState.PERMANENT),
    (DeliveryState.CREATED, DeliveryState.NOT_NEEDED),
    (DeliveryState.TEMPORARY, DeliveryState.SENDING),
    (DeliveryState.TEMPORARY, DeliveryState.PERMANENT),
    (DeliveryState.TEMPORARY, DeliveryState.NOT_NEEDED),
    (DeliveryState.TECHNICAL, DeliveryState.SENDING),
    (DeliveryState.TECHNICAL, DeliveryState.NOT_NEEDED),
    (DeliveryState.SENDING, DeliveryState.DELIVERED),
    (DeliveryState.SENDING, DeliveryState.TEMPORARY),
    (DeliveryState.SENDING, DeliveryState.PERMANENT),
    (DeliveryState.SENDING, DeliveryState.TECHNICAL),
    (DeliveryState.SENDING, DeliveryState.UNKNOWN),
)
WAITING = frozenset({DeliveryState.CREATED, DeliveryState.TEMPORARY})


class Fact(StrEnum):
    """What a message may carry (可写的内容): a closed list, none of it about a person. There is no free text."""

    # The id of a place; its name is looked up, nobody writes it.
    PLACE = "place"
    COUNT = "count"
    DAY = "day"
    # The number of a request, an import, a case.
    NUMBER = "number"
    # A word out of the template's own list.
    TERM = "term"
    # Browser and system in the words of the list of sessions.
    DEVICE = "device"


LONGEST_PLACE, LONGEST_DEVICE, LONGEST_TEXT = 128, 32, 70
MOST_COUNT = 10_000_000
# As long as a telephone number at least: no number of a case has as many digits.
_PERSONAL = re.compile(r"\d{7,}")
_NUMBER = re.compile(r"[A-Z]{0,3}\d{1,6}")
# Words of illness, need and money, which no message says of anybody.
_FORBIDDEN_WORDS = ("元", "病", "残", "低保", "困难", "身份证号码是", "手机号是", "工资")


@dataclass(frozen=True)
class Template:
    """A template (消息模板) in one version; words once sent never change, new words are a new version.

    `facts` are the names in the braces and what each is; `terms` the closed word lists of facts that are terms; `leads_to`
    is the page it is about, with `{about}` for the number of the thing. `text` is the name of the short message, for what
    may go to a phone; other channels say title and body, or only that there is something (`is_quiet`).
    """

    key: str
    version: int
    kind: Kind
    title: str
    body: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    leads_to: str = ""
    channels: frozenset[Channel] = frozenset()
    text: str = ""
    # Passes quiet hours and is never gathered.
    is_urgent: bool = False

    @property
    def is_required(self) -> bool:
        """Whether nobody can switch it off."""
        return self.kind in REQUIRED


@dataclass(frozen=True)
class ToPerson:
    """To a worker herself, whether she has an account yet or not."""

    subject_id: int


@dataclass(frozen=True)
class ToAccount:
    """To whoever signs in with an account."""

    account_id: int


@dataclass(frozen=True)
class ToOffice:
    """To those who hold one of these roles at a place, or at the nearest one above; `but` is whoever did it herself."""

    place_id: int
    roles: frozenset[str]
    but: int | None = None


To = ToPerson | ToAccount | ToOffice


class FactRefused(ValueError):
    """A fact that a message may not carry, or that its template does not know: a fault of the program."""


def settled_facts(template: Template, facts: Mapping[str, object]) -> dict[str, str | int]:
    """The facts as they are kept; `FactRefused` for whatever the template does not declare or the list does not allow."""
    if set(facts) != set(template.facts):
        message = f"{template.key} takes {sorted(template.facts)}, not {sorted(facts)}"
        raise FactRefused(message)
    return {name: _settled(template, name, value) for name, value in facts.items()}


def _settled(template: Template, name: str, value: object) -> str | int:
    kind = template.facts[name]
    kept = value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value
    if isinstance(kept, bool) or not isinstance(kept, str | int) or not _FITS[kind](kept):
        message = f"{template.key}: {name} is no {kind.value}"
        raise FactRefused(message)
    if kind is Fact.TERM and kept not in template.terms.get(name, {}):
        message = f"{template.key}: {name} is no word of its list"
        raise FactRefused(message)
    return kept


def _is_day(value: str | int) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_words(value: str | int, longest: int) -> bool:
    return isinstance(value, str) and len(value) <= longest and _PERSONAL.search(value) is None


_FITS: dict[Fact, Callable[[str | int], bool]] = {
    Fact.PLACE: lambda value: _is_words(value, LONGEST_PLACE),
    Fact.COUNT: lambda value: isinstance(value, int) and 0 <= value <= MOST_COUNT,
    Fact.DAY: _is_day,
    Fact.NUMBER: lambda value: isinstance(value, str) and _NUMBER.fullmatch(value) is not None,
    Fact.TERM: lambda value: isinstance(value, str),
    Fact.DEVICE: lambda value: _is_words(value, LONGEST_DEVICE),
}


def why_not_template(template: Template, *, text: str | None) -> Reason | None:
    """None where a template may be sent; `text` is the whole short message, None where it has none."""
    named = {name for words in (template.title, template.body) for name in _braces(words)}
    if named != set(template.facts) or "about" in named:
        return Reason("facts_differ", _FACTS_DIFFER, {"key": template.key})
    if {name for name, kind in template.facts.items() if kind is Fact.TERM} != set(template.terms):
        return Reason("terms_differ", _TERMS_DIFFER, {"key": template.key})
    listed = [word for words in template.terms.values() for word in words.values()]
    said = "".join((template.title, template.body, text or "", *listed))
    if any(word in said for word in _FORBIDDEN_WORDS) or _PERSONAL.search(said):
        return Reason("tells_of_a_person", _TELLS, {"key": template.key})
    if text is not None and (len(text) > LONGEST_TEXT or _braces(text)):
        return Reason("text_too_long", _TEXT_LONG, {"key": template.key, "n": LONGEST_TEXT})
    if (text is None) is (Channel.SMS in template.channels):
        return Reason("text_missing", _TEXT_MISSING, {"key": template.key})
    return None


def _braces(words: str) -> list[str]:
    return [name for _text, name, _spec, _conversion in Formatter().parse(words) if name is not None]


@dataclass(frozen=True)
class QuietHours:
    """Quiet hours (免打扰时段), from an hour of the evening to one of the morning, where the people are."""

    begins: int
    ends: int

    def covers(self, hour: int) -> bool:
        """Whether an hour of the day lies in them; hours that begin and end alike are none at all."""
        if self.begins <= self.ends:
            return self.begins <= hour < self.ends
        return hour >= self.begins or hour < self.ends


@dataclass(frozen=True)
class QuietFrom:
    """Which quiet hours hold from which day on, and where that is written."""

    valid_from: date
    hours: QuietHours
    source: str


QUIET_HOURS = (QuietFrom(date(2026, 1, 1), QuietHours(21, 8), gettext_noop("本系统默认值")),)
# 本系统默认值: what does not press comes together in the morning.
DIGEST_HOUR = 9


def quiet_hours_on(day: date) -> QuietHours:
    """The quiet hours of a day, for who chose none herself."""
    held = [each.hours for each in QUIET_HOURS if each.valid_from <= day]
    return held[-1] if held else QUIET_HOURS[0].hours


@dataclass(frozen=True)
class Wishes:
    """What a person wants of messages (消息设置): channels switched off, her quiet hours, when her work comes together."""

    off: frozenset[Channel] = frozenset()
    quiet: QuietHours | None = None
    # None: each at once.
    digest_hour: int | None = DIGEST_HOUR

    def wants(self, template: Template, channel: Channel) -> bool:
        """Whether a message goes by this channel."""
        return channel in template.channels and (template.is_required or channel not in self.off)


def due_at(template: Template, wishes: Wishes, *, at: datetime, zone: tzinfo) -> datetime:
    """When a message may leave: at once where it presses, else with her digest, and never in quiet hours."""
    if template.is_urgent:
        return at
    due = at
    if template.kind is Kind.WORK and wishes.digest_hour is not None:
        due = _next(wishes.digest_hour, after=at, zone=zone)
    return out_of_quiet(due, wishes, zone=zone)


def out_of_quiet(due: datetime, wishes: Wishes, *, zone: tzinfo) -> datetime:
    """This instant, or the end of the quiet hours it falls into."""
    local = due.astimezone(zone)
    hours = wishes.quiet or quiet_hours_on(local.date())
    return _next(hours.ends, after=due, zone=zone) if hours.covers(local.hour) else due


def _next(hour: int, *, after: datetime, zone: tzinfo) -> datetime:
    local = after.astimezone(zone)
    due = datetime.combine(local.date(), time(hour), zone)
    return due if due > local else due + timedelta(days=1)


# How long to wait after the first, second … time that a channel was away; then it is given up.
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6))


def next_try(tries: int, *, at: datetime) -> datetime | None:
    """When it is tried again after so many tries; None where it is given up."""
    return at + BACK_OFF[tries - 1] if tries <= len(BACK_OFF) else None


_FACTS_DIFFER = gettext_noop("模板 {key} 的文字和声明的内容对不上。")
_TERMS_DIFFER = gettext_noop("模板 {key} 有词没有词表，或者词表多了。")
_TELLS = gettext_noop("模板 {key} 写了只和某个人有关的内容。")
_TEXT_LONG = gettext_noop("模板 {key} 的短信超过 {n} 个字，或者带了内容。")
_TEXT_MISSING = gettext_noop("模板 {key} 的短信文字和渠道对不上。")
