"""A field for pictures and documents: several, taken with the camera or chosen, none lost when another field is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.widgets import Script
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.files.drafts import Handed
from niangjia.kernel.files.rules import MAX_BYTES, MEGABYTE, MOST_AT_ONCE, Kind

KILOBYTE = 1024


@dataclass(frozen=True)
class Given:
    """What a form says of its files: those that came with it, and the numbers of drafts that came before and stay."""

    files: "tuple[UploadedFile[bytes], ...]" = field(default=())
    kept: tuple[int, ...] = field(default=())


class FilesInput(forms.FileInput):
    """Choose files, or take a picture on a phone; what is held already is shown, and can be taken away."""

    template_name = "files/input.html"
    allow_multiple_selected = True
    needs_multipart_form = True

    class Media:
        css = {"all": ("files/files.css",)}
        js = (Script("files/files.js", defer=True),)

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"multiple": True, **(attrs or {})})
        self.handed = Handed()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Given:
        """Files under the name of the field, from the disk or from the camera; drafts that were not taken away."""
        dropped = set(_all(data, f"{name}-drop"))
        kept = [
            value
            for value in _all(data, f"{name}-kept")
            if value.isascii() and value.isdigit() and value not in dropped
        ]
        return Given(tuple(_all(files, name)), tuple(int(value) for value in kept if len(value) < 19))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Nothing handed in says nothing."""
        return name not in files and f"{name}-kept" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With what is held, and what was not taken."""
        context = super().get_context(name, None, attrs)
        held = [
            {"file": each, "is_picture": each.kind == Kind.PICTURE, "size": size_words(each.size_bytes)}
            for each in self.handed.held
        ]
        refused = [(title, _(reason.sentence).format(**reason.values)) for title, reason in self.handed.refused]
        limits = {"most": MOST_AT_ONCE, "megabytes": MAX_BYTES // MEGABYTE, "bytes": MAX_BYTES}
        return context | {"held": held, "refused": refused, "limits": limits}


class FilesField(forms.Field):
    """Pictures and documents; the view holds what came (`drafts.hold_all`) and tells the field by `show`."""

    widget = FilesInput

    def __init__(self, **more: Any) -> None:
        words = gettext_lazy("照片（JPG、PNG、WebP）或 PDF，一次最多 {most} 个，每个不超过 {megabytes} MB。加密保存。")
        more.setdefault("help_text", format_lazy(words, most=MOST_AT_ONCE, megabytes=MAX_BYTES // MEGABYTE))
        super().__init__(**more)

    def clean(self, value: Any) -> Given:
        """What was given; none where none is asked for."""
        given = value if isinstance(value, Given) else Given()
        if self.required and not given.files and not given.kept:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return given

    def show(self, handed: Handed) -> None:
        """Show what is held now, and what was not taken, beside the field."""
        shown: Any = self.widget
        shown.handed = handed


class SignatureInput(forms.FileInput):
    """A sheet to write one's name on with a finger; without scripts, a photo of a signature on paper."""

    template_name = "files/signature.html"
    needs_multipart_form = True
    refused = ""

    class Media:
        css = {"all": ("files/files.css",)}
        js = (Script("files/signature.js", defer=True),)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """A signature is never shown again to be signed with."""
        return super().get_context(name, None, attrs) | {"refused": self.refused}


class SignatureField(forms.FileField):
    """A signature (手写签名); the view holds it by `signatures.hold_signature`, which says whether anything was written."""

    widget = SignatureInput


def size_words(size_bytes: int) -> str:
    """A size as people say it."""
    if size_bytes < MEGABYTE:
        return f"{max(1, size_bytes // KILOBYTE)} KB"
    return f"{size_bytes / MEGABYTE:.1f} MB"


def _all(given: Mapping[str, Any] | None, name: str) -> list[Any]:
    """Every value of a name; plain mappings have one."""
    if given is None or name not in given:
        return []
    found = given.getlist(name) if hasattr(given, "getlist") else given[name]
    return list(found) if isinstance(found, (list, tuple)) else [found]
