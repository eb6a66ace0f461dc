"""Refuse what an actor may not do."""

from niangjia.kernel.access.rules import Actor, Move, why_not


class Forbidden(Exception):
    """The actor may not do this here; to the outside it looks like a page that is not there."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check(actor: Actor, move: Move, path: str) -> None:
    """Raise `Forbidden` with `why_not`'s reason where the actor may not."""
    reason = why_not(actor, move, path)
    if reason is not None:
        raise Forbidden(reason)
