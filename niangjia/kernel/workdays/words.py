"""What happens to a calendar, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {"publish_calendar": _("装入了放假安排")}
