"""The journal for operators: prove it, print its heads, and own up to a lost anchor file."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.commands import DONE, REFUSED, Command, Outcome, Refused
from niangjia.kernel.journal.anchors import anchor_all
from niangjia.kernel.journal.queries import Minute, heads, verify
from niangjia.kernel.journal.services import accept_anchor_loss, seal_waiting


@dataclass(frozen=True)
class AtTheCommandLine:
    """The operator: no account, and the word that every entry has for it."""

    account_id: None = None
    words: str = "operator@0"


def verify_journal(arguments: Namespace) -> Outcome:
    """Seal what waits, then recompute every seal, block and link, and hold the heads against the anchors."""
    _seal_all()
    proof = verify(arguments.anchor)
    words = f"{proof.checked} entries checked, {len(proof.violations)} violations"
    return Outcome(asdict(proof), exit_code=REFUSED if proof.violations else DONE, words=words)


def anchors(_arguments: Namespace) -> Outcome:
    """The newest head of every city, for minutes or for the union above."""
    _seal_all()
    found = heads()
    words = "\n".join(f"{head['city']}:{head['number']}:{head['hash']}  {head['sealed_at']}" for head in found)
    return Outcome({"anchors": found}, words=words)


def anchor_journal(arguments: Namespace) -> Outcome:
    """Complete the anchor files; lines that were lost come back only where the loss is accepted."""
    if not arguments.accept_loss:
        anchor_all()
        return Outcome(
            {"accepted": {}}, words=_("锚文件已补到最新。丢失过的内容不会自动补写，用 niangjia verify-journal 核对。")
        )
    accepted = accept_anchor_loss(by=AtTheCommandLine())
    if not accepted:
        raise Refused("nothing_lost", _("锚文件没有缺失，不需要确认。"))
    words = _("已确认锚文件缺失并重新写入，这件事已记入日志。请查明文件是怎么丢的。")
    return Outcome({"accepted": accepted}, words=words)


def _seal_all() -> None:
    while seal_waiting():
        pass


def _minute(text: str) -> Minute:
    city, _colon, rest = text.partition(":")
    number, _colon, digest = rest.partition(":")
    if not (city.isdecimal() and number.isdecimal() and digest):
        raise ArgumentTypeError(text)
    return Minute(city, int(number), digest.lower())


def _anchor_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--anchor", metavar="CITY:NUMBER:HASH", type=_minute, action="append", default=[],
        help=_("会议记录或上级工会留存的锚，可以写多个"),
    )  # fmt: skip


def _loss_option(parser: ArgumentParser) -> None:
    parser.add_argument("--accept-loss", action="store_true", help=_("确认锚文件丢失过，重新写入并记入日志"))


COMMANDS = (
    Command("verify-journal", "prove that the journal is whole and unaltered", verify_journal, _anchor_option),
    Command("anchors", gettext_lazy("列出各市日志的最新锚，可以写进会议记录"), anchors),
    Command("anchor-journal", gettext_lazy("补写锚文件；丢失过的要确认后才重写"), anchor_journal, _loss_option),
)
