"""Lost phones beside their cases; and when a person last used her phone at the door."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.cases.models import Case
from niangjia.kernel.people.models import Subject
from niangjia.kernel.places.models import Place
from niangjia.registers.members.regaining.rules.filing import Paper, Why


class Regaining(models.Model):
    """Another phone for a member who lost hers (旧手机丢了): the record of one case; the new phone rests sealed.

    From `handed_at` on it is her phone, and until she has proved it (`proved_at`) nobody but her changes it.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="regaining")
    city = models.CharField(max_length=6)
    person = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    # The whole of her enterprise's union: nobody who stands in it decides.
    home = models.ForeignKey(Place, models.PROTECT, related_name="+")
    phone_sealed = models.BinaryField(null=True)
    phone_blind = models.BinaryField(max_length=16, null=True)
    paper = models.CharField(max_length=16)
    why = models.CharField(max_length=16)
    # Unit and role of who filed it, as the journal says it; the person reads it.
    author = models.CharField(max_length=160)
    settled_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    proved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(settled_at=None),
                name="regaining_open_once",
                violation_error_message=_("这个人已经有一件在办。"),
            ),
            models.CheckConstraint(
                condition=Q(proved_at=None) | Q(handed_at__isnull=False), name="regaining_handed_before_proved"
            ),
            models.CheckConstraint(
                condition=Q(handed_at=None) | Q(settled_at__isnull=False), name="regaining_handed_is_settled"
            ),
            models.CheckConstraint(
                condition=Q(paper__in=[each.value for each in Paper]) & Q(why__in=[each.value for each in Why]),
                name="regaining_words_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id}"


class PhoneUse(models.Model):
    """The last day on which somebody came in with a code to her phone (手机最近用过); no time of the day."""

    subject = models.OneToOneField(Subject, models.PROTECT, primary_key=True, related_name="+")
    city = models.CharField(max_length=6)
    used_on = models.DateField(default=clock.today)

    def __str__(self) -> str:
        return f"{self.subject_id} {self.used_on}"
