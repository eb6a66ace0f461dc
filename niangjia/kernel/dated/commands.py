"""Deadlines for operators and their programs: the last day of a term, and how it came about."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.clock.rules import Term, TooFar, Unit, due
from niangjia.kernel.commands import Command, Outcome, Refused
from niangjia.kernel.dated.queries import calendar


def deadline(arguments: Namespace) -> Outcome:
    """Count a term from a day on (算期限): 民法典第二百零一至二百零三条."""
    unit, number = arguments.term
    try:
        found = due(arguments.start, Term(unit, number), calendar())
    except TooFar as error:
        words = _("数到公历 9999 年以后去了。把期限写短一些。")
        raise Refused("too_far", words, unit.value) from error
    steps = [_(reason.sentence).format(**reason.values) for reason in found.reasons]
    body: dict[str, object] = {"due_on": found.on.isoformat(), "explanation": " ".join(steps)}
    if found.is_provisional:
        body["provisional"] = True
    return Outcome(body, words="\n".join([found.on.isoformat(), *steps]))


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise ArgumentTypeError(_("「{written}」不是日期，写成 2026-11-20 这样。").format(written=text)) from error


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(_("「{written}」不是 0 或更大的整数。").format(written=text))
    return int(text)


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("start", type=_day, metavar="START", help=_("从哪一天起，当天不算"))
    length = parser.add_mutually_exclusive_group(required=True)
    for option, unit, words in (
        ("--days", Unit.DAYS, _("多少个自然日")),
        ("--working-days", Unit.WORKING_DAYS, _("多少个工作日")),
        ("--months", Unit.MONTHS, _("多少个月")),
    ):
        length.add_argument(option, dest="term", type=_term(unit), metavar="N", help=words)


def _term(unit: Unit) -> Callable[[str], tuple[Unit, int]]:
    return lambda text: (unit, _number(text))


COMMANDS = (Command("deadline", gettext_lazy("算一个期限哪天到期，讲清楚怎么算的"), deadline, _arguments),)
