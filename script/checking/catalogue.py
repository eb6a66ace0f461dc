"""A catalogue of words (gettext), read and written without any program of the system.

`niangjia.config.catalogues` compiles it; this side also keeps places, remarks and the order for people.
"""

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

Key = tuple[str, str]
HEAD: Key = ("", "")
KEYWORD = re.compile(r"^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+(\".*\")$")


@dataclass
class Entry:
    """One source string, its translation(s), and where it is said."""

    text: str
    context: str = ""
    plural: str = ""
    translations: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fuzzy: bool = False
    line: int = 1

    @property
    def key(self) -> Key:
        """What makes it one string: the context and the words."""
        return (self.context, self.text)


def read(text: str) -> list[Entry]:
    """Entries of a catalogue in the order of the file; retired ones (#~) are passed over."""
    entries: list[Entry] = []
    for number, block in _blocks(text):
        entry = _entry(number, block)
        if entry is not None:
            entries.append(entry)
    return entries


def _blocks(text: str) -> Iterable[tuple[int, list[str]]]:
    block: list[str] = []
    start = 1
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.strip():
            if not block:
                start = number
            block.append(line.strip())
        elif block:
            yield start, block
            block = []


def _entry(number: int, block: list[str]) -> Entry | None:
    entry = Entry("", line=number)
    parts: dict[str, str] = {}
    current = ""
    for line in block:
        keyword = KEYWORD.match(line)
        if line.startswith("#"):
            _remark(entry, line)
        elif keyword:
            current = keyword[1]
            parts[current] = ast.literal_eval(keyword[2])
        elif current and line.startswith('"'):
            parts[current] += ast.literal_eval(line)
    if "msgid" not in parts:
        return None
    entry.text, entry.context = parts["msgid"], parts.get("msgctxt", "")
    entry.plural = parts.get("msgid_plural", "")
    entry.translations = [value for name, value in sorted(parts.items()) if name.startswith("msgstr")]
    return entry


def _remark(entry: Entry, line: str) -> None:
    if line.startswith("#:"):
        entry.places += line[2:].split()
    elif line.startswith("#,"):
        entry.fuzzy = entry.fuzzy or "fuzzy" in line
    elif not line.startswith("#~"):
        entry.notes.append(line)


def write(entries: Iterable[Entry]) -> str:
    """The text of a catalogue."""
    return "\n".join(_written(entry) for entry in entries)


def _written(entry: Entry) -> str:
    lines = [*entry.notes, *(f"#: {place}" for place in entry.places)]
    if entry.fuzzy:
        lines.append("#, fuzzy")
    if entry.context:
        lines.append(f"msgctxt {quoted(entry.context)}")
    lines.append(f"msgid {quoted(entry.text)}")
    if entry.plural:
        lines.append(f"msgid_plural {quoted(entry.plural)}")
        said = entry.translations or ["", ""]
        lines += [f"msgstr[{number}] {quoted(one)}" for number, one in enumerate(said)]
    else:
        lines.append(f"msgstr {quoted(entry.translations[0] if entry.translations else '')}")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A string as catalogues write it, one line of the text per line of the file."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\r", "\\r")
    parts = escaped.split("\n")
    if len(parts) == 1:
        return f'"{escaped}"'
    lines = [f'"{part}\\n"' for part in parts[:-1]] + ([f'"{parts[-1]}"'] if parts[-1] else [])
    return "\n".join(['""', *lines])
