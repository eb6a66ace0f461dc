"""Static files, copied to where they are served from."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from niangjia.config.serving.stamps import changed


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
