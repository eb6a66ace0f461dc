"""Checks that are other people's programs: ruff, mypy, import-linter, djlint."""

import subprocess
import sys
from pathlib import Path

from checking.tree import ROOT

PROGRAMS = Path(sys.executable).parent

# name → commands, words when green, what to do when red
CHECKS: dict[str, tuple[tuple[tuple[str, ...], ...], str, str]] = {
    "ruff": (
        (
            ("ruff", "check", "--quiet", "--output-format=concise"),
            ("ruff", "format", "--check", "--quiet", "--output-format=concise"),
        ),
        "style and layout as agreed",
        "`.venv/bin/ruff check --fix && .venv/bin/ruff format`, then mend the rest by hand; `ruff rule CODE` explains.",
    ),
    "types": (
        (("mypy", "--no-error-summary", "--hide-error-context"),),
        "types hold, strictly",
        "give the value the type it has; `# type: ignore[code]` only with a reason after it.",
    ),
    # Left out in .djlintrc: sizes written on pictures (classes have them), line breaks after headings, the case of form
    # methods, description and keywords (no page is for search engines), attributes twice in two branches of an if
    # (H037), a type on each button (the only button of a form sends it), a page that reloads itself (progress without script).
    "pages": (
        (
            (
                "djlint",
                "niangjia",
                "--lint",
                "--quiet",
                "--linter-output-format={filename}:{line}: {code} {message} {match}",
            ),
        ),
        "pages are whole HTML",
        "mend the tag; a rule that does not fit goes into .djlintrc with its reason here.",
    ),
    "imports": (
        (("lint-imports", "--no-logo"),),
        "the import law is kept",
        "move the code to the storey or room it belongs to; there is no list of exceptions.",
    ),
}


def run(name: str) -> int:
    """Run one of the programs; its own words are shown only when it finds something."""
    commands, green, remedy = CHECKS[name]
    failed = False
    for command in commands:
        program = [str(PROGRAMS / command[0]), *command[1:]]
        done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            failed = True
            print((done.stdout + done.stderr).strip())
    if failed:
        print(f"{name}: next: {remedy}", file=sys.stderr)
        return 1
    print(f"{name}: {green}")
    return 0


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1]))
