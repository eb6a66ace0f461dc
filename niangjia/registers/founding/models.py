"""Who asked for a union, unions as they are set up, whom they elected; and what hangs at a union's door."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.cases.models import Case
from niangjia.kernel.people.models import Subject
from niangjia.registers.committees.rules.bodies import BodyKind, Post
from niangjia.registers.employers.models import Employer
from niangjia.registers.founding.rules.forms import FORM_TITLES, FOUNDED_FORMS, Side, Size
from niangjia.registers.members.models import Person
from niangjia.registers.orgs.models import Union


class FoundingApplication(models.Model):
    """Somebody asks for a union (建会申请): the record of one case; who asked rests sealed, whichever side it was.

    An employer that is not in the register is written as it was told; the desk registers it.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="founding_application")
    city = models.CharField(max_length=6)
    side = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Side])
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    name_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    phone_blind = models.BinaryField(max_length=16, null=True)
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="+")
    employer_name = models.CharField(_("单位名称"), max_length=128)
    employer_uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    size = models.CharField(_("大约多少人"), max_length=12, choices=[(each.value, each.value) for each in Size])
    form = models.CharField(_("想建哪一种"), max_length=16, choices=list(FORM_TITLES.items()))
    # The employer may be told who asked: only where she said so.
    is_named = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "employer_name"],
                condition=Q(settled_at=None),
                name="founding_application_open_once",
                violation_error_message=_("您已经给这个单位申请过建会，还没有答复。"),
            ),
            models.CheckConstraint(
                condition=Q(side__in=[each.value for each in Side]), name="founding_application_side_known"
            ),
            models.CheckConstraint(
                condition=Q(size__in=[each.value for each in Size]), name="founding_application_size_known"
            ),
            models.CheckConstraint(condition=Q(form__in=list(FORM_TITLES)), name="founding_application_form_known"),
            models.CheckConstraint(condition=~Q(employer_name=""), name="founding_application_names_employer"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False)
                | (Q(name_sealed__isnull=False) & Q(phone_sealed__isnull=False) & Q(phone_blind__isnull=False)),
                name="founding_application_whole_until_erased",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(name_sealed=None, phone_sealed=None, phone_blind=None, settled_at__isnull=False),
                name="founding_application_erased_whole",
            ),
        )
        indexes = (
            models.Index(fields=["phone_blind"], name="founding_application_phone"),
            models.Index(fields=["subject"], name="founding_application_subject"),
            models.Index(fields=["employer"], name="founding_application_employer"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.employer_name}"


class FoundingState(models.TextChoices):
    """How far a union is (建会状态)."""

    PREPARING = "preparing", _("筹建中")
    FOUNDED = "founded", _("批复成立")
    ABANDONED = "abandoned", _("不再筹建")


class Founding(models.Model):
    """A union as it is set up (筹建、批复): one-to-one with the union, and with the case that it went through."""

    union = models.OneToOneField(Union, models.PROTECT, primary_key=True, related_name="founding")
    case = models.OneToOneField(Case, models.PROTECT, related_name="founding")
    city = models.CharField(max_length=6)
    state = models.CharField(max_length=12, choices=FoundingState, default=FoundingState.PREPARING)
    form = models.CharField(_("组织形式"), max_length=16)
    employers = models.ManyToManyField(Employer, through="FoundingEmployer", related_name="foundings")
    prepared_on = models.DateField(_("准予筹建"))
    elected_on = models.DateField(_("选举日期"), null=True)
    entitled = models.IntegerField(_("应到人数"), null=True)
    present = models.IntegerField(_("到会人数"), null=True)
    chair_votes = models.IntegerField(_("主席得票"), null=True)
    document_no = models.CharField(_("批复文号"), max_length=64, blank=True)
    approved_on = models.DateField(_("批复日期"), null=True)
    term_years = models.SmallIntegerField(_("届期"), null=True)
    approved_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    members_then = models.IntegerField(_("批复时会员"), null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=FoundingState.values), name="founding_state_known"),
            models.CheckConstraint(condition=Q(form__in=FOUNDED_FORMS), name="founding_has_a_form"),
            models.CheckConstraint(
                condition=~Q(state=FoundingState.FOUNDED)
                | (
                    ~Q(document_no="")
                    & Q(approved_on__isnull=False, term_years__in=(3, 5), elected_on__isnull=False)
                    & Q(approved_on__gte=F("elected_on"))
                ),
                name="founding_approved_by_document",
                violation_error_message=_("没有批复文号、批复日期和届期，工会不能算成立。"),
            ),
            models.CheckConstraint(
                condition=Q(present=None) | Q(present__gt=0, present__lte=F("entitled")),
                name="founding_present_within_entitled",
            ),
            models.UniqueConstraint(
                fields=["document_no", "city"],
                condition=~Q(document_no=""),
                name="founding_document_once",
                violation_error_message=_("这个批复文号用过了。一个文号批一个工会，对着文件再看一遍。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.union_id} {self.state}"


class FoundingEmployer(models.Model):
    """An employer whose workers the union is for (建会单位): one, or several of a joint union; being set up by one at a time."""

    founding = models.ForeignKey(Founding, models.CASCADE, related_name="of_employers")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    city = models.CharField(max_length=6)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["founding", "employer"], name="founding_employer_once"),
            models.UniqueConstraint(
                fields=["employer"],
                condition=Q(is_open=True),
                name="founding_one_at_a_time",
                violation_error_message=_("这个单位已经在筹建工会。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.founding_id} ← {self.employer_id}"


class Preparer(models.Model):
    """A member of the preparatory group (筹备组成员): acts until the election, then no more."""

    founding = models.ForeignKey(Founding, models.CASCADE, related_name="group")
    city = models.CharField(max_length=6)
    name = models.CharField(_("姓名"), max_length=64)
    is_head = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["founding", "name"], name="preparer_once"),
            models.UniqueConstraint(fields=["founding"], condition=Q(is_head=True), name="preparer_one_head"),
            models.CheckConstraint(condition=~Q(name=""), name="preparer_has_a_name"),
        )

    def __str__(self) -> str:
        return str(self.pk)


class ReportedSeat(models.Model):
    """Whom the first meeting elected onto which committee, as it was reported (选举结果); in office from the approval on."""

    founding = models.ForeignKey(Founding, models.CASCADE, related_name="reported")
    city = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    body = models.CharField(max_length=16, choices=[(each.value, each.value) for each in BodyKind])
    post = models.CharField(max_length=16, choices=[(each.value, each.value) for each in Post])

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["founding", "person", "body"], name="reported_seat_once"),
            models.CheckConstraint(
                condition=Q(body__in=[each.value for each in BodyKind]), name="reported_seat_body_known"
            ),
            models.CheckConstraint(
                condition=Q(post__in=[each.value for each in Post]), name="reported_seat_post_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.founding_id} {self.body}"


class DoorSign(models.Model):
    """What hangs at a union's door besides name, address and phone (门牌): hours, the way there, whom to ask where she agreed."""

    union = models.OneToOneField(Union, models.PROTECT, primary_key=True, related_name="door_sign")
    city = models.CharField(max_length=6)
    hours = models.CharField(_("开门时间"), max_length=128, blank=True)
    way = models.CharField(_("怎么走"), max_length=255, blank=True)
    contact = models.CharField(_("联系人"), max_length=64, blank=True)
    contact_agreed = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(contact="") | Q(contact_agreed=True),
                name="door_names_whoever_agreed",
                violation_error_message=_("公开联系人的姓名，要她本人同意。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.union_id)
