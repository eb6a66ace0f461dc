"""Cases, where they lie, what happened to them, and who decided; nothing of what they are about."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.cases.allowed import Change, Version
from niangjia.kernel.cases.columns import TO_CHECK, WAITS, choices_of, known, written_once
from niangjia.kernel.cases.rules import HandOverKind, HandOverState, HoldingPart, Opinion, PartyPart, Waits
from niangjia.kernel.cases.triggers import (
    ASKED_BY_ONE_OF_THE_DESK,
    DECIDED_ON_WHAT_STANDS,
    GOES_BY_ITS_TABLE,
    SOMEBODY_KEEPS_AWAY,
    STEP_OF_THE_TABLE,
    TAKEN_BY_ANOTHER,
)
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.models import Place


class Case(models.Model):
    """A case (办件): of which kind, on which version of its table, at which stage, at which place, in whose hands."""

    city = models.CharField(max_length=6)
    kind = models.CharField(max_length=32)
    version = models.IntegerField()
    # 编号, as people say it on the telephone: year and number within the city.
    number = models.CharField(max_length=16)
    stage = models.CharField(max_length=32)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    handler = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    # Who made the move that brought it to this stage; none where the asker or the clock did.
    maker = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    # Counts the times that decisions were gathered anew.
    round = models.IntegerField(default=0)
    # Counts the moves: what somebody looked at is what she moves.
    revision = models.IntegerField(default=0)
    opened_at = models.DateTimeField(default=clock.now)
    moved_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    # The soonest of the clocks that run; none where all rest.
    due_at = models.DateTimeField(null=True)
    # Whom it waits for, so that what waits for a desk is found without looking at anything else.
    waits_for = models.CharField(
        max_length=8, default=Waits.DESK.value, db_default=Waits.DESK.value, choices=choices_of(Waits)
    )
    # Somebody has to keep away from it: then those at its place may not be enough to check it. The database notes it.
    is_kept_from = models.BooleanField(default=False, db_default=False)
    # The case it was joined to (并案): a duplicate goes its way with that one.
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["city", "number"], name="case_number_once"),
            models.CheckConstraint(condition=~Q(joined_to=F("id")), name="case_not_joined_to_itself"),
            known("waits_for", Waits, "case_waits_for_known"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(due_at=None),
                name="case_closed_is_due_no_more",
                violation_error_message=_("办结了的，没有期限。"),
            ),
        )
        indexes = (
            models.Index(fields=["place", "due_at"], condition=Q(closed_at=None), name="case_open_at_place"),
            models.Index(fields=["handler", "due_at"], condition=Q(closed_at=None), name="case_open_in_hand"),
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="case_open_due"),
            *WAITS,
            models.Index(fields=["place"], condition=TO_CHECK & Q(is_kept_from=True), name="case_to_check_kept_from"),
        )
        triggers = (
            pgtrigger.Trigger(
                name="case_goes_by_its_table",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=GOES_BY_ITS_TABLE,
            ),
            pgtrigger.Protect(name="case_never_removed", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.stage}"


class Party(models.Model):
    """A person in a case (当事人); stands apart, so that a case can be worked on without her name."""

    city = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    part = models.CharField(max_length=9, choices=choices_of(PartyPart))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "subject", "part"], name="party_once"),
            known("part", PartyPart, "party_part_known"),
        )
        indexes = (models.Index(fields=["subject", "case"], name="party_subject"),)
        triggers = (
            pgtrigger.Trigger(
                name="asked_by_one_of_the_desk",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=ASKED_BY_ONE_OF_THE_DESK,
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.part}"


class Holding(models.Model):
    """A place that has to do with a case (办理单位), from when to when, and whether it may know who asked."""

    city = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.PROTECT, related_name="holdings")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=choices_of(HoldingPart))
    knows_who = models.BooleanField(default=False)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "place"], condition=Q(until=None), name="holding_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(until=None, part=HoldingPart.HANDLES.value),
                name="holding_one_handles",
                violation_error_message=_("一件事只有一个主办单位。"),
            ),
            known("part", HoldingPart, "holding_part_known"),
        )
        indexes = (models.Index(fields=["place", "case"], condition=Q(until=None), name="holding_place"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.part} {self.place_id}"


class Barred(models.Model):
    """Who has to keep away from a case (回避), and why; she does not meet it."""

    city = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.PROTECT, related_name="barred")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=32)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "account"], name="barred_once"),)
        indexes = (models.Index(fields=["account", "case"], name="barred_account"),)
        triggers = (
            pgtrigger.Trigger(
                name="somebody_keeps_away", when=pgtrigger.After, operation=pgtrigger.Insert, func=SOMEBODY_KEEPS_AWAY
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.account_id}"


class Step(models.Model):
    """One thing that happened to a case (经过): which move, from where to where, by whom; written once."""

    city = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    # Counts as the case's revision does.
    revision = models.IntegerField()
    move = models.CharField(max_length=32)
    stage = models.CharField(max_length=32)
    to = models.CharField(max_length=32)
    at = models.DateTimeField(default=clock.now)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    # Unit and role, as the journal says it; empty where the asker or the clock did it.
    author = models.CharField(max_length=160, blank=True)
    reason = models.CharField(max_length=32, blank=True)
    # Words for the asker and for those who go on with it.
    says_sealed = models.BinaryField(null=True)
    is_told = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "revision"], name="step_once"),)
        triggers = (
            *written_once("step"),
            pgtrigger.Trigger(
                name="step_of_the_table", when=pgtrigger.Before, operation=pgtrigger.Insert, func=STEP_OF_THE_TABLE
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.revision} {self.move}"


class Decision(models.Model):
    """One voice of one person on one case (表决), in one round; written once."""

    city = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    round = models.IntegerField()
    move = models.CharField(max_length=32)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    # Who brought the case here, as it stood then.
    maker = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    author = models.CharField(max_length=160)
    reason = models.CharField(max_length=32, blank=True)
    says_sealed = models.BinaryField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "round", "account"], name="decision_once"),
            models.CheckConstraint(
                condition=Q(maker=None) | ~Q(maker=F("account")),
                name="decision_by_another",
                violation_error_message=_("这是您自己提出的，要由另一位来把关。"),
            ),
        )
        triggers = (
            *written_once("decision"),
            pgtrigger.Trigger(
                name="decision_on_what_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=DECIDED_ON_WHAT_STANDS,
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.round} {self.move}"


class HandOver(models.Model):
    """A case on its way to others (交接): offered, then taken or declined; until then it stays where it is."""

    city = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.PROTECT, related_name="hand_overs")
    kind = models.CharField(max_length=8, choices=choices_of(HandOverKind))
    state = models.CharField(max_length=9, choices=choices_of(HandOverState), default=HandOverState.OFFERED.value)
    from_place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    to_place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    to_account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    knows_who = models.BooleanField(default=False)
    reason = models.CharField(max_length=32, blank=True)
    says_sealed = models.BinaryField(null=True)
    offered_at = models.DateTimeField(default=clock.now)
    offered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    settled_reason = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case", "to_place", "kind"],
                condition=Q(state=HandOverState.OFFERED.value),
                name="hand_over_once",
                violation_error_message=_("已经交过去了，等对方接。"),
            ),
            known("kind", HandOverKind, "hand_over_kind_known"),
            known("state", HandOverState, "hand_over_state_known"),
            models.CheckConstraint(
                condition=Q(state=HandOverState.OFFERED.value, settled_at=None)
                | (~Q(state=HandOverState.OFFERED.value) & Q(settled_at__isnull=False)),
                name="hand_over_settled_once",
            ),
        )
        indexes = (
            models.Index(fields=["to_place"], condition=Q(state=HandOverState.OFFERED.value), name="hand_over_waiting"),
        )
        triggers = (
            pgtrigger.Trigger(
                name="hand_over_taken_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=TAKEN_BY_ANOTHER,
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.state}"


class Running(models.Model):
    """A time that runs for a case (期限): by which term, since when, until when; what was computed is kept."""

    city = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.PROTECT, related_name="times")
    tier = models.CharField(max_length=32)
    unit = models.CharField(max_length=16)
    number = models.IntegerField()
    # By which rule, and whether the figure is our own (本系统默认值).
    source = models.CharField(max_length=160, blank=True)
    is_default = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    # None while it rests.
    due_at = models.DateTimeField(null=True)
    is_provisional = models.BooleanField(default=False)
    extended_at = models.DateTimeField(null=True)
    extended_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    extension = models.IntegerField(default=0)
    extension_reason = models.CharField(max_length=32, blank=True)
    # The reminders that went out: how many to the handler and to the one above.
    reminded = models.IntegerField(default=0)
    # When the next one is due; none while it rests, or when all went out.
    remind_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "tier"], condition=Q(ended_at=None), name="running_once"),
            models.CheckConstraint(
                condition=Q(extended_at=None, extension=0) | (Q(extension__gt=0) & ~Q(extension_reason="")),
                name="running_extended_with_a_reason",
                violation_error_message=_("延期要写明理由。"),
            ),
        )
        indexes = (
            models.Index(fields=["due_at"], condition=Q(ended_at=None), name="running_due"),
            models.Index(fields=["remind_at"], condition=Q(ended_at=None), name="running_to_remind"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.tier}"


class Pause(models.Model):
    """When a time rested (中止计时), and by which rule."""

    city = models.CharField(max_length=6)
    running = models.ForeignKey(Running, models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=32)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["running"], condition=Q(until=None), name="pause_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="pause_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.running_id} {self.reason}"


class Rating(models.Model):
    """What the asker says of how it went (评价), in one round of answers; written once."""

    city = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.PROTECT, related_name="ratings")
    revision = models.IntegerField()
    opinion = models.CharField(max_length=4, choices=choices_of(Opinion))
    says_sealed = models.BinaryField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "revision"], name="rating_once"),
            known("opinion", Opinion, "rating_opinion_known"),
        )
        triggers = written_once("rating")

    def __str__(self) -> str:
        return f"{self.case_id} {self.opinion}"


__all__ = [
    "Barred",
    "Case",
    "Change",
    "Decision",
    "HandOver",
    "HandOverKind",
    "HandOverState",
    "Holding",
    "HoldingPart",
    "Opinion",
    "Party",
    "PartyPart",
    "Pause",
    "Rating",
    "Running",
    "Step",
    "Version",
]
