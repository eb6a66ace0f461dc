"""Members in a form that the union above asks for, at the command line: masked, unless two people agreed to the numbers."""

import uuid
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.commands import Command, Outcome, Refused
from niangjia.kernel.exports.declaration import Source, Template, source_named
from niangjia.kernel.exports.making import CHUNK_ROWS, make
from niangjia.kernel.exports.models import ExportRequest
from niangjia.kernel.exports.queries import told_of, who_asked
from niangjia.kernel.exports.rules import Format, State
from niangjia.kernel.exports.services import THING, ExportRefused, hand_to_operator
from niangjia.kernel.exports.writing import CsvFile, Heading, Mark, WorkbookFile, cell_of, new_file
from niangjia.kernel.journal.services import record, seal_waiting
from niangjia.kernel.web.reasons import in_words
from niangjia.registers.members.export_forms import BadForm
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import union_by_reference

LIST = "members"
MASKED: frozenset[str] = frozenset()
LARGEST_ID = 2**63


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--template", default="NATIONAL", metavar="CODE", help=_("模板的代号，比如 NATIONAL"))
    parser.add_argument("--unit", required=True, metavar="CODE", help=_("哪个工会以下：编码、信用代码或全称"))
    parser.add_argument("--to", type=Path, metavar="FILE", help=_("写到哪个文件；不写就放在当前文件夹"))
    parser.add_argument("--format", choices=[each.value for each in Format], default="xlsx", help=_("文件格式"))
    parser.add_argument("--request", default="", metavar="ID", help=_("两个人同意过的导出编号；没有它，号码都遮住"))


def export_members(arguments: Namespace) -> Outcome:
    """Write the members of a union and all below it into a file."""
    unit = _unit(arguments.unit)
    body = _agreed(arguments, unit) if arguments.request else _masked(arguments, unit)
    while seal_waiting():
        pass
    words = _("写好了 {rows} 行：{file}").format(rows=body["rows"], file=body["file"])
    return Outcome(body, words=words)


def _masked(arguments: Namespace, unit: Union) -> dict[str, object]:
    """The operator's own: no number is whole."""
    source = _source()
    template = _template(source, arguments.template, unit)
    number = f"M{uuid.uuid4().hex[:8].upper()}"
    path = _path(arguments, number, arguments.format)
    with _opened(path, template, unit, number=number, file_format=Format(arguments.format)) as file:
        rows = _write(file, template, unit)
    detail = {"list": LIST, "template": template.code, "format": arguments.format, "rows": rows, "number": number}
    place = (unit.place.city, unit.place_id)
    record("export_members", by=Actor.operator(), thing=THING, place=place, detail=detail)
    return _told(path, unit, template=template.code, rows=rows, number=number, in_clear=[], request=None)


def _opened(path: Path, template: Template, unit: Union, *, number: str, file_format: Format) -> WorkbookFile | CsvFile:
    sentence = _("{unit} 名册，运维人员 {at} 导出，号码都已遮住。编号 {number}，不要外传。").format(
        unit=unit.name, at=cell_of(clock.now()), number=number
    )
    headings = [Heading(str(column.title), column.kind) for column in template.columns]
    mark = Mark(number, "operator", sentence)
    return new_file(path, file_format, title=str(_source().title), mark=mark, headings=headings)


def _write(file: WorkbookFile | CsvFile, template: Template, unit: Union) -> int:
    """The rows, some at a time; answers how many."""
    source, operator, filters, written = _source(), Actor.operator(), {"under": unit.code}, 0
    keys = list(source.matching(operator, filters).values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK_ROWS):
        chunk = keys[start : start + CHUNK_ROWS]
        found = {row.pk: row for row in template.prepare(source.matching(operator, filters).filter(pk__in=chunk))}
        for row in (found[key] for key in chunk if key in found):
            file.add([cell_of(column.of(row, MASKED)) for column in template.columns])
            written += 1
    return written


def _agreed(arguments: Namespace, unit: Union) -> dict[str, object]:
    """What two people agreed to, for this union and in this form; everything else is refused."""
    request = _request(arguments.request)
    _check(request, arguments, unit)
    if request.state in (State.APPROVED, State.MAKING) and request.account is not None:
        with acting(who_asked(request.account)):
            make(request)
        request.refresh_from_db()
    path = _path(arguments, request.number, request.file_format)
    try:
        pieces = hand_to_operator(request, by=Actor.operator())
    except ExportRefused as refusal:
        raise Refused(refusal.reason.code, in_words(refusal.reason), "request") from refusal
    _save(path, pieces)
    return _told(
        path, unit, template=request.template, rows=request.rows_done, number=request.number,
        in_clear=request.in_clear, request=request.pk,
    )  # fmt: skip


def _check(request: ExportRequest, arguments: Namespace, unit: Union) -> None:
    """Whether the request is about what is asked for here."""
    if request.decided_by_id is None or request.state not in (State.APPROVED, State.MAKING, State.READY):
        raise Refused(
            "request_not_agreed", _("这个编号还没有两个人同意，或者已经结束了。请在网页上看它到了哪一步。"), "request"
        )
    if request.source != LIST or request.template != arguments.template:
        raise Refused("request_other_form", _("这个编号批准的不是这份模板。照批准的模板写 --template。"), "request")
    under = told_of(request).filters.get("under", "")
    is_whole = not under and request.place_id == unit.place_id
    if not is_whole and under not in {unit.code, unit.name}:
        raise Refused("request_other_unit", _("这个编号批准的不是这个工会的名单。照批准的范围写 --unit。"), "unit")


def _request(written: str) -> ExportRequest:
    digits = written.upper().removeprefix("E").lstrip("0")
    found = None
    if digits.isascii() and digits.isdigit() and int(digits) < LARGEST_ID:
        found = ExportRequest.objects.select_related("account", "place").filter(pk=int(digits)).first()
    if found is None:
        raise Refused("request_unknown", _("没有编号为 {number} 的导出。").format(number=written), "request")
    return found


def _template(source: Source, code: str, unit: Union) -> Template:
    try:
        return source.shape(code, on=clock.today(), city=unit.place.city)
    except BadForm as error:
        raise Refused("template_broken", _("模板文件用不了：{what}").format(what=error), "template") from error
    except LookupError as error:
        raise Refused("template_unknown", _("没有叫 {code} 的模板。").format(code=code), "template") from error


def _unit(reference: str) -> Union:
    found = union_by_reference(reference, "")
    if isinstance(found, str):
        raise Refused(
            found, _("没有找到「{written}」这个工会，或者不止一个。写它的编码。").format(written=reference), "unit"
        )
    return found


def _source() -> Source:
    source = source_named(LIST)
    if source is None:
        raise LookupError(LIST)
    return source


def _path(arguments: Namespace, number: str, file_format: str) -> Path:
    path: Path = arguments.to or Path(f"niangjia-{number}.{file_format}")
    if path.exists():
        raise Refused("file_exists", _("{file} 已经有了，不覆盖。换一个名字。").format(file=path), "to")
    if not path.resolve().parent.is_dir():
        raise Refused("folder_missing", _("没有 {folder} 这个文件夹。").format(folder=path.parent), "to")
    return path


def _save(path: Path, pieces: Iterator[bytes]) -> None:
    with path.open("xb") as file:
        file.writelines(pieces)


def _told(path: Path, unit: Union, **facts: object) -> dict[str, object]:
    return {"unit": unit.code, **facts, "masked": not facts["in_clear"], "file": str(path)}


COMMANDS = (Command("export-members", "write members into a form that others ask for", export_members, _arguments),)
