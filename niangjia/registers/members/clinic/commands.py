"""The clinic on the command line."""

from argparse import Namespace

from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.commands import Command, Outcome
from niangjia.registers.members.clinic.files import member_checks
from niangjia.registers.members.clinic.looking import look_through
from niangjia.registers.members.clinic.queries import by_check


def look(_arguments: Namespace) -> Outcome:
    """Look through every record; exit 1 where something waits. Numbers alone, of nobody."""
    looked = look_through()
    with beyond(Purpose.CLINIC):
        numbers = by_check(Actor.operator(), on=clock.today())
    checks = [
        {"check": name, "open": numbers.get(name, 0), "says": check.sentence} for name, check in member_checks().items()
    ]
    lines = [f"{each['open']:>8,}  {each['says']}" for each in checks]
    total = _("查了 {checked} 项，{open} 条要改，这次改好了 {mended} 条。")
    words = "\n".join([*lines, total.format(**looked._asdict())])
    body = {"checked": looked.checked, "open": looked.open, "mended": looked.mended, "checks": checks}
    return Outcome(body, exit_code=1 if looked.open else 0, words=words)


COMMANDS = (Command("check-members", _("给会员登记做数据体检"), look),)
