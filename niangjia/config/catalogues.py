"""Translations: turns every locale/*/LC_MESSAGES/django.po into the .mo that is read at run time, without GNU tools."""

import ast
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from niangjia.config.environment import CHECKOUT

MAGIC = 0x950412DE
HEADER_BYTES = 28
CONTEXT_MARK = "\x04"
PLURAL_MARK = "\x00"


@dataclass
class Entry:
    """One entry of a catalogue as it stands in the file."""

    fuzzy: bool = False
    parts: dict[str, str] = field(default_factory=dict)

    def message(self) -> tuple[str, str] | None:
        """Key and translation as the .mo has them; None where there is no finished translation."""
        if self.fuzzy or "msgid" not in self.parts:
            return None
        key = self.parts["msgid"]
        if "msgctxt" in self.parts:
            key = self.parts["msgctxt"] + CONTEXT_MARK + key
        forms = [text for name, text in sorted(self.parts.items()) if name.startswith("msgstr")]
        if "msgid_plural" in self.parts:
            key += PLURAL_MARK + self.parts["msgid_plural"]
        return (key, PLURAL_MARK.join(forms)) if all(forms) else None


def entries(text: str) -> Iterator[Entry]:
    """The entries of a .po file in their order."""
    entry, current = Entry(), ""
    for line in [*text.splitlines(), ""]:
        words = line.strip()
        if not words:
            if entry.parts:
                yield entry
            entry, current = Entry(), ""
        elif words.startswith("#,"):
            entry.fuzzy = "fuzzy" in words
        elif words.startswith('"'):
            entry.parts[current] += ast.literal_eval(words)
        elif not words.startswith("#"):
            current, _, quoted = words.partition(" ")
            entry.parts[current] = ast.literal_eval(quoted.strip())


def compiled(text: str) -> bytes:
    """The bytes of the .mo: a sorted table of keys, a table of translations, then the strings."""
    messages = sorted(
        (key.encode(), value.encode()) for key, value in filter(None, (entry.message() for entry in entries(text)))
    )
    count = len(messages)
    keys_at = HEADER_BYTES
    values_at = keys_at + 8 * count
    at = values_at + 8 * count
    tables: list[bytes] = []
    strings = b""
    for column in (0, 1):
        for message in messages:
            tables.append(struct.pack("<II", len(message[column]), at + len(strings)))
            strings += message[column] + b"\0"
    head = struct.pack("<7I", MAGIC, 0, count, keys_at, values_at, 0, at)
    return head + b"".join(tables) + strings


def compile_all(root: Path) -> list[Path]:
    """Compile every catalogue below a folder that is newer than its .mo; the files written."""
    written = []
    for source in sorted(root.glob("**/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        draft = target.with_suffix(".mo.new")
        draft.write_bytes(compiled(source.read_text(encoding="utf-8")))
        draft.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    try:
        compile_all(CHECKOUT / "niangjia")
    except (SyntaxError, KeyError, ValueError) as error:
        sys.exit(f"a translation file cannot be read: {error}")
