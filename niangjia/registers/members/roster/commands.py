"""Rosters for operators: import, undo."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.commands import REFUSED, Command, Outcome, Refused
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.journal.services import seal_waiting
from niangjia.kernel.web.reasons import in_words as reason_in_words
from niangjia.registers.members.roster.columns import FIELDS
from niangjia.registers.members.roster.reports import in_words, report, said
from niangjia.registers.members.roster.sentences import UNION_SENTENCES
from niangjia.registers.members.roster.services import Busy, RosterFile, receive, run, try_out
from niangjia.registers.members.roster.staging import Staging
from niangjia.registers.members.roster.undoing import CannotUndo, undo
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import union_by_reference
from niangjia.registers.orgs.services import KIND as UNIONS
from niangjia.registers.orgs.services import UndoRefused
from niangjia.registers.orgs.services import undo_import as undo_unions


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the roster: .xlsx, .csv or .txt")
    parser.add_argument(
        "--unit", required=True, metavar="CODE", help="the union: its code, its credit code, or its exact name"
    )
    parser.add_argument("--dry-run", action="store_true", help="judge every row, change nothing")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help='JSON: {"header as written": "field code", …}')
    parser.add_argument("--sheet", default="", help="the sheet, where a workbook has several rosters")


def import_members(arguments: Namespace) -> Outcome:
    """Land a roster in the register and tell every row's fate."""
    unit = _unit(arguments.unit)
    if not arguments.file.is_file():
        raise Refused("file_missing", f"{arguments.file}: there is no such file", "file")
    file = RosterFile.in_place(arguments.file)
    batch = receive(file, unit=unit, by=Actor.operator(), mapping=_mapping(arguments.mapping), sheet=arguments.sheet)
    try:
        batch = try_out(batch, file) if arguments.dry_run else run(batch, file)
    except Busy as error:
        raise Refused("already_running", "another process is importing this very file now", "file") from error
    if batch.state == State.REFUSED:
        reason = said(batch.refusal["sentence"], batch.refusal["values"])
        raise Refused(batch.refusal["code"], reason, "file")
    body, words = report(batch), in_words(batch)
    if arguments.dry_run:
        # A trial leaves no trace: the id it was counted under is free of meaning afterwards.
        forget(batch)
        body |= {"import_id": None, "dry_run": True}
    while seal_waiting():
        pass
    return Outcome(body, words=words)


def forget(batch: Import) -> None:
    """Take a trial run away, remarks and staging tables included."""
    Staging(batch.pk).drop()
    batch.delete()


def _unit(reference: str) -> Union:
    found = union_by_reference(reference, "")
    if isinstance(found, str):
        raise Refused(found, said(UNION_SENTENCES[found], {"written": reference}), "unit")
    return found


def _mapping(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        mapping = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Refused("mapping_unreadable", f"{path}: {error}", "mapping") from error
    known = {field.code for field in FIELDS} | {""}
    if not isinstance(mapping, dict):
        raise Refused("mapping_unreadable", f"{path}: give one JSON object, header to field", "mapping")
    for header, field in mapping.items():
        if field not in known:
            raise Refused(
                "mapping_unknown_field", f"{field!r} is none of: {', '.join(sorted(known - {''}))}", f"mapping.{header}"
            )
    return mapping


def _undo_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", type=int, help="the import_id that the import printed")


def undo_import(arguments: Namespace) -> Outcome:
    """Take an import back, or say what has changed since."""
    batch = Import.objects.filter(pk=arguments.id).first()
    if batch is None:
        raise Refused("import_unknown", f"there is no import {arguments.id}", "id")
    try:
        undone = (
            undo_unions(batch, by=Actor.operator(), on=clock.today())
            if batch.kind == UNIONS
            else undo(batch, by=Actor.operator())
        )
    except CannotUndo as error:
        body = {"refused": [blocker.as_json() for blocker in error.blockers]}
        return Outcome(body, exit_code=REFUSED, words="\n".join(blocker.reason for blocker in error.blockers))
    except UndoRefused as error:
        return _unions_stand_in_the_way(error)
    while seal_waiting():
        pass
    return Outcome(
        {"import_id": undone.pk, "state": undone.state, "removed": undone.created, "restored": undone.updated}
    )


def _unions_stand_in_the_way(error: UndoRefused) -> Outcome:
    refused = [
        {"path": each.code, "code": each.reason.code, "reason": f"{each.name}: {reason_in_words(each.reason)}"}
        for each in error.touched
    ]
    return Outcome({"refused": refused}, exit_code=REFUSED, words="\n".join(each["reason"] for each in refused))


COMMANDS = (
    Command("import-members", "bring a roster of members into the register", import_members, _import_arguments),
    Command("undo-import", "take an import back", undo_import, _undo_arguments),
)
