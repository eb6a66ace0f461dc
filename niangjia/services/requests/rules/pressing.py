"""Pressing for an answer (催办): who asked may once a day, while the desk has it; whoever is above at any time."""

from datetime import date

from niangjia.services.requests.rules.workflow import RECEIVED, WORKING


def why_not_press(stage: str, *, last_on: date | None, today: date) -> str | None:
    """None where the asker may press now, else why not: `not_with_the_desk`, `pressed_today`."""
    if stage not in WORKING | {RECEIVED}:
        return "not_with_the_desk"
    return "pressed_today" if last_on == today else None
