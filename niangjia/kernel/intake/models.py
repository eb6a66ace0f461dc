"""An import from the file received to the undo: its counts, its faults, its way back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.places.models import Place

COUNTED = F("created") + F("updated") + F("unchanged") + F("rejected") + F("conflicts")


class State(models.TextChoices):
    """How far an import has come (导入状态)."""

    RECEIVED = "received", _("等对应各列")
    READING = "reading", _("正在读文件")
    TRYING = "trying", _("正在核对")
    TRIED = "tried", _("核对完，等入库")
    RUNNING = "running", _("正在入库")
    DONE = "done", _("已入库")
    UNDOING = "undoing", _("正在撤销")
    UNDONE = "undone", _("已撤销")
    REFUSED = "refused", _("文件不能用")


class FaultsState(models.TextChoices):
    """How far the faults workbook of a long file is (错误清单状态)."""

    MAKING = "making", _("正在做")
    READY = "ready", _("做好了")
    FAILED = "failed", _("没有做成")


class Import(models.Model):
    """One file brought in (导入批次)."""

    city = models.CharField(max_length=6)
    kind = models.CharField(max_length=16)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    author = models.TextField()
    file_name = models.CharField(max_length=255)
    file_bytes = models.BigIntegerField()
    file_sha256 = models.BinaryField(max_length=32)
    # The upload rests sealed under this name; empty where the operator's own file was read in place.
    stored_as = models.CharField(max_length=64, blank=True)
    sheet = models.CharField(max_length=255, blank=True)
    mapping = models.JSONField(default=dict)
    # The same file for the same union by the same author with the same mapping: a killed run is taken up again by this.
    resume_key = models.BinaryField(max_length=32)
    state = models.CharField(max_length=8, choices=State, default=State.RECEIVED)
    refusal = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)
    # Since when the rows of this stage are gone through: how fast it goes, and how long it will take.
    begun_at = models.DateTimeField(null=True)
    # Who asked for it to be taken back; the job acts as this account.
    undone_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    rows_expected = models.BigIntegerField(default=0)
    rows_in = models.BigIntegerField(default=0)
    created = models.BigIntegerField(default=0)
    updated = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    conflicts = models.BigIntegerField(default=0)
    warnings = models.BigIntegerField(default=0)
    # Rows up to this place in the file are decided and committed.
    cursor = models.BigIntegerField(default=0)
    hidden_rows = models.JSONField(default=list)
    hidden_sheets = models.JSONField(default=list)
    # What is doubtful about the file as a whole, by code: `cached_values`, `macros_left_out`.
    file_warnings = models.JSONField(default=list)

    # The faults workbook of a long file (错误清单): made in the background as whoever asked, sealed; of which trial it is.
    faults_state = models.CharField(max_length=8, choices=FaultsState, blank=True, default="", db_default="")
    faults_stored_as = models.CharField(max_length=64, blank=True, default="", db_default="")
    faults_made_of = models.CharField(max_length=32, blank=True, default="", db_default="")
    faults_rows = models.BigIntegerField(default=0, db_default=0)
    faults_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(rows_in=COUNTED), name="import_every_row_counted"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="import_state_known"),
        )
        indexes = (
            models.Index(fields=["resume_key"], name="import_resume"),
            models.Index(fields=["account", "-id"], name="import_of_account"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"

    @property
    def target(self) -> Place:
        """The place that the rows go to; only a first list of unions has none."""
        if self.place is None:
            message = f"import {self.pk} has no place"
            raise ValueError(message)
        return self.place


class Outcome(models.TextChoices):
    """What a remark on a row means for the row (行结果)."""

    FAULT = "fault", _("要改才能入库")
    CONFLICT = "conflict", _("等对方同意")
    WARNING = "warning", _("已入库，请留意")


class Remark(models.Model):
    """What is wrong or doubtful in one row (行说明): where, which code, in which words, with which values."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="remarks")
    seq = models.BigIntegerField()
    sheet = models.CharField(max_length=255, blank=True)
    row = models.BigIntegerField()
    column = models.CharField(max_length=255, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    code = models.CharField(max_length=32)
    sentence = models.TextField()
    values = models.JSONField(default=dict)
    # Name and cell as they may be shown: numbers of papers and phones are masked before they come here.
    name = models.CharField(max_length=64, blank=True)
    shown = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="remark_outcome_known"),)
        indexes = (models.Index(fields=["batch", "seq"], name="remark_in_order"),)

    def __str__(self) -> str:
        return f"{self.row} {self.code}"


class Change(models.Model):
    """What a row was before an import changed it (改前的样子), so that the import can be undone."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="changes")
    thing_id = models.BigIntegerField()
    # Column → value before; sealed fields stay sealed, in hexadecimal.
    before = models.JSONField()
    revision_after = models.IntegerField()

    class Meta:
        indexes = (models.Index(fields=["batch"], name="change_of_import"),)

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.thing_id}"


class RememberedColumn(models.Model):
    """What a header means (记住的列): remembered per place from the last time someone said so."""

    kind = models.CharField(max_length=16)
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    header = models.CharField(max_length=255)
    field = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "place", "header"], name="remembered_column_once"),)

    def __str__(self) -> str:
        return f"{self.header} → {self.field}"
