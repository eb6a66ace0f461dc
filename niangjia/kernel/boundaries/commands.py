"""Boundaries for operators: load a file of them."""

import json
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.boundaries.rules import MAX_BYTES, Area, Fault, read_areas
from niangjia.kernel.boundaries.services import Origin, StartsEarlier, load_boundaries
from niangjia.kernel.commands import Command, Outcome, Refusal, Refused

MEGABYTE = 1024 * 1024
FAULTS_SHOWN = 50


def load(arguments: Namespace) -> Outcome:
    """Load a file of boundaries whole, or refuse it whole."""
    found = read_areas(_document(arguments.file))
    faults = [each for each in found if isinstance(each, Fault)]
    if faults:
        first, *others = (_refusal(fault) for fault in faults[:FAULTS_SHOWN])
        raise Refused(first.code, first.reason, first.path, more=tuple(others))
    areas = [each for each in found if isinstance(each, Area)]
    origin = Origin(arguments.source.strip(), arguments.valid_from or clock.today())
    try:
        number = load_boundaries(areas, origin, by=Actor.operator())
    except StartsEarlier as error:
        words = _("{code} 已经有从更晚一天起的边界。要改那一天以后的，把 --from 写成那一天。").format(code=error.code)
        raise Refused("starts_earlier", words) from error
    words = _("装入了 {n} 块边界，从 {day} 起用。").format(n=number, day=origin.valid_from)
    return Outcome({"areas": number, "valid_from": str(origin.valid_from), "source": origin.source}, words=words)


def _document(path: Path) -> Any:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refused("too_big", _("边界文件超过了 {limit} MB，请先简化再装。").format(limit=MAX_BYTES // MEGABYTE))
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise Refused("unreadable", _("读不到这个文件：{why}。请检查路径。").format(why=error.strerror)) from error
    except (ValueError, RecursionError) as error:
        raise Refused("no_json", _("这不是 GeoJSON：文件要是 UTF-8 的 JSON。")) from error


def _refusal(fault: Fault) -> Refusal:
    return Refusal(fault.reason.code, _(fault.reason.sentence).format(**fault.reason.values), fault.path)


def _source(text: str) -> str:
    if not 0 < len(text.strip()) <= Origin.LONGEST_SOURCE:
        raise ValueError
    return text


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("GeoJSON 文件，每一块有 code 和 name"))
    parser.add_argument(
        "--source", required=True, type=_source, help=_("出处，最多 128 个字，比如哪个部门公布的、审图号")
    )
    parser.add_argument("--from", dest="valid_from", type=date.fromisoformat, help=_("从哪天起，不写就是今天"))


COMMANDS = (Command("load-boundaries", gettext_lazy("装入地图用的行政区划边界"), load, _arguments),)
