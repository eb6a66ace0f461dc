"""Commands for demo worlds: the accounts, bigger worlds, rosters to try the import with."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.demo import services
from niangjia.demo.rosters import write_rosters
from niangjia.demo.rules import DEMO_ACCOUNTS
from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.commands import Command, Outcome, Refused
from niangjia.kernel.dated.services import load_reference


def demo_accounts(_arguments: Namespace) -> Outcome:
    """The demo accounts that this database has; they are let in on this machine only."""
    there = set(Account.objects.filter(is_demo=True, is_active=True).values_list("login", flat=True))
    found = [account for account in DEMO_ACCOUNTS if account.login in there]
    phones = _phones()
    body = [
        {
            "role": account.role.value,
            "name": account.name,
            "login": account.login,
            "password": account.password,
            "totp_secret": account.totp_secret,
            "phone": phones.get(account.login, ""),
        }
        for account in found
    ]
    lines = [f"{account.login:<14}{account.password:<28}{account.name}　{account.post}" for account in found]
    words = "\n".join([_("演示账号（只在本机能用；动态码在登录页上）："), *lines]) if found else _("没有演示账号。")
    return Outcome({"accounts": body}, words=words)


def seed(arguments: Namespace) -> Outcome:
    """Fill the database with a demo world."""
    load_reference()
    try:
        loaded = services.seed(arguments.scale, on=clock.today(), progress=_tell)
    except services.NotEmpty as refused:
        reason = _("库里已经有真的工会，演示数据不能和它们放在一起。换一个空的 NIANGJIA_DATA 再试。")
        raise Refused("not_empty", reason) from refused
    words = _("装入 {counties} 个县，{unions} 个工会，{employers} 个单位，{people} 人。").format(**vars(loaded))
    return Outcome({"scale": arguments.scale, **vars(loaded)}, words=words)


def demo_rosters(arguments: Namespace) -> Outcome:
    """Write two rosters as grassroots unions really have them, to try the import with."""
    paths = write_rosters(Path(arguments.folder), on=clock.today())
    return Outcome({"files": [str(path) for path in paths]}, words="\n".join(map(str, paths)))


def _phones() -> dict[str, str]:
    """Phones of demo accounts by login: a code to one of them opens its own side, and is shown on the page."""
    by_person = services.demo_phones()
    accounts = Account.objects.filter(subject__in=by_person, is_demo=True)
    return {login: by_person[person] for login, person in accounts.values_list("login", "subject_id")}


def _tell(words: str) -> None:
    print(words, file=sys.stderr)


def _scale(parser: ArgumentParser) -> None:
    parser.add_argument("--scale", choices=sorted(services.SCALES), default="county", help=_("多大的演示世界"))


def _folder(parser: ArgumentParser) -> None:
    parser.add_argument("folder", help=_("写到哪个文件夹"))


COMMANDS = (
    Command("demo-accounts", gettext_lazy("列出演示账号"), demo_accounts),
    Command("seed", gettext_lazy("装入虚构的县、市或省"), seed, _scale),
    Command("demo-rosters", gettext_lazy("写出两份演示用的花名册"), demo_rosters, _folder),
)
