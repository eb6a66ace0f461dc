"""What a request is about, beside its case: who and where is meant, and the words, sealed."""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.cases.models import Case
from niangjia.kernel.journal.models import written_once
from niangjia.kernel.places.models import Place
from niangjia.registers.employers.models import Employer
from niangjia.services.requests.rules.kinds import Against, Channel, Grade, RequestKind, Secrecy


class Speaker(StrEnum):
    """Who said something more (补充人): who asked, or the desk that heard it from her."""

    ASKER = "asker"
    DESK = "desk"


class AnswerState(StrEnum):
    """How far an answer kept for all has come (答复条目状态)."""

    WRITTEN = "written"
    IN_FORCE = "in_force"
    RETIRED = "retired"


def _choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in values]


def _known(column: str, values: type[StrEnum], *, none: bool = False) -> models.CheckConstraint:
    named = [each.value for each in values] + ([""] if none else [])
    return models.CheckConstraint(condition=Q(**{f"{column}__in": named}), name=f"request_{column}_known")


class Request(models.Model):
    """What somebody asks of the union (诉求): the record of one case; what she said rests sealed."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="request")
    city = models.CharField(max_length=6)
    kind = models.CharField(max_length=8, choices=_choices(RequestKind))
    topic = models.CharField(max_length=32)
    channel = models.CharField(max_length=8, choices=_choices(Channel))
    grade = models.CharField(max_length=8, choices=_choices(Grade), blank=True)
    secrecy = models.CharField(max_length=12, choices=_choices(Secrecy), default=Secrecy.CONFIDENTIAL.value)
    is_urgent = models.BooleanField(default=False)
    # Who asked has an account or a phone page of her own; else she is called back.
    is_followed = models.BooleanField(default=True)
    against = models.CharField(max_length=8, choices=_choices(Against), default=Against.NOBODY.value)
    # The employer that it happened at, whether it is complained of or not; never who asked.
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="+")
    union = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    # The employer that asks for itself (工业110).
    asking_employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="+")
    # Where it is counted (事发地), and in which quarter: hotspots know these and nothing of persons.
    counted_at = models.ForeignKey(Place, models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=6)
    text_sealed = models.BinaryField(null=True)
    wish_sealed = models.BinaryField(null=True)
    # Name and phone of who called or wrote, where she is not in the register.
    caller_sealed = models.BinaryField(null=True)
    goes_with = models.ForeignKey("self", models.PROTECT, null=True, related_name="going_along")

    class Meta:
        constraints = (
            _known("kind", RequestKind),
            _known("channel", Channel),
            _known("grade", Grade, none=True),
            _known("secrecy", Secrecy),
            _known("against", Against),
            models.CheckConstraint(condition=Q(quarter__regex=r"^\d{4}Q[1-4]$"), name="request_quarter_form"),
            models.CheckConstraint(condition=~Q(goes_with=F("case")), name="request_not_along_with_itself"),
        )
        indexes = (
            models.Index(fields=["quarter", "counted_at", "topic"], name="request_counted"),
            models.Index(fields=["employer", "topic"], name="request_alike"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.topic}"


class Addition(models.Model):
    """What was said later (补充): by who asked, or by the desk that heard it from her; written once."""

    city = models.CharField(max_length=6)
    request = models.ForeignKey(Request, models.PROTECT, related_name="additions")
    speaker = models.CharField(max_length=5, choices=_choices(Speaker))
    says_sealed = models.BinaryField(null=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(speaker__in=[each.value for each in Speaker]), name="addition_speaker_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.request_id} {self.speaker}"


class Press(models.Model):
    """Somebody pressed for an answer (催办): who asked, once a day; or a union above. Written once."""

    city = models.CharField(max_length=6)
    request = models.ForeignKey(Request, models.PROTECT, related_name="presses")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    by_asker = models.BooleanField()
    on = models.DateField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["request", "on"],
                condition=Q(by_asker=True),
                name="press_once_a_day",
                violation_error_message=_("今天催过了，明天还能再催。"),
            ),
        )
        triggers = written_once("press")

    def __str__(self) -> str:
        return f"{self.request_id} {self.on}"


class LocalTopic(models.Model):
    """A topic that a place adds to the national ones (地方事由)."""

    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    code = models.CharField(max_length=32)
    title = models.CharField(_("事由"), max_length=32)
    words = models.CharField(_("别的叫法"), max_length=255, blank=True)
    valid_from = models.DateField(default=clock.today)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["city", "code"], name="local_topic_code_once"),
            models.CheckConstraint(condition=Q(code__regex=r"^[a-z][a-z_]*$"), name="local_topic_code_form"),
            models.CheckConstraint(condition=~Q(title=""), name="local_topic_has_a_title"),
        )

    def __str__(self) -> str:
        return self.title


class KnownAnswer(models.Model):
    """An answer kept for all who ask the same (答复库条目): dated, with its source, in force once another has read it."""

    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    topic = models.CharField(_("事由"), max_length=32)
    title = models.CharField(_("问的是什么"), max_length=64)
    text = models.TextField(_("怎么答"), max_length=2000)
    source = models.CharField(_("依据"), max_length=160)
    state = models.CharField(max_length=8, choices=_choices(AnswerState), default=AnswerState.WRITTEN.value)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    written_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    read_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    # The older one that it stands for from now on.
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in AnswerState]), name="known_answer_state_known"
            ),
            models.CheckConstraint(
                condition=Q(read_by=None) | ~Q(read_by=F("written_by")),
                name="known_answer_read_by_another",
                violation_error_message=_("这一条是您自己写的，要由另一位来把关。"),
            ),
            models.CheckConstraint(
                condition=~Q(state=AnswerState.IN_FORCE.value) | (Q(valid_from__isnull=False) & Q(valid_to=None)),
                name="known_answer_in_force_from_a_day",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="known_answer_has_its_source"),
        )
        indexes = (models.Index(fields=["topic", "state"], name="known_answer_topic"),)

    def __str__(self) -> str:
        return self.title
