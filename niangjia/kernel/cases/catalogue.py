"""Every workflow that is wired, in all its versions: a running case stays on the one it was opened under."""

from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.kernel.cases.rules import Workflow


def flows() -> tuple[Workflow, ...]:
    """All workflows in all versions (`NIANGJIA_WORKFLOWS`)."""
    return _flows(tuple(settings.NIANGJIA_WORKFLOWS))


def flow_of(kind: str, version: int) -> Workflow:
    """The table a case goes by; `KeyError` where it is not wired any more."""
    return _by_name(tuple(settings.NIANGJIA_WORKFLOWS))[kind, version]


def newest(kind: str) -> Workflow:
    """The table under which a case of this kind is opened today."""
    return max((flow for flow in flows() if flow.kind == kind), key=lambda flow: flow.version)


@cache
def _flows(paths: tuple[str, ...]) -> tuple[Workflow, ...]:
    return tuple(flow for path in paths for flow in _found(path))


@cache
def _by_name(paths: tuple[str, ...]) -> dict[tuple[str, int], Workflow]:
    found = {(flow.kind, flow.version): flow for flow in _flows(paths)}
    if len(found) != len(_flows(paths)):
        message = "a workflow is wired twice in one version"
        raise ValueError(message)
    return found


def _found(path: str) -> Iterator[Workflow]:
    """A path leads to one table, or to several in a tuple."""
    found: Workflow | tuple[Workflow, ...] = import_string(path)
    yield from ((found,) if isinstance(found, Workflow) else found)
