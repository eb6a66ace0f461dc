"""Applications to join, beside their cases; and which union takes in whoever has no fixed employer."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account
from niangjia.kernel.cases.models import Case
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.models import Place
from niangjia.registers.members.joining.rules.trades import TRADES
from niangjia.registers.members.models import Person
from niangjia.registers.orgs.models import Union


class Application(models.Model):
    """What somebody wrote of herself to join (入会申请): the record of one case; number and phone rest sealed.

    `subject` is whoever holds the phone that was proved. It is a person of the register only where number and phone are
    hers; who writes another's number stays somebody of her own until the union has looked at her paper.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="application")
    city = models.CharField(max_length=6)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name=_("申请加入的工会"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    name = models.CharField(_("姓名"), max_length=64, blank=True)
    id_kind = models.CharField(max_length=20)
    id_sealed = models.BinaryField(null=True)
    id_blind = models.BinaryField(max_length=16, null=True)
    phone_sealed = models.BinaryField(null=True)
    phone_blind = models.BinaryField(max_length=16, null=True)
    # What she does for a living, where she says so: a group of the register (八大群体).
    trade = models.CharField(max_length=32, blank=True)
    # The day on which the committee agreed (委员会同意的日子), as the union writes it.
    decided_on = models.DateField(null=True)
    # Whom the register knows by this number, found when the union approved.
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    # Name, number and phone are gone: nothing came of it, and its days are over.
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["id_blind", "phone_blind"],
                condition=Q(settled_at=None),
                name="application_open_once",
                violation_error_message=_("这个人已经有一件入会申请在办。"),
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False)
                | (~Q(name="") & Q(id_sealed__isnull=False) & Q(phone_sealed__isnull=False)),
                name="application_whole_until_erased",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(
                    name="",
                    id_sealed=None,
                    id_blind=None,
                    phone_sealed=None,
                    phone_blind=None,
                    settled_at__isnull=False,
                ),
                name="application_erased_whole",
            ),
        )
        indexes = (
            models.Index(fields=["phone_blind"], name="application_phone"),
            models.Index(fields=["id_blind"], name="application_number"),
            models.Index(fields=["subject"], name="application_subject"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} → {self.union_id}"


class CatchAll(models.Model):
    """The union that takes in whoever drives, delivers or works by the piece in a county (兜底工会), set by the county."""

    city = models.CharField(max_length=6)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("哪个县"))
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name=_("收人的工会"))
    trade = models.CharField(max_length=32)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    set_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["place", "trade"], condition=Q(until=None), name="catch_all_one_each"),
            models.CheckConstraint(
                condition=Q(trade__in=[trade.key for trade in TRADES]), name="catch_all_trade_known"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="catch_all_ends_after"),
        )

    def __str__(self) -> str:
        return f"{self.place_id} {self.trade} → {self.union_id}"
