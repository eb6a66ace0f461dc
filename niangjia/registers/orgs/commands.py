"""Unions on the command line: list the tree, take over a list of unions, open the accounts of an office."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access.rules import NEVER_GIVEN, Actor, Role
from niangjia.kernel.access.services import NotGranted, open_account
from niangjia.kernel.commands import Command, Outcome, Refused
from niangjia.kernel.intake.sheets import Refusal
from niangjia.registers.orgs.checking.files import checks
from niangjia.registers.orgs.checking.queries import offenders
from niangjia.registers.orgs.queries import LISTED_BY_KIND, open_unions, under_path, union_by_reference
from niangjia.registers.orgs.services import Landed, import_unions, try_unions
from niangjia.registers.orgs.union_list.columns import Fault

MOST_TOLD = 100_000
OPENED_ROLES = [role.value for role in Role if role not in NEVER_GIVEN | {Role.WORKER}]


def list_unions(arguments: Namespace) -> Outcome:
    """Every open union, or those at and below one."""
    unions = open_unions()
    if arguments.under:
        top = union_by_reference(arguments.under, "")
        if isinstance(top, str):
            raise Refused(top, _("找不到工会「{code}」。").format(code=arguments.under), "--under")
        unions = under_path(unions, top.place.path)
    rows = unions.order_by("place__path").values_list(
        "code", "name", "place__parent__union__code", "place__level", "kind"
    )
    found = [
        {"code": code, "name": name, "parent": parent, "level": kind if kind in LISTED_BY_KIND else level}
        for code, name, parent, level, kind in rows.iterator()
    ]
    words = "\n".join(f"{union['code']:<14} {union['level']:<11} {union['name']}" for union in found)
    return Outcome({"unions": found}, words=words)


def bring_unions(arguments: Namespace) -> Outcome:
    """Import a list of unions, or only say what it would do."""
    path = Path(arguments.file)
    if not path.is_file():
        raise Refused("file_missing", _("没有这个文件：{name}。看看路径有没有写错。").format(name=path.name), "FILE")
    operator = Actor.operator()
    try:
        if arguments.dry_run:
            landed = try_unions(path, filename=path.name, by=operator)
        else:
            landed = import_unions(path, filename=path.name, by=operator, on=clock.today())
    except Refusal as refusal:
        raise Refused(refusal.code, refusal.reason, "FILE") from refusal
    return Outcome(_body(landed), words=_words(landed))


def _body(landed: Landed) -> dict[str, Any]:
    return {
        "import_id": landed.batch.pk if landed.batch else None,
        **landed.counts,
        "faults": [_fault(fault, landed) for fault in landed.faults],
        "warnings": _warnings(landed),
    }


def _fault(fault: Fault, landed: Landed) -> dict[str, Any]:
    reason = fault.reason
    return {
        "sheet": landed.sheet.sheet,
        "row": fault.row,
        "column": landed.sheet.headers.get(fault.field, ""),
        "code": reason.code,
        "reason": _(reason.sentence).format(**reason.values),
    }


def _warnings(landed: Landed) -> list[dict[str, Any]]:
    sheet = landed.sheet
    hidden = [
        {"sheet": sheet.sheet, "row": row, "column": "", "code": "hidden_row", "reason": _("隐藏的行也导入了。")}
        for row in sheet.hidden_rows
    ]
    return hidden + [
        {"sheet": name, "row": 0, "column": "", "code": "hidden_sheet", "reason": _("有隐藏的工作表，没有导入。")}
        for name in sheet.hidden_sheets
    ]


def _words(landed: Landed) -> str:
    line = _("共 {rows_in} 行：新增 {created}，更新 {updated}，没有变化 {unchanged}，要改 {rejected}。")
    faults = [f"{each['row']}: {each['reason']}" for each in (_fault(fault, landed) for fault in landed.faults)]
    return "\n".join([line.format(**landed.counts), *faults])


def _of_list(parser: ArgumentParser) -> None:
    parser.add_argument("--under", metavar="CODE", default="", help=_("只列这个工会和它下面的"))


def _of_import(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help=_("工会名单，.xlsx 或 .csv"))
    parser.add_argument("--dry-run", action="store_true", help=_("只核对，不入库"))


def _of_account(parser: ArgumentParser) -> None:
    parser.add_argument("login", metavar="LOGIN", help=_("登录用的账号"))
    parser.add_argument("--name", required=True, help=_("姓名"))
    parser.add_argument("--unit", required=True, metavar="CODE", help=_("在哪个工会办事：编码、信用代码或全称"))
    parser.add_argument("--role", choices=OPENED_ROLES, default=Role.CADRE.value, help=_("角色"))


def open_for(arguments: Namespace) -> Outcome:
    """Open the first accounts of an office; the password is shown once, the second factor is set up at the first sign-in."""
    union = union_by_reference(arguments.unit, "")
    if isinstance(union, str):
        raise Refused(union, _("找不到这个工会，或者不止一个：{written}").format(written=arguments.unit), "unit")
    by, role = Actor.operator(), Role(arguments.role)
    try:
        account, password = open_account(arguments.login, name=arguments.name, role=role, at=union.place, by=by)
    except NotGranted as error:
        raise Refused(error.reason.code, _(error.reason.sentence).format(**error.reason.values), "login") from error
    body = {"login": account.login, "name": account.name, "role": role.value, "unit": union.code, "password": password}
    words = _("账号 {login}，密码 {password}（只显示这一次）。第一次登录时设好动态码，再改密码。")
    return Outcome(body, words=words.format(login=account.login, password=password))


def check_registers(arguments: Namespace) -> Outcome:
    """Ask every check of the registers; exit 1 where something does not hold."""
    actor = Actor.operator()
    asked = [each for each in checks() if not arguments.check or each.name == arguments.check]
    if not asked:
        raise Refused("check_unknown", _("没有这一项核查：{name}").format(name=arguments.check), "--check")
    found = [(each, one) for each in asked for one in offenders(each, actor, most=MOST_TOLD)]
    violations = [
        {"check": each.name, "union": one.code, "name": one.name, "note": one.note, "next": each.what_next}
        for each, one in found
    ]
    lines = [f"{each.sentence} {one.code} {one.name} {one.note}" for each, one in found]
    words = "\n".join([*lines, _("核查 {checked} 项，{wrong} 处要改。").format(checked=len(asked), wrong=len(found))])
    return Outcome({"checked": len(asked), "violations": violations}, exit_code=1 if found else 0, words=words)


def _of_checks(parser: ArgumentParser) -> None:
    parser.add_argument("--check", metavar="NAME", default="", help=_("只查这一项"))


COMMANDS = (
    Command("check-registers", _("核查登记数据"), check_registers, _of_checks),
    Command("open-account", _("给干部开通账号"), open_for, _of_account),
    Command("unions", _("列出工会"), list_unions, _of_list),
    Command("import-unions", _("导入工会名单"), bring_unions, _of_import),
)
