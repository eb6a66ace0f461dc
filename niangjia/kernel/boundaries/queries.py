"""The boundaries of a day."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from niangjia.kernel.boundaries.models import Boundary


def boundaries_below(code: str, *, on: date) -> QuerySet[Boundary]:
    """How the regions directly below one were drawn on a day, by their codes."""
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    lasts = Q(valid_to=None) | Q(valid_to__gte=on)
    return Boundary.objects.filter(begun & lasts, parent_code=code).order_by("code")


def as_collection(boundaries: QuerySet[Boundary]) -> dict[str, Any]:
    """As maps read them (GeoJSON, RFC 7946)."""
    features = [
        {"type": "Feature", "properties": {"code": each.code, "name": each.name}, "geometry": each.geometry}
        for each in boundaries
    ]
    return {"type": "FeatureCollection", "features": features}
