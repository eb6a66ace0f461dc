"""Terms of office of unions, their committees, and who sits on them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.registers.committees.rules.bodies import BodyKind, Post, TermForm
from niangjia.registers.members.models import Person
from niangjia.registers.orgs.models import Union


class Term(models.Model):
    """A term of a union's committee (届), as the union above approved it; the one without an end is the present one."""

    city = models.CharField(max_length=6)
    union = models.ForeignKey(Union, models.PROTECT, related_name="terms")
    number = models.IntegerField(_("第几届"))
    form = models.CharField(_("组织形式"), max_length=16, default=TermForm.COMMITTEE.value)
    years = models.IntegerField(_("任期几年"))
    begins_on = models.DateField(_("从哪天起"))
    ends_on = models.DateField(_("到哪天止"))
    document_number = models.CharField(_("批复文号"), max_length=64)
    approved_on = models.DateField(_("批复日期"))
    extended_to = models.DateField(_("延期到"), null=True)
    extension_document = models.CharField(_("延期批复文号"), max_length=64, blank=True, default="", db_default="")
    # The last day on which it was in office; none as long as no other has begun.
    ended_on = models.DateField(null=True)
    # The number of days before its end that people were reminded of last.
    reminded = models.IntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["union"], condition=Q(ended_on=None), name="term_one_at_a_time"),
            models.UniqueConstraint(
                fields=["union", "number"],
                name="term_number_once",
                violation_error_message=_("这个工会的这一届已经记过了。"),
            ),
            models.CheckConstraint(condition=Q(years__in=[3, 5]), name="term_of_three_or_five_years"),
            models.CheckConstraint(condition=Q(number__gte=1), name="term_number_from_one"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("begins_on")), name="term_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(document_number=""), name="term_approved_by_a_document"),
            models.CheckConstraint(
                condition=Q(extended_to=None, extension_document="")
                | (Q(extended_to__gt=F("ends_on")) & ~Q(extension_document="")),
                name="term_extended_by_a_document",
            ),
            models.CheckConstraint(condition=Q(form__in=[form.value for form in TermForm]), name="term_form_known"),
        )
        indexes = (models.Index(fields=["ends_on"], condition=Q(ended_on=None), name="term_ends"),)

    def __str__(self) -> str:
        return f"{self.union_id} {self.number}"

    @property
    def last_on(self) -> date:
        """The last day for which it was approved, with its extension."""
        return self.extended_to or self.ends_on


class Body(models.Model):
    """A committee of a union in one term (委员会)."""

    city = models.CharField(max_length=6)
    term = models.ForeignKey(Term, models.PROTECT, related_name="bodies")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    kind = models.CharField(_("委员会"), max_length=16)
    since = models.DateField(_("从哪天起"))
    # How many the employer sends to a mediation committee: a number, none of their names.
    employer_side = models.IntegerField(_("企业一方的人数"), default=0, db_default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["term", "kind"], name="body_once_in_a_term"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in BodyKind]), name="body_kind_known"),
            models.CheckConstraint(
                condition=Q(employer_side=0) | Q(employer_side__gt=0, kind=BodyKind.MEDIATION.value),
                name="body_employer_side_of_mediation",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.term_id}"


class Seat(models.Model):
    """Somebody sits on a committee (任职): a member of the register, from a day to a day."""

    city = models.CharField(max_length=6)
    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    post = models.CharField(_("职务"), max_length=16, default=Post.MEMBER.value)
    since = models.DateField(_("从哪天起"))
    until = models.DateField(_("到哪天止"), null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["body", "person"], condition=Q(until=None), name="seat_once_on_a_body"),
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(until=None, post=Post.CHAIR.value),
                name="seat_one_chair",
                violation_error_message=_("这个委员会已经有主席（主任）了。"),
            ),
            models.CheckConstraint(condition=Q(post__in=[post.value for post in Post]), name="seat_post_known"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="seat_ends_after_it_begins"
            ),
        )
        indexes = (models.Index(fields=["union"], condition=Q(until=None), name="seat_of_union_now"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.post}"
