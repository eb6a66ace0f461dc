"""Libraries: none with a known weakness, none whose licence does not fit MulanPSL-2.0."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from checking.report import Fault, conclude
from checking.tree import ROOT

# What the product is linked with: at once, and when many records are compared for the first time.
LOCKS = ("requirements.lock", "requirements-analysis.lock")
SECONDS = 40
# Licences whose code may be linked into ours and given on.
FITS = re.compile(
    r"\b(?:MIT|MIT-0|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Lesser General Public"
    r"|Zlib|Unlicense|Public Domain|HPND|Mulan|CC0|PostgreSQL)",
    re.IGNORECASE,
)
Answer = dict[str, list[dict[str, object]]]
AGPL = re.compile(r"\bAGPL|Affero", re.IGNORECASE)
GPL = re.compile(r"(?<![AL])GPL|(?<!Lesser )(?<!Affero )General Public License", re.IGNORECASE)


def wanted(lock: str) -> set[str]:
    """Names of the libraries the product is linked with, from its lock."""
    return {normal(found) for found in re.findall(r"^([A-Za-z0-9][\w.-]*)==", lock, re.MULTILINE)}


def normal(name: str) -> str:
    """A library's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(library: Distribution) -> str:
    """What a library says about its licence."""
    about = library.metadata
    said = about.get_all("License-Expression") or []
    said += [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    said += [words.split("\n")[0][:80] for words in about.get_all("License") or []]
    return "; ".join(filter(None, said))


def verdict(words: str, *, linked: bool) -> str:
    """Why a licence does not fit; empty when it does. A tool of the developers runs as a process of its own."""
    if AGPL.search(words):
        return "no AGPL library is linked or used here."
    if not linked:
        return ""
    if FITS.search(words):
        return ""
    if GPL.search(words):
        return "GPL code may run beside ours, not inside it."
    return "its licence is not on the list."


def licences() -> Iterator[Fault]:
    """Installed libraries whose licence does not fit; and libraries of a lock that are not here to be judged."""
    linked = {name: lock for lock in reversed(LOCKS) for name in wanted((ROOT / lock).read_text("utf-8"))}
    here = {normal(library.metadata["Name"]): library for library in distributions()}
    for name, library in here.items():
        words = licence(library)
        why = verdict(words, linked=name in linked)
        if why and name != "niangjia":
            yield Fault(
                linked.get(name, LOCKS[0]), 1, f"{name} ({words or 'says nothing'})", why, "choose another library."
            )
    for name in sorted(_analysis() - set(here)):
        yield Fault(
            LOCKS[1], 1, name, "it is not installed, so its licence is not judged.", "run `script/setup --tests`."
        )


def _analysis() -> set[str]:
    """The libraries of bulk analysis: a lock of its own, installed when they are first needed."""
    return wanted((ROOT / LOCKS[1]).read_text("utf-8"))


def known_weaknesses() -> tuple[list[Fault], str]:
    """Weaknesses published for the locked versions, and a word when the service could not be asked."""
    answers = {lock: _asked(lock) for lock in LOCKS}
    if None in answers.values():
        return [], "the advisory service could not be reached, weaknesses not judged"
    found = {lock: answer for lock, answer in answers.items() if answer is not None}
    faults = [fault for lock, answer in found.items() for fault in _weaknesses(answer, lock)]
    return faults, judged({"dependencies": [each for answer in found.values() for each in answer["dependencies"]]})


def _asked(lock: str) -> Answer | None:
    """What the advisory service says of one lock; None where it does not answer."""
    program = [
        str(Path(sys.executable).parent / "pip-audit"),
        "--requirement",
        lock,
        "--disable-pip",
        "--require-hashes",
    ]
    program += ["--format", "json", "--progress-spinner", "off", "--timeout", "8"]
    try:
        done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS)
        answer: Answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None
    return answer


def judged(answer: Answer) -> str:
    """In words, how many libraries the advisory service really knew: a mirror may know none."""
    libraries = answer["dependencies"]
    unknown = sum(1 for library in libraries if "skip_reason" in library)
    if unknown == len(libraries):
        return "the advisory service here knows none of them, weaknesses not judged"
    return "no known weakness" + (f" ({unknown} of {len(libraries)} not judged)" if unknown else "")


def _weaknesses(answer: Answer, lock: str) -> Iterator[Fault]:
    for library in answer["dependencies"]:
        found = library.get("vulns")
        for weakness in found if isinstance(found, list) else []:
            fixed = ", ".join(weakness.get("fix_versions") or []) or "no release yet"
            yield Fault(
                lock,
                1,
                f"{library['name']} {library.get('version')}: {weakness['id']}",
                "the weakness is published.",
                f"lock a version that mends it: {fixed}.",
            )


def main() -> int:
    """Judge licences always, weaknesses when somebody can be asked."""
    weaknesses, words = known_weaknesses()
    return conclude("audit", [*licences(), *weaknesses], f"licences fit; {words}")


if __name__ == "__main__":
    raise SystemExit(main())
