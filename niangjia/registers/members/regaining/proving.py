"""What the door tells of a phone: that it was used today, and that one which came by a case was proved to be hers."""

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.acting import Purpose, beyond
from niangjia.registers.members.models import Person
from niangjia.registers.members.regaining.models import PhoneUse, Regaining


@transaction.atomic
def came_in(person: Person) -> None:
    """A code to her phone was right (用手机登录过): the day is noted, and what was handed over is hers for good."""
    today = clock.today()
    with beyond(Purpose.DOOR):
        PhoneUse.objects.update_or_create(subject_id=person.pk, defaults={"city": person.city, "used_on": today})
        handed = Regaining.objects.filter(person=person.pk, handed_at__isnull=False, proved_at=None)
        handed.update(proved_at=clock.now())
