"""The `niangjia` command: collects the commands of all slices, starts the database for those that need it, runs one."""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from importlib import import_module

import django
from django.apps import apps
from django.db import OperationalError, connections
from django.utils.module_loading import import_string, module_has_submodule

from niangjia.config.database import point_to
from niangjia.config.environment import NotReady
from niangjia.config.postgres import ensure_server
from niangjia.kernel.acting import OPERATOR, acting_as
from niangjia.kernel.commands import REFUSED, Command, Outcome, Refused
from niangjia.kernel.sealed import KeysMissing

SETTINGS = "niangjia.config.settings"
OWN_COMMANDS = "niangjia.config.commands"
# Named, not imported: its models can be loaded only after `django.setup()`.
KEYS_FIT = "niangjia.kernel.journal.queries.refuse_other_keys"
INTERRUPTED = 130
# What the program writes (uploads, logs, keys) is for its own user alone.
PRIVATE = 0o077


def main(words: Sequence[str] | None = None) -> int:
    """Run `niangjia WORDS`; the answer is the exit code: 0 done, 1 refused, 2 usage."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.umask(PRIVATE)
    given = list(sys.argv[1:] if words is None else words)
    wants_json = "--json" in given
    try:
        outcome = _run(given)
    except Refused as refused:
        return _refuse(refused, as_json=wants_json)
    except (NotReady, KeysMissing) as reason:
        return _refuse(Refused("not_ready", str(reason)), as_json=wants_json)
    except OperationalError as error:
        return _refuse(Refused("database_unavailable", _database_sentence(error)), as_json=wants_json)
    except KeyboardInterrupt:
        return INTERRUPTED
    _print(outcome, as_json=wants_json)
    return outcome.exit_code


def _run(words: Sequence[str]) -> Outcome:
    django.setup()
    try:
        commands = collect()
        arguments = _parser(commands.values()).parse_args(words)
        command = commands[arguments.command]
        if command.database == "app":
            point_to(ensure_server())
            import_string(KEYS_FIT)()
            with acting_as(OPERATOR):
                return command.run(arguments)
        return command.run(arguments)
    finally:
        connections.close_all()


def collect() -> dict[str, Command]:
    """All commands by name: the front's own, and `COMMANDS` of every slice that has a room `commands`."""
    slices = [config for config in apps.get_app_configs() if config.name.startswith("niangjia.")]
    rooms = [f"{each.name}.commands" for each in slices if module_has_submodule(each.module, "commands")]
    found: dict[str, Command] = {}
    for name in (OWN_COMMANDS, *rooms):
        for command in import_module(name).COMMANDS:
            if command.name in found:
                message = f"two commands are called {command.name}"
                raise ValueError(message)
            found[command.name] = command
    return found


def _parser(commands: Iterable[Command]) -> ArgumentParser:
    parser = ArgumentParser(prog="niangjia", description="Niangjia 娘家")
    choices = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in sorted(commands, key=lambda each: each.name):
        words = str(command.help)
        one = choices.add_parser(command.name, help=words, description=words)
        command.arguments(one)
        if command.name != "manage":
            one.add_argument("--json", action="store_true", help="one JSON object on stdout, words on stderr")
    return parser


def _print(outcome: Outcome, *, as_json: bool) -> None:
    if as_json and outcome.pieces is not None:
        sys.stdout.writelines(outcome.pieces)
    elif as_json:
        json.dump(outcome.body, sys.stdout, ensure_ascii=False, default=str)
        sys.stdout.write("\n")
    elif outcome.words:
        sys.stdout.write(f"{outcome.words}\n")


def _refuse(refused: Refused, *, as_json: bool) -> int:
    for refusal in refused.refusals:
        where = f"{refusal.path}: " if refusal.path else ""
        sys.stderr.write(f"{where}{refusal.reason}\n")
    if as_json:
        _print(Outcome(refused.as_json()), as_json=True)
    return REFUSED


def _database_sentence(error: OperationalError) -> str:
    first = str(error).strip().splitlines()[0] if str(error).strip() else "no answer"
    return (
        f"The database does not answer ({first}): try again, or look at `niangjia database-url`.\n"
        f"数据库没有响应（{first}）：请稍后再试，或用 niangjia database-url 查看地址。"
    )
