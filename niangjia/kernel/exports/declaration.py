"""What may be exported and how: sources, their columns, which of them are sensitive, and templates of other columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.exports.rules import Grade

Words = str | Promise
Asked = Mapping[str, str]


@dataclass(frozen=True)
class Secret:
    """What a column hides (敏感内容): masked unless two people agreed that it is written out.

    `field` is its name on requests and looks, `clear` reads it whole, `subject` is the person a look is told to.
    """

    field: str
    title: Words
    grade: Grade
    clear: Callable[[Any], str]
    subject: Callable[[Any], int]


@dataclass(frozen=True)
class ExportColumn:
    """A column of the file: its title, what it shows of a row, and what it hides."""

    title: Words
    value: Callable[[Any], Any]
    kind: str = "text"
    secret: Secret | None = None

    def title_of(self, in_clear: frozenset[str]) -> Words:
        """The title; a value written out goes by its own name."""
        return self.secret.title if self.secret and self.secret.field in in_clear else self.title

    def of(self, row: Any, in_clear: frozenset[str]) -> Any:
        """What stands in the cell."""
        is_clear = self.secret is not None and self.secret.field in in_clear
        return self.secret.clear(row) if is_clear and self.secret else self.value(row)


@dataclass(frozen=True)
class Template:
    """Fixed columns that somebody else asks for (模板); `prepare` adds to the rows what these columns need."""

    code: str
    title: Words
    columns: tuple[ExportColumn, ...]
    prepare: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows


def no_templates(_on: date, _city: str) -> tuple[Template, ...]:
    """For lists whose columns nobody else fixes."""
    return ()


@dataclass(frozen=True)
class Source:
    """Something that can be exported (导出来源): rows as one actor may see them, narrowed as asked, in order.

    `kept` is what of an asking has an effect; what has none any more is no longer the same list.
    """

    name: str
    title: Words
    move: Move
    columns: tuple[ExportColumn, ...]
    matching: Callable[[Actor, Asked], QuerySet[Any]]
    kept: Callable[[Actor, Asked], dict[str, str]]
    said: Callable[[Actor, Asked], list[tuple[Words, Words]]]
    counted: Callable[[int], Words]
    address: Callable[[Asked], str]
    templates: Callable[[date, str], tuple[Template, ...]] = no_templates

    def shape(self, template: str, *, on: date, city: str) -> Template:
        """A template in force on a day in a city, or the list's own columns; `LookupError` where there is none."""
        if not template:
            return Template("", self.title, self.columns)
        found = [each for each in self.templates(on, city) if each.code == template]
        if not found:
            message = f"{self.name} has no template {template}"
            raise LookupError(message)
        return found[0]


def secrets_of(columns: tuple[ExportColumn, ...]) -> dict[str, Secret]:
    """The sensitive fields among the columns, by name."""
    return {column.secret.field: column.secret for column in columns if column.secret is not None}


def source_named(name: str) -> Source | None:
    """The source of this name, as wired in `NIANGJIA_EXPORT_SOURCES`; None where there is none."""
    found: Source | None = import_string(settings.NIANGJIA_EXPORT_SOURCES)(name)
    return found
