"""Retention for operators: show what is past its time, or let it go."""

from argparse import ArgumentParser, Namespace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.commands import Command, Outcome
from niangjia.kernel.privacy.retaining import overdue, retain


def retention(arguments: Namespace) -> Outcome:
    """Carry out the rules of retention, or only show what they would do."""
    found = list(overdue()) if arguments.dry_run else retain()
    tables = [
        {
            "table": each.table.model,
            "rows": each.rows,
            "days": each.table.keep.days,
            "since": each.table.keep.since,
            "end": each.table.keep.end.value,
            "source": each.table.keep.source,
        }
        for each in found
    ]
    number = sum(each.rows for each in found)
    words = _("到期的有 {n} 行，没有动。") if arguments.dry_run else _("到期的 {n} 行已处理。")
    return Outcome({"dry_run": arguments.dry_run, "rows": number, "tables": tables}, words=words.format(n=number))


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help=_("只看到期的有多少，不动"))


COMMANDS = (Command("retention", gettext_lazy("按保存期限删除到期的资料"), retention, _arguments),)
