import json
import re

import pytest

from niangjia.config import command
from niangjia.kernel.commands import Command, Outcome, Refusal, Refused


def _refuse(_arguments):
    raise Refused("union_unknown", "没有这个工会。", "unions[3].code", more=(Refusal("empty", "文件是空的。"),))


PRETEND = {
    "done": Command("done", "does", lambda _arguments: Outcome({"created": 2}, words="建立 2 行。"), database="none"),
    "found": Command("found", "finds", lambda _arguments: Outcome({"violations": [1]}, exit_code=1), database="none"),
    "refuse": Command("refuse", "refuses", _refuse, database="none"),
}


@pytest.fixture
def pretend(monkeypatch):
    monkeypatch.setattr(command, "collect", lambda: PRETEND)


def test_with_json_one_object_stands_alone_on_stdout(pretend, capsys):
    assert command.main(["done", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"created": 2}


def test_without_json_a_person_reads_words(pretend, capsys):
    assert command.main(["done"]) == 0
    assert capsys.readouterr().out == "建立 2 行。\n"


def test_violations_found_end_with_one(pretend):
    assert command.main(["found", "--json"]) == 1


def test_a_refusal_names_path_code_and_reason_and_ends_with_one(pretend, capsys):
    assert command.main(["refuse", "--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out) == {
        "refused": [
            {"path": "unions[3].code", "code": "union_unknown", "reason": "没有这个工会。"},
            {"path": "", "code": "empty", "reason": "文件是空的。"},
        ]
    }
    assert said.err == "unions[3].code: 没有这个工会。\n文件是空的。\n"


@pytest.mark.parametrize("words", [[], ["nonsense"], ["done", "--nonsense"]])
def test_wrong_usage_ends_with_two(pretend, words, capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(words)
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


def test_every_command_has_a_name_and_help_fit_to_print():
    for name, each in command.collect().items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
        assert str(each.help).strip()


def test_operators_find_the_commands_that_are_promised():
    promised = {"init", "stop", "database-url", "manage", "serve", "demo-accounts", "seed", "unions", "import-unions"}
    assert promised | {"import-members", "undo-import", "verify-journal"} <= set(command.collect())
