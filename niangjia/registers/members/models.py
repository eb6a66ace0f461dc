"""Members by real name: one person, one record, for life; never two active memberships."""

from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.intake.models import Import
from niangjia.kernel.people.models import Subject
from niangjia.kernel.people.revisions import counts_revisions
from niangjia.registers.employers.models import Employer
from niangjia.registers.members.rules import IdKind, MembershipKind, MembershipState
from niangjia.registers.orgs.models import Union


class ShowsMembership:
    """The membership that a list or a page shows of a person: the facts are gathered by `queries.with_latest`."""

    @property
    def shown_union(self) -> str | None:
        """The name of its union; None where no membership may be shown."""
        return self._shown("union")

    @property
    def shown_code(self) -> str | None:
        """The code of its union."""
        return self._shown("code")

    @property
    def shown_state(self) -> str | None:
        """Its state (会籍状态)."""
        return self._shown("state")

    @property
    def shown_joined_on(self) -> date | None:
        """The day of joining, where it is known."""
        joined = self._shown("joined_on")
        return date.fromisoformat(joined) if joined else None

    def _shown(self, fact: str) -> str | None:
        facts: dict[str, str | None] | None = vars(self)["shown"]
        return facts[fact] if facts else None


# What a row was before each change: so the first change tells from what to what, too.
@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Person(ShowsMembership, models.Model):
    """A person in the real-name register (实名登记); number of papers and phone are sealed, the name is in clear."""

    subject = models.OneToOneField(Subject, models.PROTECT, primary_key=True, related_name="person")
    city = models.CharField(max_length=6)
    name = models.CharField(_("姓名"), max_length=64)
    # Whole pinyin, for the order of lists; and what the name is found by: first character, pairs, pinyin, initials.
    name_sort = models.CharField(max_length=128, db_collation="C")
    name_keys = ArrayField(models.TextField())
    id_kind = models.CharField(_("证件类型"), max_length=20)
    id_sealed = models.BinaryField(_("证件号码"))
    phone_sealed = models.BinaryField(_("手机"), null=True)
    phone_blind = models.BinaryField(max_length=16, null=True)
    phone_confirmed_at = models.DateTimeField(null=True)
    sex = models.CharField(_("性别"), max_length=6, blank=True)
    birth_on = models.DateField(_("出生日期"), null=True)
    ethnicity = models.CharField(_("民族"), max_length=2, blank=True)
    political = models.CharField(_("政治面貌"), max_length=2, blank=True)
    education = models.CharField(_("学历"), max_length=16, blank=True)
    household_registration = models.CharField(_("户籍类型"), max_length=16, blank=True)
    migrant = models.BooleanField(_("农民工"), null=True)
    employment = models.CharField(_("就业状况"), max_length=16, blank=True)
    workplace = models.CharField(_("工作单位"), max_length=128, blank=True)
    title = models.CharField(_("职务职称"), max_length=64, blank=True)
    skill = models.CharField(_("技能等级"), max_length=16, blank=True)
    occupation = models.CharField(_("职业"), max_length=32, blank=True)
    intake = models.ForeignKey(Import, models.PROTECT, null=True, related_name="+", db_index=False)
    revision = models.IntegerField(default=1)
    registered_at = models.DateTimeField(default=clock.now)
    # Her values are gone; the row stays under a pseudonym for the memberships, and nobody is shown it.
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(id_kind__in=[kind.value for kind in IdKind]), name="person_paper_known"),
            models.CheckConstraint(condition=Q(sex__in=["", "male", "female"]), name="person_sex_known"),
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
        )
        indexes = (
            GinIndex(fields=["name_keys"], name="person_name_keys"),
            models.Index(fields=["name_sort", "subject"], name="person_in_order"),
            models.Index(fields=["phone_blind"], name="person_phone"),
            models.Index(fields=["name_sort", "birth_on"], name="person_sound_and_birth"),
            BrinIndex(fields=["intake"], name="person_intake"),
            models.Index(fields=["subject"], name="person_erased", condition=Q(erased_at__isnull=False)),
        )
        triggers = (counts_revisions(),)

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Membership(models.Model):
    """Membership of one union in one period (会籍)."""

    city = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    union = models.ForeignKey(Union, models.PROTECT, related_name="memberships")
    employer = models.ForeignKey(Employer, models.SET_NULL, null=True, related_name="+", db_index=False)
    kind = models.CharField(_("入会方式"), max_length=16)
    state = models.CharField(_("会籍状态"), max_length=16)
    period = DateRangeField()
    # The day as the member's papers have it; the period begins with registration where it is not known.
    joined_on = models.DateField(_("入会时间"), null=True)
    member_no = models.CharField(_("会员证号"), max_length=32, blank=True)
    # Why it is kept on, or ended, as a code; empty where the state says it all.
    because = models.CharField(max_length=32, blank=True, default="", db_default="")
    intake = models.ForeignKey(Import, models.PROTECT, null=True, related_name="+", db_index=False)
    revision = models.IntegerField(default=1)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="membership_one_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=~Q(state__in=["applicant", "rejected"]),
                violation_error_message=_("这个人这段时间已经有会籍了，不能再有一份。可以发起转会。"),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in MembershipKind]), name="membership_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in MembershipState]), name="membership_state_known"
            ),
        )
        indexes = (BrinIndex(fields=["intake"], name="membership_intake"),)
        triggers = (counts_revisions(),)

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.union_id} {self.period}"


