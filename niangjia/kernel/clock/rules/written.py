"""Days and minutes in an explanation: written as programs read them, and known for what they are, so that a page words them."""

from datetime import date, datetime

from niangjia.kernel.clock.rules.terms import PEOPLE_ZONE


class DayWritten(str):
    """A day such as 2026-11-23."""

    __slots__ = ()

    @classmethod
    def of(cls, day: date) -> "DayWritten":
        """A day as programs write it."""
        return cls(day.isoformat())

    @property
    def day(self) -> date:
        """The day that is written."""
        return date.fromisoformat(self)


class MonthWritten(str):
    """A month such as 2026-11."""

    __slots__ = ()

    @classmethod
    def of(cls, first: date) -> "MonthWritten":
        """The month of a day as programs write it."""
        return cls(f"{first:%Y-%m}")

    @property
    def first(self) -> date:
        """The first day of the month that is written."""
        return date.fromisoformat(f"{self}-01")


class MinuteWritten(str):
    """A minute where people live, such as 2026-11-23 17:30."""

    __slots__ = ()

    @classmethod
    def of(cls, instant: datetime) -> "MinuteWritten":
        """An instant as programs write it, to the minute."""
        return cls(f"{instant.astimezone(PEOPLE_ZONE):%Y-%m-%d %H:%M}")

    @property
    def instant(self) -> datetime:
        """The instant that is written."""
        return datetime.fromisoformat(self).replace(tzinfo=PEOPLE_ZONE)
