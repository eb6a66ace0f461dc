"""How long a roster will still take."""

import pytest

from niangjia.registers.members.roster.remaining import seconds_left


@pytest.mark.parametrize(
    ("done", "rows", "elapsed", "left"),
    [(0, 1000, 5.0, None), (10, 1000, 5.0, None), (500, 1000, 20.0, 20), (1000, 1000, 20.0, 0), (500, 1000, 0.0, None)],
)
def test_what_is_left_follows_from_the_speed_so_far(done: int, rows: int, elapsed: float, left: int | None) -> None:
    assert seconds_left(done=done, rows=rows, elapsed_s=elapsed) == left