class TransferProposal(models.Model):
    """A union asks for a member who is active elsewhere (转会提议); both ends have to agree."""

    city = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.CASCADE, related_name="transfer_proposals")
    to_union = models.ForeignKey(Union, models.CASCADE, related_name="transfer_proposals")
    intake = models.ForeignKey(Import, models.CASCADE, null=True, related_name="+")
    proposed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    # The name as the asking union wrote it: where she is now is not theirs to see.
    name_written = models.CharField(max_length=64, blank=True, default="", db_default="")
    withdrawn_at = models.DateTimeField(null=True)
    # The other end's answer: the union that let her go or did not, who said so, and why not.
    from_union = models.ForeignKey(Union, models.CASCADE, null=True, related_name="+")
    agreed = models.BooleanField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("不同意的理由"), max_length=255, blank=True, default="", db_default="")
    # By when the other end answers; after that day the union above both ends is told, and may decide (时限过了交共同上级).
    answer_by = models.DateField(null=True)
    umpire = models.ForeignKey(Union, models.CASCADE, null=True, related_name="+")
    went_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "to_union"],
                condition=Q(withdrawn_at=None, settled_at=None),
                name="transfer_proposed_once",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, agreed=None, from_union=None)
                | Q(settled_at__isnull=False, agreed__isnull=False, from_union__isnull=False, withdrawn_at=None),
                name="transfer_settled_whole",
            ),
            models.CheckConstraint(
                condition=Q(umpire=None, went_up_at=None) | Q(umpire__isnull=False, went_up_at__isnull=False),
                name="transfer_went_up_whole",
            ),
            models.CheckConstraint(
                condition=~Q(agreed=False) | ~Q(reason=""),
                name="transfer_refused_with_a_reason",
                violation_error_message=_("不同意要写明理由。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} → {self.to_union_id}"


class PhoneProposal(models.Model):
    """A roster gives another phone than the one its owner confirmed (手机变更提议); only the owner may take it over."""

    city = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.CASCADE, related_name="phone_proposals")
    phone_sealed = models.BinaryField()
    phone_blind = models.BinaryField(max_length=16)
    # Whose roster or hand it was, and who may take it back.
    union = models.ForeignKey(Union, models.CASCADE, null=True, related_name="+")
    intake = models.ForeignKey(Import, models.CASCADE, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    # The owner's own answer: whether the other phone is hers now.
    taken_over = models.BooleanField(null=True)
    # Answered, or taken back by the union: it is then settled, and nobody has answered it.
    settled_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "phone_blind"], condition=Q(settled_at=None), name="phone_proposed_once"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, taken_over=None, withdrawn_at=None)
                | Q(settled_at__isnull=False, taken_over__isnull=False, withdrawn_at=None)
                | Q(settled_at__isnull=False, taken_over=None, withdrawn_at__isnull=False),
                name="phone_proposal_settled_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}"
