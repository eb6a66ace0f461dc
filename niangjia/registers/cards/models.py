"""Cards, the keys that sign their codes, batches that were printed, and every check."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.places.models import Place
from niangjia.registers.cards.rules.checking import CheckPurpose, Verdict
from niangjia.registers.cards.rules.numbers import LENGTH, grouped
from niangjia.registers.cards.rules.states import LIVE, CardState, HeldBy
from niangjia.registers.cards.rules.tokens import Kind
from niangjia.registers.members.models import Person


class SigningKey(models.Model):
    """A key that signs codes of cards (签名密钥): its public half is for every checker, its secret half is sealed."""

    public = models.BinaryField(max_length=32)
    secret_sealed = models.BinaryField()
    drawn_at = models.DateTimeField(default=clock.now)
    # Another one signs from then on; what it signed still counts.
    stopped_at = models.DateTimeField(null=True)
    # Stolen: from then on nothing counts that it signed, prints neither.
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["stopped_at"], condition=Q(stopped_at=None), name="signing_key_one_signs", nulls_distinct=False),
            models.CheckConstraint(condition=Q(revoked_at=None) | Q(stopped_at__isnull=False), name="signing_key_revoked_signs_no_more"),
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)


class PrintBatch(models.Model):
    """Cards that were printed together (一批印的卡): by whom, for which union, on which day."""

    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    printed_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "place", "printed_on"], name="print_batch_one_a_day", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return f"{self.place_id} {self.printed_on}"


class Card(models.Model):
    """A member card (会员卡): its number is ours, permanent, without meaning; one good card for one person."""

    city = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.PROTECT, related_name="cards")
    number = models.CharField(_("卡号"), max_length=LENGTH, unique=True)
    state = models.CharField(_("状态"), max_length=8, default=CardState.IN_USE.value)
    held_by = models.CharField(max_length=8, default=HeldBy.NOBODY.value)
    # What the union wrote when it froze or replaced the card; she reads it.
    reason = models.CharField(_("原因"), max_length=128, blank=True, default="")
    issued_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    # Each print has a number; an older print is dead at once.
    print_no = models.PositiveIntegerField(default=0)
    batch = models.ForeignKey(PrintBatch, models.SET_NULL, null=True, related_name="cards")
    bank_sealed = models.BinaryField(_("银行卡号"), null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in CardState]), name="card_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=CardState.FROZEN.value) ^ Q(held_by=HeldBy.NOBODY.value), name="card_frozen_by_somebody"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=sorted(state.value for state in LIVE)),
                name="card_one_good_at_a_time",
                violation_error_message=_("这个人已经有一张卡了。丢了、坏了，请办换卡。"),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def shown_number(self) -> str:
        """The number in groups of four."""
        return grouped(self.number)


class CardCheck(models.Model):
    """One check of a card (验卡): who, where, for what, when, and what it came to."""

    city = models.CharField(max_length=6)
    # Nobody's where the code was no card's.
    card = models.ForeignKey(Card, models.CASCADE, null=True, related_name="checks", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+", db_index=False)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)
    # Who checked, as the database names actors: an account's number, a program's key.
    checker = models.CharField(max_length=32)
    author = models.CharField(max_length=160)
    purpose = models.CharField(max_length=8)
    kind = models.CharField(max_length=8)
    verdict = models.CharField(max_length=8)
    at = models.DateTimeField()
    taken_in_at = models.DateTimeField(default=clock.now)
    # A code of one minute counts once: what it said, as a fingerprint.
    spent = models.BinaryField(max_length=16, null=True)
    # The checker's own key for a check it took without a line.
    sync_key = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(verdict__in=[each.value for each in Verdict]), name="card_check_verdict_known"),
            models.CheckConstraint(condition=Q(purpose__in=[each.value for each in CheckPurpose]), name="card_check_purpose_known"),
            models.CheckConstraint(condition=Q(kind__in=["", *(each.value for each in Kind)]), name="card_check_kind_known"),
            models.CheckConstraint(condition=Q(at__lte=F("taken_in_at")), name="card_check_not_of_tomorrow"),
            models.UniqueConstraint(fields=["spent"], condition=Q(spent__isnull=False), name="card_code_counts_once"),
            models.UniqueConstraint(fields=["checker", "sync_key"], condition=Q(sync_key__isnull=False), name="card_check_taken_in_once"),
        )  # fmt: skip
        indexes = (
            models.Index(fields=["person", "-at"], name="card_checks_of_person"),
            models.Index(fields=["checker", "taken_in_at"], condition=Q(verdict="unknown"), name="card_checks_unknown"),
            models.Index(fields=["taken_in_at"], name="card_checks_by_day"),
        )

    def __str__(self) -> str:
        return f"{self.card_id} {self.verdict} {self.at}"
