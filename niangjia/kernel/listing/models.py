"""Filters that somebody keeps under a name, above the list they narrow."""

from django.db import models
from django.db.models import Q

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.listing.rules import LONGEST_ASKED, LONGEST_NAME
from niangjia.kernel.places.models import Place


class SavedView(models.Model):
    """A way to look at a list (存好的查看方式): filters and order, never words searched for, which may name somebody."""

    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    listing = models.CharField(max_length=48)
    name = models.CharField(max_length=LONGEST_NAME)
    # The address behind the question mark.
    asked = models.CharField(max_length=LONGEST_ASKED)
    # Everybody who acts at the place sees it, too.
    is_shared = models.BooleanField(default=False)
    # Its number stands beside its name.
    counts = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "listing", "name"], name="view_named_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(asked=""), name="view_asks_something"),
        )
        indexes = (models.Index(fields=["place", "listing"], name="view_shared", condition=Q(is_shared=True)),)

    def __str__(self) -> str:
        return f"{self.listing} {self.pk}"
