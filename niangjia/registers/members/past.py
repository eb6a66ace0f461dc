"""How many memberships there were on a past day."""

from django.utils.translation import gettext_lazy as _

from niangjia.registers.orgs.past.figures import FigureOfDay

# By their periods alone: a membership that has ended since was one then, whatever its state says now.
HELD = FigureOfDay(
    "memberships",
    _("会籍"),
    _("那一天有会籍的人，保留会籍的也算。后来转走、退会、去世的，那一天还算。"),
    "count(DISTINCT held.person_id)",
    "JOIN members_membership held ON held.union_id = stood.place_id AND held.period @> %(on)s::date"
    " AND held.state NOT IN ('applicant', 'rejected')",
)
