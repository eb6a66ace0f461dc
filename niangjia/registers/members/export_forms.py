"""Forms that the union above asks for (上报模板): fixed columns in files, each with its days and its region.

The files of the program lie in `export_templates`; what a region asks for otherwise lies in `export-templates` of the data
folder, and there the same code wins. A file that makes no sense is refused by name, so that nobody reports with half a form.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from niangjia.kernel.exports.declaration import ExportColumn, Template
from niangjia.registers.members.export_columns import READINGS, Reading, with_form_facts

OWN_FOLDER = Path(__file__).parent / "export_templates"
REGIONAL_FOLDER = "export-templates"


class BadForm(ValueError):
    """A file of a form cannot be used; the words name the file and what is wrong in it."""


@dataclass(frozen=True)
class Form:
    """A form in force (模板文件): its code, from which day to which, for which region's digits."""

    template: Template
    region: str
    valid_from: date
    valid_to: date | None

    def holds(self, on: date, city: str) -> bool:
        """Whether the form is asked for on a day in a city."""
        return city.startswith(self.region) and self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def templates(on: date, city: str) -> tuple[Template, ...]:
    """The forms in force on a day in a city; of one code the nearest region's, then the latest."""
    found: dict[str, Form] = {}
    for form in sorted(_forms(), key=lambda each: (len(each.region), each.valid_from)):
        if form.holds(on, city):
            found[form.template.code] = form
    return tuple(form.template for form in found.values())


def _forms() -> list[Form]:
    folders = (OWN_FOLDER, Path(settings.NIANGJIA_DATA) / REGIONAL_FOLDER)
    return [
        _read(path, path.stat().st_mtime_ns)
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.glob("*.json"))
    ]


@cache
def _read(path: Path, _changed_ns: int) -> Form:
    """One file as a form; read again only when it was changed."""
    try:
        body = json.loads(path.read_text("utf-8"))
        return form_of(body)
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path.name}: {error}"
        raise BadForm(message) from error


def form_of(body: Mapping[str, Any]) -> Form:
    """A form from what its file says; `KeyError`, `ValueError` where that makes no sense."""
    region = body.get("region", "")
    if not (region == "" or region.isdigit()):
        raise ValueError(f"region: {region!r} is no digits of a region")
    columns = tuple(_columns(body["columns"]))
    template = Template(body["code"], body["title"], columns, with_form_facts)
    last = body.get("valid_to", "")
    return Form(template, region, date.fromisoformat(body["valid_from"]), date.fromisoformat(last) if last else None)


def _columns(described: Iterable[Mapping[str, Any]]) -> Iterable[ExportColumn]:
    seen: set[str] = set()
    for number, column in enumerate(described):
        header, field = column["header"], column["field"]
        if field not in READINGS:
            raise ValueError(f"columns[{number}].field: {field!r} is none of {', '.join(READINGS)}")
        if not header or header in seen:
            raise ValueError(f"columns[{number}].header: {header!r} is empty, or stands twice")
        seen.add(header)
        yield _column(header, READINGS[field], column)
    if not seen:
        raise ValueError("columns: a form without columns")


def _column(header: str, reading: Reading, column: Mapping[str, Any]) -> ExportColumn:
    words: Mapping[str, str] = column.get("words", {})
    layout = column.get("format", "")

    def written(value: Any) -> Any:
        if layout and isinstance(value, date):
            return value.strftime(layout)
        return words.get(value, value) if isinstance(value, str) else value

    secret = reading.secret
    if secret is not None:
        clear = secret.clear
        secret = type(secret)(secret.field, header, secret.grade, lambda row: written(clear(row)), secret.subject)
    return ExportColumn(header, lambda row: written(reading.value(row)), reading.kind, secret)
