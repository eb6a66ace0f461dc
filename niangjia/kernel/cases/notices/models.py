"""What hangs in public of a case, where it hangs, and what is objected."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.notices.rules import CODE_LENGTH, MASKED, NUMBER, ObjectionState
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.models import Place

TOLD = ("name", "category", "union_name", "town_name")
TODAY = f"({clock.INSTANT} AT TIME ZONE 'Asia/Shanghai')::date"


def _no_number(column: str) -> models.CheckConstraint:
    """No column that hangs in public holds a number as long as a telephone's."""
    return models.CheckConstraint(
        condition=~Q(**{f"{column}__regex": NUMBER}),
        name=f"publication_no_number_in_{column}",
        violation_error_message=_("公示里不能有证件号、手机号、卡号。"),
    )


class Publication(models.Model):
    """A public notice (公示): of which case, what it tells and no more, from which day to which; it cannot be cut short."""

    city = models.CharField(max_length=6)
    # The address under which it hangs: drawn, so that nobody counts through them.
    code = models.CharField(max_length=CODE_LENGTH)
    case = models.ForeignKey(Case, models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=32)
    # The place that answers for it, whatever becomes of the case.
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(max_length=64)
    category = models.CharField(max_length=32)
    union_name = models.CharField(max_length=128)
    town_name = models.CharField(max_length=128, blank=True)
    amount_fen = models.BigIntegerField(null=True)
    begins_on = models.DateField()
    ends_on = models.DateField()
    # Days counted beyond the published calendar may change.
    is_provisional = models.BooleanField(default=False)
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code"], name="publication_code_once"),
            *(_no_number(column) for column in TOLD),
            models.CheckConstraint(
                condition=Q(name__regex=MASKED),
                name="publication_name_masked",
                violation_error_message=_("公示只写打了星号的姓名。"),
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("begins_on")), name="publication_lasts"),
            models.CheckConstraint(condition=Q(amount_fen=None) | Q(amount_fen__gte=0), name="publication_amount"),
        )
        indexes = (models.Index(fields=["place", "ends_on"], name="publication_at_place"),)
        triggers = (
            # Once it hangs nothing on it changes but the name, which goes when its years are over.
            pgtrigger.Protect(
                name="publication_stays", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(exclude=["name"])
            ),
            pgtrigger.Protect(
                name="publication_keeps_its_name",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"OLD.name IS DISTINCT FROM NEW.name AND (NEW.name <> '*' OR OLD.ends_on >= {TODAY})"
                ),
            ),
            pgtrigger.Protect(name="publication_never_taken_down", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.begins_on}–{self.ends_on}"


class Hanging(models.Model):
    """A place at which a public notice hangs (公示地点)."""

    city = models.CharField(max_length=6)
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="hangings")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["publication", "place"], name="hanging_once"),)
        indexes = (models.Index(fields=["place"], name="hanging_place"),)

    def __str__(self) -> str:
        return f"{self.publication_id} {self.place_id}"


class Objection(models.Model):
    """What somebody says against a public notice (异议): sealed; whose words they are is known to nobody but herself."""

    city = models.CharField(max_length=6)
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="objections")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    # Whom the notice is about: she never meets what is said against it.
    concerned = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+")
    # A keyed index of the receipt; the receipt itself is kept nowhere.
    receipt_blind = models.BinaryField(max_length=16)
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    # A keyed index of where it came from, for a limit, and only as long as that counts.
    address_blind = models.BinaryField(max_length=16, null=True)
    says_sealed = models.BinaryField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    state = models.CharField(
        max_length=9, choices=[(each.value, each.value) for each in ObjectionState], default=ObjectionState.OPEN.value
    )
    answer_sealed = models.BinaryField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    # Who put the notice up, and who had brought the case there: neither answers.
    published_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    maker = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["receipt_blind"], name="objection_receipt_once"),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in ObjectionState]), name="objection_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ObjectionState.OPEN.value, answered_at=None, answered_by=None)
                | (~Q(state=ObjectionState.OPEN.value) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="objection_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None)
                | (
                    (Q(published_by=None) | ~Q(published_by=F("answered_by")))
                    & (Q(maker=None) | ~Q(maker=F("answered_by")))
                ),
                name="objection_answered_by_another",
                violation_error_message=_("异议要由另一位来答复。"),
            ),
        )
        indexes = (
            models.Index(fields=["publication", "state"], name="objection_of_notice"),
            models.Index(fields=["place"], condition=Q(state="open"), name="objection_open_at_place"),
            models.Index(fields=["address_blind", "made_at"], name="objection_address"),
        )

    def __str__(self) -> str:
        return f"{self.publication_id} {self.state}"
