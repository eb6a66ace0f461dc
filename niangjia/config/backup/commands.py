"""Backups for operators: take one, restore one, and rehearse it."""

import json
import shutil
import tempfile
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.config.backup.proving import prove
from niangjia.config.backup.restoring import CannotRestore, Wish, restore
from niangjia.config.backup.taking import CannotBackUp, carry_log, take
from niangjia.config.environment import environment
from niangjia.kernel.commands import DONE, REFUSED, Command, Outcome, Refused

SENTENCES: dict[str, str | Promise] = {
    "keys_beside_data": gettext_lazy("密钥不能和数据备份放在一起：请给 --keys-to 另选一个文件夹，最好在另一块盘上。"),
    "restart_first": gettext_lazy("数据库还没有开启归档：请先停止程序再启动一次，然后备份。"),
    "copy_failed": gettext_lazy("数据库复制失败，没有留下可用的备份。请看 PostgreSQL 的说明，处理后再试。"),
    "log_not_archived": gettext_lazy("数据库日志没有及时归档，备份不完整。请检查磁盘空间后再试。"),
    "not_ours": gettext_lazy("数据库由 DATABASE_URL 指定，请用它自己的备份。这里只备份文件、锚和密钥。"),
    "not_empty": gettext_lazy("目标文件夹不是空的。恢复只写进新的文件夹，不覆盖现有数据。"),
    "no_backup": gettext_lazy("这里没有那个时间之前完成的备份。请检查文件夹和时间。"),
    "damaged": gettext_lazy("备份文件损坏或缺失，没有恢复任何内容。请换一份备份。"),
    "log_missing": gettext_lazy(
        "备份里的数据库日志到不了这个时间。请先用 niangjia backup --log-only 把最新日志带过来，或选早一点的时间。"
    ),
}


def backup(arguments: Namespace) -> Outcome:
    """Take a whole backup, or carry over only what the log has grown by."""
    folder = arguments.to or environment().data / "backups"
    try:
        if arguments.log_only:
            came = carry_log(environment(), folder)
            return Outcome({"log_files": came}, words=_("带来 %(count)s 段数据库日志。") % {"count": came})
        body = take(environment(), folder, keys_to=arguments.keys_to)
    except CannotBackUp as cannot:
        raise _refused(cannot.code, cannot.said) from cannot
    words = [_("备份完成：%(folder)s") % {"folder": body["backup"]}]
    if body["database"] == "given":
        words.append(str(SENTENCES["not_ours"]))
    if body["keys"] is None:
        words.append(_("没有备份密钥。没有密钥，备份里的密封内容打不开：请用 --keys-to 另存一份。"))
    return Outcome(body, words="\n".join(words))


def restore_backup(arguments: Namespace) -> Outcome:
    """Restore into a new data folder and prove it; the running one is left alone."""
    return _restored(Wish(arguments.source, arguments.keys_from, arguments.into, arguments.to), keep=True)


def rehearse(arguments: Namespace) -> Outcome:
    """Restore beside the running program, prove it, and throw it away (恢复演练)."""
    folder = Path(tempfile.mkdtemp(prefix="niangjia-drill-"))
    folder.chmod(0o711)
    try:
        return _restored(Wish(arguments.source, arguments.keys_from, folder / "data", arguments.to), keep=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _restored(wish: Wish, *, keep: bool) -> Outcome:
    here = environment()
    began = monotonic()
    try:
        body = restore(here, wish)
    except CannotRestore as cannot:
        raise _refused(cannot.code, cannot.about) from cannot
    body |= {"seconds": round(monotonic() - began, 1), "kept": keep}
    _remember(here.data / "restores", body)
    words = _("恢复成功，各项核对都通过。") if body["holds"] else _("恢复了，但有核对没有通过，请看 JSON 里的说明。")
    return Outcome(body, exit_code=DONE if body["holds"] else REFUSED, words=words)


def prove_restore(_arguments: Namespace) -> Outcome:
    """What holds of this database: journal, sealed values, signing in."""
    body = prove()
    words = _("各项核对都通过。") if body["holds"] else _("有核对没有通过。")
    return Outcome(body, exit_code=DONE if body["holds"] else REFUSED, words=words)


def _remember(folder: Path, body: dict[str, Any]) -> None:
    """The last restore that was proved; its age is what `/readyz` shows."""
    if body["holds"]:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"{body['proved_at']}.json"
        path.write_text(json.dumps(body, ensure_ascii=False, default=str, indent=1), encoding="utf-8")


def _refused(code: str, about: str) -> Refused:
    return Refused(code, " ".join(filter(None, (str(SENTENCES[code]), about))))


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(text) from error
    return found if found.tzinfo else found.astimezone()


def _backup_options(parser: ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="FOLDER", help=_("备份放在哪里，最好在另一块盘上"))
    parser.add_argument("--keys-to", type=Path, metavar="FOLDER", help=_("密钥另放在哪里，不能和备份在一起"))
    parser.add_argument("--log-only", action="store_true", help=_("只带来新的数据库日志，随时可以做"))


def _source_options(parser: ArgumentParser) -> None:
    parser.add_argument("--from", dest="source", type=Path, required=True, metavar="FOLDER", help=_("备份所在的文件夹"))
    parser.add_argument("--keys-from", type=Path, required=True, metavar="FOLDER", help=_("密钥备份所在的文件夹"))
    parser.add_argument(
        "--to", type=_instant, metavar="TIME", help=_("恢复到哪一秒，如 2026-11-21T10:30:00；不写就恢复到备份那一刻")
    )


def _restore_options(parser: ArgumentParser) -> None:
    _source_options(parser)
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER", help=_("恢复到哪个新的数据文件夹"))


COMMANDS = (
    Command("backup", gettext_lazy("备份数据库、文件和锚，密钥另存"), backup, _backup_options, database="none"),
    Command(
        "restore", gettext_lazy("把备份恢复到新的数据文件夹并核对"), restore_backup, _restore_options, database="none"
    ),
    Command("restore-drill", gettext_lazy("恢复演练：恢复、核对、删除"), rehearse, _source_options, database="none"),
    Command("prove-restore", gettext_lazy("核对这个数据库：日志、密封内容、登录"), prove_restore),
)
