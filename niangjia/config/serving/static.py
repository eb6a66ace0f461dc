"""Static files, copied to where they are served from."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]  # the library has no types

from niangjia.config.serving.stamps import changed


class KnownAddresses(CompressedManifestStaticFilesStorage):
    """Files named by their content, each address worked out once: a page has some twenty, a list one for each row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._addresses: dict[str, str] = {}
        super().__init__(*args, **kwargs)

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002 - as Django has it
        """Where a file is served from."""
        if name is None or force:
            return str(super().url(name, force))
        if name not in self._addresses:
            self._addresses[name] = str(super().url(name, force))
        return self._addresses[name]

    def save_manifest(self) -> None:
        """Names were made anew; addresses are, too."""
        super().save_manifest()
        self._addresses.clear()


def collect_static() -> None:
    """Copy, name by content and compress static files, only when one of them changed since last time."""
    with changed(Path(settings.STATIC_ROOT) / ".stamp", *sorted(_sources())) as is_changed:
        if is_changed:
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def _sources() -> list[str]:
    found = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            found.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
    return found
