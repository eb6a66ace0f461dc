"""What a code meant on a day."""

from datetime import date

from django.db.models import Q

from niangjia.kernel.dated.models import Ownership, Region, Trade


def _holds(on: date) -> Q:
    return (Q(valid_from=None) | Q(valid_from__lte=on)) & (Q(valid_to=None) | Q(valid_to__gte=on))


def regions(*, on: date) -> dict[str, str]:
    """Names of the regions by code on a day."""
    return dict(Region.objects.filter(_holds(on)).order_by("code", "id").values_list("code", "name"))


def is_region(code: str) -> bool:
    """Whether a code ever was a region's; identity numbers and old codes keep abolished ones alive."""
    return Region.objects.filter(code=code).exists()


def trades(*, on: date) -> dict[str, str]:
    """Names of the trades by code on a day."""
    return dict(Trade.objects.filter(_holds(on)).order_by("code").values_list("code", "name"))


def ownerships(list_name: str) -> dict[str, str]:
    """Names by code in one ownership list."""
    rows = Ownership.objects.filter(list_name=list_name).order_by("code")
    return dict(rows.values_list("code", "name"))
