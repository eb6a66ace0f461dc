"""How an action on many rows goes on, and how many rows it may have."""

from enum import StrEnum


class RunState(StrEnum):
    """How far an action on many rows is (批量办理状态)."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


MOVES = (
    (RunState.WAITING, RunState.RUNNING),
    (RunState.WAITING, RunState.DONE),
    (RunState.WAITING, RunState.STOPPED),
    (RunState.RUNNING, RunState.DONE),
    (RunState.RUNNING, RunState.STOPPED),
)
OPEN_RUN = frozenset({RunState.WAITING.value, RunState.RUNNING.value})
# 本系统默认值: so many rows are decided and remembered together.
CHUNK_ROWS = 1_000
