"""Files that people hand in, as they are kept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.files.rules import MAX_BYTES, Kind
from niangjia.kernel.places.models import Place


class StoredFile(models.Model):
    """A file kept sealed (附件): whose it is, what it is, the name it rests under; its own name is not kept.

    `owner` names the slice that says who may see it, `owner_thing` the thing there that it belongs to.
    """

    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    owner = models.CharField(max_length=32)
    owner_thing = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in Kind])
    stored_as = models.CharField(max_length=64)
    size_bytes = models.IntegerField()
    # A keyed index of the content's hash: the same file is known again, yet nobody can ask whether a known file is here.
    content_blind = models.BinaryField(max_length=16)
    stored_at = models.DateTimeField(default=clock.now)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["stored_as"], name="stored_file_name_once"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="stored_file_kind_known"),
            models.CheckConstraint(
                condition=Q(size_bytes__gt=0, size_bytes__lte=MAX_BYTES),
                name="stored_file_size_within",
                violation_error_message=_("这个文件太大了。"),
            ),
        )
        indexes = (models.Index(fields=["owner", "owner_thing"], name="stored_file_of_thing"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
