"""What must never be in the tree: secrets, machine paths, registry addresses, numbers of living people."""

import re
from collections.abc import Iterator

from checking.report import Fault
from checking.tree import Source

# The patterns are written so that they do not find themselves.
SECRETS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a cloud access key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "an access token": re.compile(r"\b(?:gh[pousr]_[0-9A-Za-z]{36}|xox[abprs]-[0-9A-Za-z-]{10,}|glpat-[\w-]{20})"),
    "a password in an address": re.compile(r"\b[a-z][a-z0-9+]*://[^\s/:@{}<>$\"']+:[^\s/:@{}<>$\"'…*]{3,}@"),
}
MACHINE = re.compile(r"(?<![\w.~-])/(?:wor[k]|roo[t]|hom[e]/\w+|User[s]/\w+|tmp/n[j])/[\w.-]")
REGISTRY = re.compile(
    r"index-ur[l]\s*[=:]?\s*http|registr[y]\s*=\s*http|\"resolve[d]\":\s*\"http"
    r"|https?://[\w.-]*(?:pyp[i]|npmj[s]|mirror[s]?|artifactor[y]|nexu[s]|npmmirro[r])[\w.-]*(?:/|\b)",
    re.IGNORECASE,
)
IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{9}[0-9Xx](?![0-9A-Za-z])")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# No region has ever had these beginnings, so a number that starts with one belongs to nobody: the demo county's
# prefix, and beginnings whose province does not exist.
NOBODY = re.compile(r"^(?:3499|[08-9]|[1-6]0|1[6-9]|2[4-9]|3[8-9]|4[7-9]|5[5-9]|6[6-9]|7[02-9])")
# The specimen printed in the standard GB 11643-1999 itself.
SPECIMENS = {"11010519491231002X", "440524188001010014"}


def leaks(source: Source) -> Iterator[Fault]:
    """Everything in one file that must not leave the machine it was written on."""
    for number, line in enumerate(source.lines, start=1):
        for what, why, remedy in _of_line(line):
            yield Fault(source.path, number, what, why, remedy)


def _of_line(line: str) -> Iterator[tuple[str, str, str]]:
    for what, pattern in SECRETS.items():
        if pattern.search(line):
            yield what, "whoever reads the tree has it.", "take it out, and change it where it is in use."
    if MACHINE.search(line):
        yield "a path of one machine", "it exists nowhere else.", "start from the file's own place or from a setting."
    if REGISTRY.search(line):
        yield "an address of a registry", "other networks have another.", "leave it to the installer's own settings."
    for found in IDENTITY.finditer(line):
        if is_somebodys(found[0]):
            yield (
                f"an ID number {found[0][:6]}…",
                "it may belong to a living person.",
                "use a prefix that was never a region, such as 349921.",
            )


def is_somebodys(number: str) -> bool:
    """Whether a person may really have this ID number: check character right, day exists, province exists."""
    number = number.upper()
    if NOBODY.match(number) or number in SPECIMENS:
        return False
    month, day = int(number[10:12]), int(number[12:14])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17]
