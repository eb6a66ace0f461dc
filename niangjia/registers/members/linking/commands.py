"""Same-person detection for operators: compare a file, train the weights anew."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.commands import Command, Outcome, Refused
from niangjia.registers.members.linking.libraries import need_libraries

# Named, not imported: their libraries are installed when they are first needed.
_ROOM = "niangjia.registers.members.linking"


def _link_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV: key,name,id_number,phone,sex,birth_on,unit")


def link(arguments: Namespace) -> Outcome:
    """Say which records of a file are of one person, and why."""
    need_libraries()
    linking = import_string(f"{_ROOM}.bulk.Linking")(arguments.file)
    found = linking.found
    words = _("{records} 条记录里，{clusters} 个人有不止一条，共 {links} 对。加 --json 看每一对和理由。")
    return Outcome(
        words=words.format(records=found.records, clusters=found.clusters, links=found.links), pieces=linking.pieces()
    )


def _train_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("out", type=Path, help="where the weights are written")
    parser.add_argument("--records", type=int, default=60_000, help="how many invented records are learnt from")


def train_links(arguments: Namespace) -> Outcome:
    """Learn the weights from invented people, and write them into a file."""
    need_libraries()
    room = f"{_ROOM}.training"
    weights = import_string(f"{room}.train")(records=arguments.records)
    try:
        arguments.out.write_text(import_string(f"{room}.as_text")(weights), "utf-8")
    except OSError as error:
        raise Refused(
            "not_written", _("写不到 {out}：{why}").format(out=arguments.out, why=error.strerror), "out"
        ) from error
    return Outcome(weights, words=_("权重已写入 {out}。").format(out=arguments.out))


COMMANDS = (
    Command("link", gettext_lazy("找出一份名单里哪些记录是同一个人"), link, _link_arguments, database="none"),
    Command("train-links", gettext_lazy("重新训练同一人识别的权重"), train_links, _train_arguments, database="none"),
)
