"""Gunicorn's settings: two processes with four threads each, which suits two cores and many short pages."""

from typing import Any

from prometheus_client.multiprocess import mark_process_dead

from niangjia.config.environment import environment
from niangjia.config.serving.children import end_with_parent

_here = environment()

bind = f"[{_here.host}]:{_here.port}" if ":" in _here.host else f"{_here.host}:{_here.port}"
worker_class = "gthread"
workers = 2
threads = 4
timeout = 60
graceful_timeout = 10
keepalive = 5
# loaded once and then shared by the processes: half the work at the start, half the memory
preload_app = True
control_socket_disable = True
proc_name = "niangjia"


def on_starting(_server: Any) -> None:
    """Gunicorn's first hook: from here on it ends with the supervisor."""
    end_with_parent()


def child_exit(_server: Any, worker: Any) -> None:
    """A worker has ended: its counts stay in the sum."""
    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # the library has no types
