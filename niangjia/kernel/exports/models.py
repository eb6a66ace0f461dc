"""A list that somebody wants to take out of the house: asked, agreed to, made, fetched, gone."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.exports.rules import AT_ONCE_ROWS, LINK_LIFE, MOST_DOWNLOADS, Format, Purpose, State
from niangjia.kernel.places.models import Place

# An approval stands behind every file that two people had to agree to.
AGREED = [State.APPROVED.value, State.MAKING.value, State.READY.value]


class ExportRequest(models.Model):
    """One list asked for (导出申请): of what, how, what for, who agreed, and the file while it lives.

    `asked_sealed` holds the filters and free words, which may name somebody; `decision_sealed` the words of the second
    person. `scope` are the places whose rows are meant: whoever agrees stands above all of them.
    """

    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    scope = models.JSONField(default=list)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    author = models.TextField()
    source = models.CharField(max_length=48)
    template = models.CharField(max_length=48, blank=True)
    file_format = models.CharField(max_length=4)
    asked_sealed = models.BinaryField(null=True)
    in_clear = models.JSONField(default=list)
    purpose = models.CharField(max_length=32)
    needs_two = models.BooleanField()
    rows_asked = models.IntegerField()
    rows_done = models.IntegerField(default=0)
    state = models.CharField(max_length=9)
    asked_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_sealed = models.BinaryField(null=True)
    # Why it came to nothing: code, sentence, values.
    refusal = models.JSONField(default=dict)
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    downloads = models.IntegerField(default=0)
    most_downloads = models.IntegerField(default=MOST_DOWNLOADS)
    # The file rests sealed under this name; empty where there is none.
    stored_as = models.CharField(max_length=64, blank=True)
    file_bytes = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(account=None) | ~Q(decided_by=F("account")),
                name="export_never_own_approval",
                violation_error_message=_("自己申请的导出，不能自己批准。"),
            ),
            models.CheckConstraint(
                condition=Q(needs_two=True) | Q(rows_asked__lte=AT_ONCE_ROWS, in_clear=[]),
                name="export_two_people_where_due",
                violation_error_message=_("行数多的、写全敏感内容的导出，要两个人同意。"),
            ),
            models.CheckConstraint(
                condition=Q(needs_two=False) | ~Q(state__in=AGREED) | Q(decided_by__isnull=False),
                name="export_agreed_by_somebody",
                violation_error_message=_("还没有人批准，不能做成文件。"),
            ),
            models.CheckConstraint(
                condition=Q(stored_as="") | Q(made_at__isnull=False, expires_at__lte=F("made_at") + LINK_LIFE),
                name="export_lives_a_day",
                violation_error_message=_("导出的文件最多留一天。"),
            ),
            models.CheckConstraint(
                condition=Q(downloads__gte=0) & Q(downloads__lte=F("most_downloads")), name="export_downloads_counted"
            ),
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="export_state_known"),
            models.CheckConstraint(
                condition=Q(file_format__in=[each.value for each in Format]), name="export_format_known"
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=[each.value for each in Purpose]), name="export_purpose_known"
            ),
        )
        indexes = (
            models.Index(fields=["account", "-id"], name="export_of_account"),
            models.Index(fields=["state", "id"], name="export_in_state"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number on file, watermark and journal (导出编号)."""
        return f"E{self.pk:06d}"

    @property
    def clear_fields(self) -> frozenset[str]:
        """The sensitive fields that are written out."""
        return frozenset(self.in_clear)

    @property
    def file_name(self) -> str:
        """The name the file is fetched under; it names nobody."""
        return f"niangjia-{self.number}.{self.file_format}"
