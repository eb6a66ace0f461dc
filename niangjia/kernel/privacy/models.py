"""What was told and agreed to, what people ask of their own data, and what was erased."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.journal.models import written_once
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.models import Place
from niangjia.kernel.privacy.rules import AskedBy, Channel, RequestKind, RequestState


def _known(
    column: str, values: type[Channel | RequestKind | RequestState | AskedBy], name: str
) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{column}__in": [value.value for value in values]}), name=name)


class Notice(models.Model):
    """A notice (告知书) in one version: what is taken, for what, how long; a version never changes, a new one asks again."""

    key = models.CharField(max_length=32)
    version = models.IntegerField()
    begins_on = models.DateField()
    # 单独同意: may not be asked for in one breath with anything else.
    separate = models.BooleanField()
    # 敏感个人信息: the text says why it is needed and what it may do to her.
    sensitive = models.BooleanField()
    source = models.CharField(max_length=255)
    # Language → its parts: title, purpose, kinds, method, retention, rights, necessity, effect, stops, stays.
    texts = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["key", "version"], name="notice_version_once"),)
        triggers = written_once("notice")

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Consent(models.Model):
    """One act of giving or withdrawing (同意、撤回): written once; the newest one counts."""

    city = models.CharField(max_length=6)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="consents")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="consents")
    given = models.BooleanField()
    at = models.DateTimeField(default=clock.now)
    channel = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Channel])
    # Who consents for a child under fourteen.
    guardian = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    paper_place = models.CharField(_("纸质件放在哪里"), max_length=64, blank=True)
    # The address it came from, as a keyed index: it can be held against a suspicion, and read by nobody.
    origin_blind = models.BinaryField(max_length=16, null=True)

    class Meta:
        constraints = (
            _known("channel", Channel, "consent_channel_known"),
            models.CheckConstraint(
                condition=Q(channel=Channel.OWN.value, recorded_by=None)
                | (Q(channel=Channel.PAPER.value) & ~Q(paper_place="")),
                name="consent_on_paper_has_its_place",
                violation_error_message=_("纸面同意要写明纸质件放在哪里。"),
            ),
            models.CheckConstraint(
                condition=Q(guardian=None) | ~Q(guardian=models.F("subject")), name="consent_guardian_is_another"
            ),
        )
        indexes = (models.Index(fields=["subject", "notice", "-id"], name="consent_newest"),)
        triggers = written_once("consent")

    def __str__(self) -> str:
        return f"{self.subject_id} {self.notice_id} {self.given}"


class PersonalFile(models.Model):
    """Everything held about a person as one file for her (我的资料文件): sealed, offered for a day, one a day."""

    city = models.CharField(max_length=6)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    asked_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    size_bytes = models.IntegerField(default=0)
    body_sealed = models.BinaryField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["subject", "asked_on"], name="personal_file_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.subject_id} {self.asked_on}"


class RightsRequest(models.Model):
    """What a person asks of her own data (个人信息权利申请): put it right, or erase it."""

    city = models.CharField(max_length=6)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="rights_requests")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=[(each.value, each.value) for each in RequestKind])
    state = models.CharField(
        max_length=9, choices=[(each.value, each.value) for each in RequestState], default=RequestState.OPEN.value
    )
    asked_by = models.CharField(max_length=9, choices=[(each.value, each.value) for each in AskedBy])
    # Which fact is wrong, and what is right; empty where the data are to be erased.
    fact = models.CharField(max_length=32, blank=True)
    says_sealed = models.BinaryField(null=True)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    paper_place = models.CharField(_("纸质件放在哪里"), max_length=64, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("不办的理由"), max_length=255, blank=True)

    class Meta:
        constraints = (
            _known("kind", RequestKind, "rights_request_kind_known"),
            _known("state", RequestState, "rights_request_state_known"),
            _known("asked_by", AskedBy, "rights_request_asked_by_known"),
            models.CheckConstraint(
                condition=~Q(state=RequestState.REFUSED.value) | ~Q(reason=""),
                name="rights_request_refused_with_a_reason",
                violation_error_message=_("不办要写明理由。"),
            ),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(kind=RequestKind.ERASE.value, state=RequestState.OPEN.value),
                name="rights_request_erasure_once",
            ),
        )
        indexes = (models.Index(fields=["state", "place"], name="rights_request_open"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Erasure(models.Model):
    """That somebody's data were erased (删除记录): the bare number, the pseudonym, how many rows of which table."""

    subject = models.OneToOneField(Subject, models.PROTECT, primary_key=True, related_name="erasure")
    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    pseudonym = models.CharField(max_length=16, unique=True)
    at = models.DateTimeField(default=clock.now)
    carried_out_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    rows = models.JSONField(default=dict)

    class Meta:
        triggers: ClassVar = written_once("erasure")

    def __str__(self) -> str:
        return self.pseudonym
