"""The tree of places: who stands under whom, now and on any past day."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.places.rules import Level

LEVELS = [(level.value, level.value) for level in Level]


class Standing(models.Model):
    """Where a place stands in the tree: its parent, its path, and its ancestors by level."""

    path = models.TextField(db_collation="C")
    at_nation = models.BigIntegerField(null=True)
    at_province = models.BigIntegerField(null=True)
    at_city = models.BigIntegerField(null=True)
    at_county = models.BigIntegerField(null=True)
    at_town = models.BigIntegerField(null=True)
    at_village = models.BigIntegerField(null=True)
    at_base = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class Place(Standing):
    """A place (位置) in the tree; rights, cases and books refer to it, registers give it a meaning."""

    city = models.CharField(max_length=6)
    level = models.CharField(max_length=8, choices=LEVELS)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    second_parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="second_children")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["path"], name="place_path_once"),
            models.CheckConstraint(condition=Q(level__in=[level.value for level in Level]), name="place_level_known"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="place_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("opened_on")),
                name="place_closes_after_it_opens",
                violation_error_message=_("撤销的日子不能早于成立的日子。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.level} {self.path}"


class PlaceStanding(Standing):
    """Where a place stood from a day on (在树上的位置), until it stood elsewhere or was closed: the tree as it was on any past day.

    No day is written at its end, so two standings never overlap, and a move adds a row without touching the one before.
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="standings", db_index=False)
    parent = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    since = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["place", "since"],
                name="place_stands_once_a_day",
                violation_error_message=_("这一天起，它已经有上级了。"),
            ),
        )
        indexes = (models.Index(fields=["path"], name="place_standing_path"),)

    def __str__(self) -> str:
        return f"{self.path} {self.since}"


class SecondStanding(models.Model):
    """Under which second place a place stood in a period (第二上级): beside the tree, never in its path."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="second_standings")
    above = models.ForeignKey(Place, models.PROTECT, related_name="+")
    period = DateRangeField()

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="place_stands_second_once_a_day",
                expressions=[("place", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_("这段时间里，它已经有第二上级了。"),
            ),
            models.CheckConstraint(
                condition=~Q(place=models.F("above")),
                name="place_not_its_own_second",
                violation_error_message=_("第二上级不能是它自己。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.place_id} ⇢ {self.above_id} {self.period}"
