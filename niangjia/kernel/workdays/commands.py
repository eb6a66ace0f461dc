"""Days off for operators: bring in a year's notice from a file."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason
from niangjia.kernel.commands import Command, Outcome, Refusal, Refused
from niangjia.kernel.workdays.forms import LONGEST_SOURCE, MOST_BYTES
from niangjia.kernel.workdays.rules import FIRST_YEAR, LAST_YEAR, read_notice
from niangjia.kernel.workdays.services import publish


def load(arguments: Namespace) -> Outcome:
    """Bring in the days off of a year whole, or refuse the file whole."""
    notice = read_notice(_text(arguments.file), year=arguments.year, source=arguments.source.strip())
    if notice.faults:
        first, *others = (_refusal(fault) for fault in notice.faults)
        raise Refused(first.code, first.reason, first.path, more=tuple(others))
    is_changed = publish(notice, year=arguments.year, by=Actor.operator())
    off = sum(not each.is_working for each in notice.days)
    worked = len(notice.days) - off
    words = _("{year} 年：放假 {off} 天，调休上班 {worked} 天。").format(year=arguments.year, off=off, worked=worked)
    doubts = [_said(doubt) for doubt in notice.doubts]
    body = {"year": arguments.year, "off": off, "worked": worked, "changed": is_changed, "doubts": doubts}
    return Outcome(body, words="\n".join([words, *doubts]))


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused("unreadable", _("读不到这个文件：{why}。请检查路径。").format(why=error.strerror)) from error
    if len(content) > MOST_BYTES:
        raise Refused("too_big", _("文件太大，一年的安排用不了这么多。看看是不是选错了。"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _refusal(fault: Reason) -> Refusal:
    return Refusal(fault.code, _said(fault), f"line {fault.values['line']}" if "line" in fault.values else "")


def _said(reason: Reason) -> str:
    return _(reason.sentence).format(**reason.values)


def _year(text: str) -> int:
    year = int(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError
    return year


def _source(text: str) -> str:
    if not 0 < len(text.strip()) <= LONGEST_SOURCE:
        raise ValueError
    return text


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("通知原文，或者三列的表：日期，放假或上班，节日"))
    parser.add_argument("--year", required=True, type=_year, help=_("哪一年的安排"))
    parser.add_argument("--source", required=True, type=_source, help=_("哪个文件、什么文号"))


COMMANDS = (Command("load-public-days", gettext_lazy("装入一年的放假和调休安排"), load, _arguments),)
