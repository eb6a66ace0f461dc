"""Keys for operators: look at them, change them, let old ones go. No command shows a key."""

from argparse import ArgumentParser, Namespace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.commands import Command, Outcome, Refusal, Refused
from niangjia.kernel.rotation.queries import holdings
from niangjia.kernel.rotation.rewrapping import rewrap_all
from niangjia.kernel.rotation.rules import Holding, WhyStays
from niangjia.kernel.rotation.services import KeyStays, retire, rotate
from niangjia.kernel.sealed import keyring
from niangjia.kernel.sealed.ciphers import AES_256_GCM, CIPHERS

A_DAY_S = 24 * 3600.0
SENTENCES: dict[WhyStays, Promise] = {
    "unknown_key": gettext_lazy("没有这个编号的密钥。用 niangjia keys 查看。"),
    "active_key": gettext_lazy("这是正在使用的密钥，不能停用。请先用 niangjia rotate-keys 换新密钥。"),
    "too_soon": gettext_lazy("刚换过密钥，请过 10 秒再停用旧密钥。"),
    "still_needed": gettext_lazy(
        "还有数据用这把密钥密封，停用后就打不开了。等重新密封完再停用，用 niangjia keys 查看进度。"
    ),
    "still_running": gettext_lazy("有操作一分钟还没做完，可能还要用这把密钥。等它结束后再停用。"),
}


def keys(_arguments: Namespace) -> Outcome:
    """Numbers and ciphers of the data keys, and how many values need which."""
    ring, held = keyring(), holdings()
    listed = [
        {
            "number": number,
            "cipher": cipher,
            "active": number == ring.active,
            "stopped": ring.stopped.get(number),
            "values": sum(each.under(number) for each in held),
        }
        for number, cipher in sorted(ring.kinds.items())
    ]
    body = {"keys": listed, "blind_hash": ring.blind_hash, "held": [_told(each, ring.active) for each in held]}
    return Outcome(body, words="\n".join([*map(_key_line, listed), *(_held_line(each) for each in body["held"])]))


def _told(held: Holding, active: int) -> dict[str, Any]:
    left = sum(count for number, count in held.by_key.items() if number != active)
    return {"where": held.name, "kind": held.kind, "by_key": held.by_key, "left": left}


def _key_line(key: dict[str, Any]) -> str:
    state = _("正在使用") if key["active"] else _("只用来打开")
    return f"{key['number']:>3}  {key['cipher']:<12} {key['values']:>12,}  {state}"


def _held_line(held: Any) -> str:
    left = _("待重新密封 %(count)s") % {"count": f"{held['left']:,}"} if held["left"] else _("已完成")
    return f"     {held['where']:<44} {left}"


def rotate_keys(arguments: Namespace) -> Outcome:
    """Draw a new key; running processes take it up within a second or two."""
    number = rotate(cipher=arguments.cipher, by=Actor.operator())
    words = _("新密钥是 %(number)s 号。请马上备份密钥文件夹；旧数据在后台重新密封，用 niangjia keys 查看进度。")
    return Outcome({"key": number, "cipher": arguments.cipher}, words=words % {"number": number})


def rewrap(_arguments: Namespace) -> Outcome:
    """Seal again here and now what is under older keys, beside what a worker does."""
    tally = rewrap_all(within_s=A_DAY_S)
    body = {"rewrapped": tally.rewrapped, "files": tally.files, "unreadable": len(tally.unreadable)}
    return Outcome(body, words=_("重新密封 %(rewrapped)s 项，文件 %(files)s 个，打不开 %(unreadable)s 项。") % body)


def retire_key(arguments: Namespace) -> Outcome:
    """Let a key go that nothing needs."""
    try:
        retire(arguments.number, by=Actor.operator())
    except KeyStays as stays:
        where = (Refusal("needed_here", f"{name}: {count:,}", name) for name, count in stays.needed.items())
        raise Refused(stays.why, str(SENTENCES[stays.why]), "number", more=tuple(where)) from stays
    words = _("%(number)s 号密钥已停用。停用前的备份要用当时备份的密钥才能打开，请一并保存。")
    return Outcome({"retired": arguments.number}, words=words % {"number": arguments.number})


def _cipher_option(parser: ArgumentParser) -> None:
    parser.add_argument("--cipher", choices=sorted(CIPHERS), default=AES_256_GCM, help=_("新密钥的算法"))


def _key_number(parser: ArgumentParser) -> None:
    parser.add_argument("number", type=int, metavar="N", help=_("密钥编号"))


COMMANDS = (
    Command("keys", gettext_lazy("查看密钥编号、算法和重新密封的进度"), keys),
    Command("rotate-keys", gettext_lazy("换新的数据密钥，旧数据在后台重新密封"), rotate_keys, _cipher_option),
    Command("rewrap-keys", gettext_lazy("不等后台，现在就把旧数据重新密封"), rewrap),
    Command("retire-key", gettext_lazy("停用一把不再需要的旧密钥"), retire_key, _key_number),
)
