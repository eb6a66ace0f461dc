"""Whose account a city's identity opens. Of the identity itself nothing is kept but a keyed index."""

from typing import ClassVar

from django.db import models

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account


class CityIdentity(models.Model):
    """A linked identity (关联的城市身份): one account, one identity, and the other way round."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="city_identities")
    issuer = models.CharField(max_length=255)
    # Keyed, over issuer and `sub`: some systems hand out identity numbers there.
    subject_index = models.BinaryField(max_length=16, unique=True)
    linked_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "issuer"], name="city_identity_one_for_an_account")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.issuer}"


class CityLink(models.Model):
    """A link for linking (关联链接) that a security administrator made: good once and for a day, the newest alone."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="city_link")
    token_index = models.BinaryField(max_length=16, unique=True)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.account_id} {self.made_at}"
