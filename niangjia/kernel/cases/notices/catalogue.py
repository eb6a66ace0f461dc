"""Every kind of public notice that is wired."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.kernel.cases.notices.rules import NoticeKind


def kind_of(key: str) -> NoticeKind:
    """The kind of this name; `KeyError` where it is not wired."""
    return _kinds(tuple(settings.NIANGJIA_NOTICE_KINDS))[key]


def kinds() -> tuple[NoticeKind, ...]:
    """All kinds (`NIANGJIA_NOTICE_KINDS`), in the order of the wiring."""
    return tuple(_kinds(tuple(settings.NIANGJIA_NOTICE_KINDS)).values())


@cache
def _kinds(paths: tuple[str, ...]) -> dict[str, NoticeKind]:
    """A path leads to one kind, or to several in a tuple."""
    found = [import_string(path) for path in paths]
    listed = [kind for each in found for kind in ((each,) if isinstance(each, NoticeKind) else each)]
    return {kind.key: kind for kind in listed}
