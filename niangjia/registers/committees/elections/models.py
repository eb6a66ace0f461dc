"""The record of an election beside its case, and who stands in it. No ballot, and never who voted how."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.cases.models import Case
from niangjia.registers.committees.elections.rules.workflow import ElectionKind, Meeting
from niangjia.registers.committees.models import Term
from niangjia.registers.committees.rules.bodies import BodyKind, Post, TermForm
from niangjia.registers.members.models import Person
from niangjia.registers.orgs.models import Union


class Election(models.Model):
    """An election of a union (选举): the record of one case. Members and women are counted when the meeting is convened."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="election")
    city = models.CharField(max_length=6)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    kind = models.CharField(_("选什么"), max_length=16, default=ElectionKind.RENEWAL.value)
    form = models.CharField(_("组织形式"), max_length=16, default=TermForm.COMMITTEE.value)
    meeting = models.CharField(_("谁来选"), max_length=16, default=Meeting.GENERAL.value)
    years = models.IntegerField(_("任期几年"), null=True)
    # Which vacant seat a by-election fills.
    post = models.CharField(_("补哪个职务"), max_length=16, default=Post.MEMBER.value)
    seats = models.IntegerField(_("委员名额"), default=0)
    audit_seats = models.IntegerField(_("经审名额"), default=0)
    standing_seats = models.IntegerField(_("常委名额"), default=0)
    representatives = models.IntegerField(_("代表人数"), null=True)
    meeting_on = models.DateField(_("选举日期"), null=True)
    members = models.IntegerField(_("会员人数"), null=True)
    women = models.IntegerField(_("女会员人数"), null=True)
    entitled = models.IntegerField(_("应到人数"), null=True)
    present = models.IntegerField(_("实到人数"), null=True)
    ballots = models.IntegerField(_("收回选票"), null=True)
    rounds = models.IntegerField(_("选了几轮"), default=0)
    # The term that came of it.
    term = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["union"], condition=Q(settled_at=None), name="election_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ElectionKind]), name="election_kind_known"
            ),
            models.CheckConstraint(condition=Q(form__in=[form.value for form in TermForm]), name="election_form_known"),
            models.CheckConstraint(
                condition=Q(meeting__in=[each.value for each in Meeting]), name="election_meeting_known"
            ),
            models.CheckConstraint(
                condition=Q(present=None) | (Q(present__lte=F("entitled")) & Q(ballots__lte=F("present"))),
                name="election_no_more_ballots_than_people",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} @ {self.union_id}"


class Candidate(models.Model):
    """Somebody stands for a committee (候选人): for which post, with how many votes; what she declared is not kept."""

    city = models.CharField(max_length=6)
    election = models.ForeignKey(Election, models.PROTECT, related_name="candidates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    body = models.CharField(_("委员会"), max_length=16, default=BodyKind.COMMITTEE.value)
    post = models.CharField(_("职务"), max_length=16, default=Post.MEMBER.value)
    votes = models.IntegerField(_("得票"), null=True)
    # In which round the votes were given, and whether they elected her.
    round = models.IntegerField(default=0)
    is_elected = models.BooleanField(_("当选"), default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["election", "person", "body"],
                name="candidate_once_for_a_body",
                violation_error_message=_("这个人已经提名过了。"),
            ),
            models.CheckConstraint(
                condition=Q(body__in=[kind.value for kind in BodyKind]), name="candidate_body_known"
            ),
            models.CheckConstraint(condition=Q(post__in=[post.value for post in Post]), name="candidate_post_known"),
            models.CheckConstraint(condition=Q(votes=None) | Q(votes__gte=0), name="candidate_votes_not_negative"),
            models.CheckConstraint(
                condition=Q(is_elected=False) | Q(votes__isnull=False), name="candidate_elected_by_votes"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} → {self.body}"
