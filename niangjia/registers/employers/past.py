"""How many employers were covered on a past day."""

from django.utils.translation import gettext_lazy as _

from niangjia.registers.orgs.past.figures import FigureOfDay

COVERED = FigureOfDay(
    "employers",
    _("覆盖单位"),
    _("那一天被这些工会覆盖的单位，一家算一次。"),
    "count(DISTINCT covered.employer_id)",
    "JOIN employers_coverage covered ON covered.union_id = stood.place_id AND covered.valid_from <= %(on)s"
    " AND (covered.valid_to IS NULL OR covered.valid_to >= %(on)s)",
)
