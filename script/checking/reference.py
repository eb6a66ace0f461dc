"""Reference pages made from the code: commands, fault codes, refusals. `--write` makes them anew."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils import translation

from checking import api_changes, catalogue, codes, guards, loaded, workflows
from checking.report import Fault, conclude
from checking.tree import ROOT, sources
from checking.words import CATALOGUE
from niangjia.config.api import API
from niangjia.config.command import collect
from niangjia.registers.members.rules.roster_faults import ROSTER_FAULTS, ROSTER_WARNINGS
from niangjia.registers.orgs.rules.union_faults import UNION_FAULTS

FOLDER = "docs/reference"
MADE = "<!-- Made by script/checks/75-reference --write; changes here are lost. -->\n"
Table = Iterable[tuple[str, ...]]


def english() -> dict[str, str]:
    """English by source string, as far as the catalogue has it."""
    path = ROOT / CATALOGUE
    entries = catalogue.read(path.read_text("utf-8")) if path.exists() else []
    return {entry.text: entry.translations[0] for entry in entries if entry.translations}


def table(head: tuple[str, ...], rows: Table) -> str:
    """A table; a bar inside a cell is escaped."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines
    )


def fault_page(title: str, intro: str, lists: Mapping[str, Mapping[str, tuple[str, str]]]) -> str:
    """A page of fault codes; each list is heading → code → (what it is called, what to do)."""
    said = english()
    parts = [MADE, f"# {title}\n", intro + "\n"]
    for heading, faults in lists.items():
        rows = (
            (f"`{code}`", name, remedy, " ".join(filter(None, (said.get(name, ""), said.get(remedy, "")))))
            for code, (name, remedy) in faults.items()
        )
        parts += [f"## {heading}\n", table(("code", "说明", "怎么办", "English"), rows) + "\n"]
    return "\n".join(parts)


def command_page() -> str:
    """The page of `niangjia` commands, from the parsers that run them."""
    from_code = _commands()
    said = english()
    intro = (
        "`niangjia COMMAND … --json` prints one JSON object alone on stdout, words go to stderr. Exit code 0: processed (also when rows were "
        'rejected); 1: the whole input refused, or violations found; 2: usage. A refusal is `{"refused":[{"path":…,"code":…,"reason":…}]}`.\n'
    )
    parts = [MADE, "# Commands · 命令\n", intro]
    for name, words, parser in from_code:
        about = " · ".join(filter(None, (words, said.get(words, ""))))
        parts.append(f"## `niangjia {name}`\n\n{about}\n")
        rows = [
            (f"`{option}`", " · ".join(filter(None, (help_, said.get(help_, "")))))
            for option, help_ in _options(parser)
        ]
        if rows:
            parts.append(table(("argument", "meaning"), rows) + "\n")
    return "\n".join(parts)


def _options(parser: ArgumentParser) -> Iterator[tuple[str, str]]:
    for action in parser._actions:  # noqa: SLF001  # argparse has no public list of what it accepts
        if "--help" in action.option_strings:
            continue
        name = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        choices = f" {{{', '.join(map(str, action.choices))}}}" if action.choices else ""
        takes = f" {action.metavar or action.dest.upper()}" if action.option_strings and action.nargs != 0 else ""
        yield name + ("" if choices else takes) + choices, str(action.help or "")


def refusal_page() -> str:
    """Codes that refuse a whole file, form or command: everything raised that is no fault of a row."""
    said = english()
    known = set(_row_faults())
    files = (
        source
        for source in sources(".py", under=f"{loaded.PRODUCT}/")
        if not source.is_test and not source.is_migration
    )
    rows = [
        (f"`{code}`", " / ".join(words), " / ".join(filter(None, (said.get(word, "") for word in words))))
        for code, words in codes.gathered(files).items()
        if code not in known
    ]
    intro = "Codes of refusals that concern a whole file, a form or a command. They are never reused with another meaning.\n"
    return "\n".join([MADE, "# Refusals · 整件退回的代码\n", intro, table(("code", "说明", "English"), rows) + "\n"])


