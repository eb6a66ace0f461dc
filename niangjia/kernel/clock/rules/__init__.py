"""Deadlines as the law counts them: calendars, terms, the day on which a term ends, and what is left of it, in words."""

from niangjia.kernel.clock.rules.calendar import Calendar, TooFar
from niangjia.kernel.clock.rules.counting import Due, due, due_at
from niangjia.kernel.clock.rules.remaining import Left, left
from niangjia.kernel.clock.rules.terms import PEOPLE_ZONE, Band, Pause, Term, Unit

__all__ = [
    "PEOPLE_ZONE",
    "Band",
    "Calendar",
    "Due",
    "Left",
    "Pause",
    "Term",
    "TooFar",
    "Unit",
    "due",
    "due_at",
    "left",
]
