"""The board in words: figures with how they were counted, tables whose lines lead to their rows, charts that say something."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.pictures.charts import Chart, Kind, Series
from niangjia.services.requests.board.queries import Counted, Tally
from niangjia.services.requests.forms import OPINIONS
from niangjia.services.requests.rules.board import BANDS
from niangjia.services.requests.rules.topics import BY_CODE, GROUPS, LIFE
from niangjia.services.requests.rules.workflow import OPEN_STAGES, STAGES
from niangjia.services.requests.words import CHANNEL_WORDS, KIND_WORDS, STAGE_BADGES, Words, month_words

HUNDRED = 100


@dataclass(frozen=True)
class Figure:
    """One large figure (一个数): what it is, how much, and from what; None where it is withheld."""

    title: Words
    value: str | None
    note: Words = ""


@dataclass(frozen=True)
class Line:
    """A line of a table: its name, where its rows are, its figures."""

    name: Words
    figures: Sequence[tuple[Words, int | None]]
    address: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table of the board: what its lines are, its heads, lines, sums, and a note."""

    title: Words
    head: Words
    columns: Sequence[Words]
    lines: Sequence[Line]
    sums: Sequence[tuple[Words, int | None]] = ()
    note: Words = ""


def share_words(part: int, whole: int) -> str:
    """A share as people read it: 83.7%; nothing of nothing."""
    return f"{part * HUNDRED / whole:.1f}%" if whole else "—"


def days_words(days: float | None) -> str:
    """A number of days, a half where it is one."""
    return "—" if days is None else f"{days:g}"


def figures_of(counted: Counted) -> list[Figure]:
    """The four figures on top."""
    whole = counted.whole
    return [
        Figure(_("收到"), f"{whole.came:,}", _("其中 {n} 件已经答复").format(n=f"{whole.answered:,}")),
        Figure(
            _("按时答复"), share_words(whole.in_time, whole.answered),
            _("{part} ÷ {whole} 件，过期 {late} 件").format(part=f"{whole.in_time:,}", whole=f"{whole.answered:,}", late=f"{whole.late:,}"),
        ),
        Figure(_("从收到到答复"), days_words(counted.median_days), _("个工作日，一半比这快，一半比这慢")),
        Figure(
            _("答复了又重办"), f"{whole.again:,}",
            _("占已答复的 {share}").format(share=share_words(whole.again, whole.answered)),
        ),
    ]  # fmt: skip


def sheets_of(counted: Counted, came: str) -> list[Sheet]:
    """The tables of a board whose rows the reader meets."""
    kinds = counted.by(lambda line: line.kind)
    channels = counted.by(lambda line: line.channel)
    topics = counted.by(lambda line: _group(line.topic))
    return [
        _tallied(_("哪一类"), _("类型"), [(KIND_WORDS[each], kinds.get(each, Tally()), _rows(came, kind=each)) for each in KIND_WORDS]),
        _tallied(_("说的什么事"), _("事由"), [(_(each), topics.get(each, Tally()), "") for each in GROUPS]),
        _tallied(_("怎么来的"), _("来源"), [(CHANNEL_WORDS[each], channels.get(each, Tally()), _rows(came, channel=each)) for each in CHANNEL_WORDS]),
        _open(counted),
        *([_opinions(counted.opinions)] if counted.opinions is not None else []),
        _places(counted, came),
    ]  # fmt: skip


def months_of(counted: Counted, months: Sequence[Any]) -> Chart:
    """How many came in each month."""
    found = counted.by(lambda line: line.month)
    return month_chart([(month_words(month), found.get(month, Tally()).came) for month in months])


def month_chart(figures: Sequence[tuple[str, int | None]]) -> Chart:
    """A bar for each month, and which one had most."""
    told = [pair for pair in figures if pair[1] is not None]
    month, most = max(told, key=lambda pair: pair[1] or 0, default=("", 0))
    words = _("{month}收到最多，{n} 件。") if most else _("这段时间没有收到诉求。")
    return Chart(
        Kind.BAR, _("每月收到多少"), tuple(name for name, _value in figures),
        (Series(_("收到"), tuple(value for _name, value in figures)),), words.format(month=month, n=most), unit=_("件"),
        head=_("月份"),
    )  # fmt: skip


