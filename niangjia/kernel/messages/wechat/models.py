"""Whose WeChat is whose: the number under which an official account knows somebody, sealed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

OPENID_SEALED = "wechat_binding.openid_sealed"


class WeChatBinding(models.Model):
    """A bound WeChat (绑定的微信), or one that is being bound: asked for, scanned, confirmed by the owner of the account."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    # The code to scan carries this once; nothing but its keyed index is kept.
    scene_blind = models.BinaryField(max_length=16, null=True, unique=True)
    # What the code to scan says; gone once it was scanned.
    scan_address = models.CharField(max_length=255, blank=True)
    good_until = models.DateTimeField(null=True)
    openid_sealed = models.BinaryField(null=True)
    openid_blind = models.BinaryField(max_length=16, null=True)
    scanned_at = models.DateTimeField(null=True)
    bound_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "wechat_binding"
        constraints = (
            models.CheckConstraint(
                condition=Q(scanned_at=None, openid_sealed=None, openid_blind=None, bound_at=None)
                | Q(scanned_at__isnull=False, openid_sealed__isnull=False, openid_blind__isnull=False),
                name="wechat_bound_after_scanned",
            ),
        )
        indexes = (models.Index(fields=["openid_blind"], name="wechat_by_openid"),)

    def __str__(self) -> str:
        return f"{self.account_id}"
