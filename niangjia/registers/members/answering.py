"""By when the other end of a transfer answers: counted once, when it is asked, by the figure that holds in its city."""

from datetime import date

from niangjia.kernel.clock.rules import due
from niangjia.kernel.dated.queries import calendar, parameter
from niangjia.registers.members.rules.transferring import ANSWER_PARAMETER


def answer_by(city: str, *, on: date) -> date:
    """The last day of whoever was asked on a day; both ends lie in the city, so its figure holds for both."""
    term = parameter(ANSWER_PARAMETER, region=city, on=on).term()
    return due(on, term, calendar()).on
