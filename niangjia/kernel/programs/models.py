"""Keys of programs, and how often each was used."""

from django.db import models
from django.db.models import F, Q

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import Role
from niangjia.kernel.places.models import Place
from niangjia.kernel.programs.rules import LONGEST_NAME, MOST_PER_MINUTE, REQUESTS_PER_MINUTE, number_of


class Key(models.Model):
    """A key (密钥) of a place for one purpose; of the key itself only a keyed fingerprint is kept."""

    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    # The first characters of the key: by them it is found, and known again by people.
    prefix = models.CharField(max_length=16, unique=True)
    key_blind = models.BinaryField(max_length=16)
    scopes = models.JSONField(default=list)
    # What the walls know it as: one that looks only, or one that writes.
    role = models.CharField(max_length=16)
    networks = models.JSONField(default=list)
    per_minute = models.PositiveIntegerField(default=REQUESTS_PER_MINUTE)
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    # Its last day still counts.
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)
    # To ten minutes.
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(role__in=[Role.OFFICER.value, Role.CADRE.value]), name="key_role_known"),
            models.CheckConstraint(
                condition=Q(per_minute__gte=1, per_minute__lte=MOST_PER_MINUTE), name="key_has_a_limit"
            ),
            models.CheckConstraint(condition=~Q(scopes=[]), name="key_has_a_scope"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")), name="key_revoked_after_it_was_made"
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How people speak of it."""
        return number_of(self.pk)


class KeyUse(models.Model):
    """One request that came with a key (密钥使用), counted for its limit and forgotten within minutes."""

    key = models.ForeignKey(Key, models.CASCADE, related_name="uses")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["key", "at"], name="key_used_at"),)

    def __str__(self) -> str:
        return f"{self.key_id} {self.at}"
