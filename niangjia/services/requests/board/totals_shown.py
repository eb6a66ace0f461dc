"""The totals of a county in words; what is withheld says so."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.pictures.charts import Chart
from niangjia.services.requests.board import shown
from niangjia.services.requests.board.shown import Figure, Line, Sheet
from niangjia.services.requests.board.totals import AGREED, OPEN_IN_ORDER, Totals
from niangjia.services.requests.forms import OPINIONS
from niangjia.services.requests.hotspots.queries import GRIEVANCES, SERVICES, K
from niangjia.services.requests.outcomes import AGAIN, IN_TIME, LATE
from niangjia.services.requests.rules.board import BANDS
from niangjia.services.requests.rules.hotspots import ALL
from niangjia.services.requests.words import CHANNEL_WORDS, KIND_WORDS, OUTCOME_WORDS, Words, month_words

Names = Sequence[tuple[str, Words]]
GROUPS_TOLD: Mapping[str, Words] = {
    GRIEVANCES: gettext_lazy("投诉和法律援助"),
    SERVICES: gettext_lazy("咨询、求助和建议"),
}


def k_of(of: str) -> int:
    """The smallest group of which anything is told."""
    return K[of]


def figures_of(told: Totals) -> list[Figure]:
    """The four figures on top, as far as they may be told."""
    in_time, again = told.times[IN_TIME], told.agreeing[AGAIN]
    return [
        Figure(_("收到"), _number(told.came), _("件，这个季度里来的")),
        Figure(
            _("按时答复"),
            None if in_time is None or told.answered is None else shown.share_words(in_time, told.answered),
            _("这个季度答复的：{n} 件").format(n=_number(told.answered) or _("不说")),
        ),
        Figure(
            _("从收到到答复"),
            None if told.median_days is None else shown.days_words(told.median_days),
            _("个工作日，一半比这快，一半比这慢"),
        ),
        Figure(_("答复了又重办"), _number(again), _("件，到季度末为止")),
    ]


def months_of(told: Totals) -> Chart | None:
    """How many came in each month; none where no month may be told."""
    figures = [(month_words(date.fromisoformat(month)), number) for month, number in told.months.items()]
    return shown.month_chart(figures) if _tells(told.months.values()) else None


def topics_of(told: Totals) -> Chart | None:
    """How many came about each group of topics, as the hotspots tell it."""
    figures = {column: told.hotspots.figures[ALL, column] for column in told.hotspots.columns}
    return (
        shown.topic_chart([(_(name), number) for name, number in figures.items()]) if _tells(figures.values()) else None
    )


def sheets_of(told: Totals, each: Sequence[tuple[Place, list[int | None]]], names: Mapping[int, str]) -> list[Sheet]:
    """The tables of a county's totals, and of all counties side by side."""
    months = [(month, month_words(date.fromisoformat(month))) for month in told.months]
    kinds = [(kind, KIND_WORDS[kind]) for kind in told.kinds]
    times = [(name, OUTCOME_WORDS[name]) for name in (IN_TIME, LATE)]
    agreeing = [(AGREED, _("没有说不同意")), (AGAIN, OUTCOME_WORDS[AGAIN])]
    opinions = _parted(_("她们怎么评价"), list(OPINIONS), told.opinions, told.rated)
    sheets = [
        _parted(_("哪个月"), months, told.months, told.came),
        _parted(_("哪一类"), kinds, told.kinds, told.came),
        _parted(_("怎么来的"), list(CHANNEL_WORDS.items()), told.channels, told.came),
        _parted(_("按时没有"), times, told.times, told.answered),
        _parted(_("她们同意没有"), agreeing, told.agreeing, told.answered),
        replace(opinions, note=_("办结以后才算，评不评由她自己；满 10 件才说。")),
        _open(told),
        _places(told),
    ]
    return [*sheets, *([_each(each, names)] if each else [])]


def _parted(title: Words, names: Names, parts: Mapping[str, int | None], whole: int | None) -> Sheet:
    """A whole in its parts; what a line is, is what the table is about."""
    column = _("件数")
    return Sheet(title, _("其中"), [column], shown.named(names, parts, column), ((column, whole),))


def _open(told: Totals) -> Sheet:
    columns = [_(band.words) for band in BANDS]
    sums = [(_(band.words), told.open[ALL, band.words]) for band in BANDS]
    lines = shown.open_lines(told.open, OPEN_IN_ORDER)
    note = _("从收到那天数到季度最后一天。没有列出的，一格也不能说。")
    return Sheet(_("季度末没有办结的"), _("办到哪一步"), columns, _speaking(lines), sums, note)


def _places(told: Totals) -> Sheet:
    """In the order of the tree: places are not ranked."""
    column, hotspots = _("件数"), told.hotspots
    names = place_names([int(row) for row in hotspots.rows])
    lines = [Line(names.get(int(row), ""), ((column, hotspots.figures[row, ALL]),)) for row in hotspots.rows]
    told_of = _speaking(lines)
    silent = len(lines) - len(told_of)
    note = ngettext("还有 {n} 个地方不说。", "还有 {n} 个地方不说。", silent).format(n=silent) if silent else ""
    return Sheet(_("哪里的事"), _("地方"), [column], told_of, ((column, told.came),), note)


def _speaking(lines: Sequence[Line]) -> list[Line]:
    """Lines of which anything is told: one that only says that it does not is left to the note."""
    return [line for line in lines if any(figure is not None for _head, figure in line.figures)]


def _each(each: Sequence[tuple[Place, list[int | None]]], names: Mapping[int, str]) -> Sheet:
    columns = list(GROUPS_TOLD.values())
    lines = [Line(names.get(place.pk, ""), list(zip(columns, figures, strict=True))) for place, figures in each]
    return Sheet(
        _("各县这个季度收到的"),
        _("地方"),
        columns,
        lines,
        (),
        _("各县自己满了数才说，不合计：合起来就能算出没有说的那个县。"),
    )


def _number(value: int | None) -> str | None:
    return None if value is None else f"{value:,}"


def _tells(figures: Any) -> bool:
    return any(value is not None for value in figures)