def api_page() -> str:
    """The operations of the API, from the schema that programs read."""
    schema = API.get_openapi_schema()
    rows = [
        (
            f"`{method.upper()} {path}`",
            f"`{operation['operationId']}`",
            (operation.get("description") or operation.get("summary", "")).split("\n")[0],
            _taken(operation),
        )
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    intro = (
        f"OpenAPI {schema['openapi']}, whole at `/api/v1/openapi.json`. Who asks sees what the same person sees on the pages: no right, no rows; absent "
        "and forbidden look alike. A refusal is `application/problem+json` with a closed code (see [refusals](refusals.md)) and words in the reader's "
        "language.\n"
    )
    return "\n".join(
        [MADE, "# API · 接口\n", intro, table(("address", "operation", "what it does", "parameters"), rows) + "\n"]
    )


def api_snapshot() -> str:
    """The whole description, so that a change of the API is seen in review."""
    return json.dumps(API.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def untold(made: Mapping[str, str]) -> list[Fault]:
    """What the API no longer does for programs written before, and no line of its changelog says."""
    before, changelog = ROOT / api_changes.SNAPSHOT, ROOT / api_changes.CHANGELOG
    if not before.exists():
        return []
    told = changelog.read_text("utf-8") if changelog.exists() else ""
    old, new = json.loads(before.read_text("utf-8")), json.loads(made[api_changes.SNAPSHOT])
    why = "programs of others are written by the description."
    return [
        Fault(api_changes.CHANGELOG, 1, f"a break is not told: {line}", why, "write this very line under the version.")
        for line in api_changes.untold(old, new, told)
    ]


def guard_page(found: dict[str, list[guards.Mark]]) -> str:
    """The guards, what each keeps safe, and the tests that show it holding and show the harm when it is off."""
    rows = (
        (f"`{name}`", guards.keeps(marks), guards.shown_by(marks, "guard"), guards.shown_by(marks, "control"))
        for name, marks in found.items()
    )
    intro = (
        "Every guard has two kinds of tests: those that show that it holds, and its negative control, which switches the guard off and shows the harm. "
        "A guard without a control fails `script/check`.\n"
    )
    head = ("guard", "what it keeps safe", "shown by", "negative control")
    return "\n".join([MADE, "# Guards · 防线\n", intro, table(head, rows) + "\n"])


def _taken(operation: dict[str, Any]) -> str:
    return ", ".join(f"`{one['name']}`" for one in operation.get("parameters", []))


def _commands() -> list[tuple[str, str, ArgumentParser]]:
    found = []
    for name, command in sorted(collect().items()):
        parser = ArgumentParser(prog=name)
        command.arguments(parser)
        if name != "manage":
            parser.add_argument("--json", action="store_true", help="one JSON object on stdout, words on stderr")
        found.append((name, str(command.help), parser))
    return found


def _row_faults() -> set[str]:
    return {*ROSTER_FAULTS, *ROSTER_WARNINGS, *UNION_FAULTS}


def pages(found: dict[str, list[guards.Mark]] | None = None) -> dict[str, str]:
    """Every generated page by its path; `found` are the marks of the guards, gathered where they are not given."""
    found = guards.gathered(sources(".py")) if found is None else found
    closed = "The list is closed: a code never changes its meaning, and a new one is told in the changelog. `reason` in the output is a sentence for people about the very cell."
    return {
        f"{FOLDER}/commands.md": command_page(),
        f"{FOLDER}/api.md": api_page(),
        api_changes.SNAPSHOT: api_snapshot(),
        f"{FOLDER}/guards.md": guard_page(found),
        f"{FOLDER}/refusals.md": refusal_page(),
        f"{FOLDER}/workflows.md": workflows.workflow_page(MADE, table),
        f"{FOLDER}/roster-faults.md": fault_page(
            "Faults of a roster · 花名册的问题代码",
            closed,
            {
                "Faults: the row is not brought in · 要改才能入库": ROSTER_FAULTS,
                "Warnings: the row is in · 已入库，请留意": ROSTER_WARNINGS,
            },
        ),
        f"{FOLDER}/union-faults.md": fault_page(
            "Faults of a list of unions · 工会名单的问题代码", closed, {"Faults · 要改才能入库": UNION_FAULTS}
        ),
    }


def drift(made: Mapping[str, str], written: Mapping[str, str]) -> Iterator[Fault]:
    """Pages that say something else than the code."""
    for path, text in made.items():
        there = written.get(path, "").splitlines()
        for number, line in enumerate(text.splitlines(), start=1):
            if number > len(there) or there[number - 1] != line:
                yield Fault(
                    path, number, "behind the code", "operators rely on it.", "`script/checks/75-reference --write`."
                )
                break


def main(arguments: list[str]) -> int:
    """Compare the pages with the code, or make them anew."""
    found = guards.gathered(sources(".py"))
    with translation.override("zh-hans"):
        made = pages(found)
    breaks = untold(made)
    if breaks:
        return conclude("reference", breaks, "")
    if "--write" in arguments:
        for path, text in made.items():
            (ROOT / path).write_text(text, "utf-8")
        return 0
    written = {path: (ROOT / path).read_text("utf-8") for path in made if (ROOT / path).exists()}
    faults = (*drift(made, written), *guards.unproved(found))
    return conclude("reference", faults, f"{len(made)} pages say what the code does, {len(found)} guards have controls")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
