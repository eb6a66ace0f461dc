"""Words: every Chinese source string has its English, with the same blanks to fill, and none is left over.

`--write` gathers what the product says into the catalogue and keeps what is translated.
"""

import re
import sys
from collections.abc import Iterable, Iterator

from checking import catalogue, spoken
from checking.catalogue import Entry, Key
from checking.report import Fault, conclude
from checking.tree import ROOT, Source

CATALOGUE = "niangjia/locale/en/LC_MESSAGES/django.po"
BLANKS = re.compile(r"%\((\w+)\)[sdf]|(?<!%)%[sdf]|\{(\w*)(?:![rsa])?(?::[^}]*)?\}")
CHINESE = re.compile(r"[\u3001\u3002\u3400-\u9fff\uff01\uff0c\uff1a\uff1b\uff1f]")
WRITE = "`script/checks/60-words --write`, then write the English in " + CATALOGUE + "."
HEADER = Entry(
    "",
    translations=[
        (
            "Project-Id-Version: Niangjia\nLanguage: en\nMIME-Version: 1.0\n"
            "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
            "Plural-Forms: nplurals=2; plural=(n != 1);\n"
        )
    ],
    notes=["# English words of Niangjia. Gathered by script/checks/60-words --write; the English is written by hand."],
)


def gather(files: Iterable[Source]) -> dict[Key, Entry]:
    """Everything said, once, with all the files that say it."""
    said: dict[Key, Entry] = {}
    for source in files:
        for entry in spoken.spoken(source):
            known = said.setdefault(entry.key, entry)
            known.plural = known.plural or entry.plural
            if source.path not in known.places:
                known.places.append(source.path)
    return said


def blanks(text: str) -> list[str]:
    """The blanks that a sentence leaves to fill, in a form that does not depend on their order."""
    return sorted(found[0] for found in BLANKS.finditer(text))


def judge(said: dict[Key, Entry], translated: dict[Key, Entry]) -> Iterator[Fault]:
    """What is said and not translated, badly translated, or translated and no longer said."""
    for key, entry in said.items():
        place = entry.places[0]
        if key not in translated:
            yield Fault(place, entry.line, f"「{entry.text[:30]}」", "it has no English.", WRITE)
        else:
            yield from _of_translation(entry, translated[key])
    for key, entry in translated.items():
        if key not in said and key != catalogue.HEAD:
            yield Fault(CATALOGUE, entry.line, f"「{entry.text[:30]}」", "nobody says it any more.", WRITE)


def _of_translation(said: Entry, entry: Entry) -> Iterator[Fault]:
    name = f"「{entry.text[:30]}」"
    if not entry.translations or not all(entry.translations):
        yield Fault(CATALOGUE, entry.line, name, "it has no English.", "write it.")
        return
    if entry.fuzzy:
        yield Fault(
            CATALOGUE, entry.line, name, "its English is a guess (fuzzy).", "read it, mend it, take the mark off."
        )
    wanted = blanks(said.text)
    allowed = [wanted, blanks(said.plural)] if said.plural else [wanted]
    for translation in entry.translations:
        if blanks(translation) not in allowed:
            yield Fault(CATALOGUE, entry.line, name, f"the blanks differ: {wanted}.", "use the same ones.")
        if CHINESE.search(translation) and not said.context.startswith("as written"):
            yield Fault(CATALOGUE, entry.line, name, "its English is Chinese in part.", "say it in English.")
    if bool(said.plural) != bool(entry.plural):
        yield Fault(CATALOGUE, entry.line, name, "singular and plural differ from the source.", WRITE)


def merged(said: dict[Key, Entry], translated: dict[Key, Entry]) -> list[Entry]:
    """The catalogue as it should be: what is said, in the order of files, with the English there is."""
    entries = [translated.get(catalogue.HEAD, HEADER)]
    for key, entry in sorted(said.items(), key=lambda item: (item[1].places[0], item[1].line, item[0])):
        known = translated.get(key)
        entry.translations = known.translations if known and bool(known.plural) == bool(entry.plural) else []
        entry.notes = known.notes if known else []
        entry.fuzzy = known.fuzzy if known else False
        entry.places = sorted(entry.places)
        entries.append(entry)
    return entries


def bare(files: Iterable[Source]) -> Iterator[Fault]:
    """Chinese that speaks to people and cannot be translated."""
    for source in files:
        for line, text in spoken.forgotten(source):
            yield Fault(
                source.path,
                line,
                f"bare Chinese 「{text[:30]}」",
                "an English reader would meet it.",
                "wrap it in _().",
            )


def main(arguments: list[str]) -> int:
    """Judge the catalogue, or write it anew."""
    path = ROOT / CATALOGUE
    entries = catalogue.read(path.read_text("utf-8")) if path.exists() else []
    translated = {entry.key: entry for entry in entries}
    files = spoken.product()
    said = gather(files)
    if "--write" in arguments:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(catalogue.write(merged(said, translated)), "utf-8")
        missing = sum(1 for entry in said.values() if not all(entry.translations or [""]))
        print(f"words: {len(said)} gathered, {missing} without English")
        return 0
    return conclude(
        "words", [*judge(said, translated), *bare(files)], f"{len(said)} source strings, all in English too"
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