def topic_chart(figures: Sequence[tuple[str, int | None]]) -> Chart:
    """A bar for each group of topics, and which one was heard most."""
    topic, most = max((pair for pair in figures if pair[1] is not None), key=lambda pair: pair[1] or 0, default=("", 0))
    words = _("说得最多的是「{topic}」，{n} 件。") if most else _("这段时间没有收到诉求。")
    return Chart(
        Kind.BAR, _("说的什么事"), tuple(name for name, _value in figures),
        (Series(_("收到"), tuple(value for _name, value in figures)),), words.format(topic=topic, n=most), unit=_("件"),
        head=_("事由"),
    )  # fmt: skip


def topics_of(counted: Counted) -> Chart:
    """How many came about each group of topics."""
    found = counted.by(lambda line: _group(line.topic))
    return topic_chart([(_(each), found.get(each, Tally()).came) for each in GROUPS])


def named(names: Sequence[tuple[str, Words]], figures: Mapping[str, int | None], head: Words) -> list[Line]:
    """Lines of one figure each."""
    return [Line(words, ((head, figures[key]),)) for key, words in names]


def open_lines(figures: Mapping[tuple[str, str], int | None], stages: Iterable[str]) -> list[Line]:
    """What is open: a line for each stage, a column for each age."""
    return [
        Line(STAGE_BADGES[stage].words, [(_(band.words), figures[stage, band.words]) for band in BANDS])
        for stage in stages
    ]


def _tallied(title: Words, head: Words, lines: Iterable[tuple[Words, Tally, str]]) -> Sheet:
    found = [(name, tally, address) for name, tally, address in lines]
    whole = sum((tally for _name, tally, _address in found), Tally())
    shown = [Line(name, _figures(tally), address if tally.came else "") for name, tally, address in found]
    return Sheet(title, head, [words for words, _value in _figures(whole)], shown, _figures(whole))


def _figures(tally: Tally) -> list[tuple[Words, int | None]]:
    return [
        (_("收到"), tally.came),
        (_("已答复"), tally.answered),
        (_("过期才答复"), tally.late),
        (_("又重办"), tally.again),
    ]


def _open(counted: Counted) -> Sheet:
    stages = [stage.name for stage in STAGES if stage.name in OPEN_STAGES]
    lines = [
        Line(
            STAGE_BADGES[stage].words,
            [(_(band.words), counted.open.get((stage, band), 0)) for band in BANDS],
            f"{reverse('requests')}?{urlencode({'state': stage})}",
        )
        for stage in stages
    ]
    sums = [(_(band.words), sum(counted.open.get((stage, band), 0) for stage in stages)) for band in BANDS]
    return Sheet(
        _("现在没有办结的"),
        _("办到哪一步"),
        [words for words, _n in sums],
        lines,
        sums,
        _("从收到那天数起，不分哪个月来的。"),
    )


def _opinions(opinions: Mapping[str, int]) -> Sheet:
    lines = named(list(OPINIONS), {code: opinions.get(code, 0) for code, _words in OPINIONS}, _("件数"))
    sums = ((_("件数"), sum(opinions.values())),)
    return Sheet(_("她们怎么评价"), _("评价"), [_("件数")], lines, sums, _("办结以后才看得到；评不评由她自己。"))


def _places(counted: Counted, came: str) -> Sheet:
    """In the order of the tree: places are not ranked."""
    found = counted.by(lambda line: line.place_id)
    places = Place.objects.filter(pk__in=found).select_related("union").order_by("path")
    names = place_names(found)
    return _tallied(
        _("哪里的事"), _("地方"), [(names.get(each.pk, ""), found[each.pk], _rows(came, place=each.union.code)) for each in places]
    )  # fmt: skip


def _rows(came: str, **more: str) -> str:
    return f"{reverse('requests')}?{urlencode({'came': came, **more})}"


def _group(topic: str) -> str:
    return BY_CODE[topic].group if topic in BY_CODE else LIFE
