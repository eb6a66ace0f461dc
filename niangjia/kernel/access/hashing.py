"""Passwords are checked one at a time and behind everything else, so that a storm at the door leaves threads to those inside.

A check costs 0.2 seconds of a processor and 100 MB on purpose: whoever steals the table must pay that for each guess. A
hundred people who sign in at eight o'clock would take every thread and both processors from those at work. So each
process has one thread for it, of low priority (the scheduler gives it what pages leave over), and a short queue; who
finds the queue full is told so at once, before anything of hers was counted or kept.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from django.contrib.auth.hashers import Argon2PasswordHasher

Answer = TypeVar("Answer")

# Gunicorn has four threads in a process: two may be taken by the door, and two always go on with pages.
PLACES = 2
# The lowest there is: a check runs in eight threads of the library, which together must not outweigh one page.
NICE = 19


def _step_back() -> None:
    """Give this thread, and those of the library below it, the priority of work that can wait."""
    if sys.platform == "linux":  # elsewhere a thread has no priority of its own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


class LineFull(Exception):
    """More people are signing in than passwords can be checked: come again in a moment."""


class Line:
    """The queue (排队) of one process before its one thread for passwords."""

    def __init__(self, places: int) -> None:
        self._places = places
        self.begin_anew()

    def begin_anew(self) -> None:
        """A process that was just forked has no threads and nobody waiting: it makes its own."""
        self._free = threading.BoundedSemaphore(self._places)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="passwords", initializer=_step_back)

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place in the queue while a request that brings a password is answered; `LineFull` where there is none."""
        free = self._free
        if not free.acquire(blocking=False):
            raise LineFull
        try:
            yield
        finally:
            free.release()

    def work(self, task: Callable[[], Answer]) -> Answer:
        """Do it in the one thread; whoever asks waits."""
        return self._worker.submit(task).result()


LINE = Line(PLACES)
os.register_at_fork(after_in_child=LINE.begin_anew)


class PatientArgon2(Argon2PasswordHasher):
    """Django's Argon2 with its figures unchanged, in the thread that gives way."""

    def encode(self, password: str, salt: str) -> str:
        """Hash a password."""
        return LINE.work(partial(super().encode, password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        """Whether it is the password."""
        return LINE.work(partial(super().verify, password, encoded))
