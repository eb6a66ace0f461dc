"""A member of the demo's mill who lost her phone: filed by her chair, one cadre above agreed, a second one is waited for."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from niangjia.demo.rules.accounts import HONGYUAN
from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.pages.pressing import Pressed
from niangjia.registers.members.models import Person
from niangjia.registers.members.regaining.deciding import done
from niangjia.registers.members.regaining.filing import report_lost
from niangjia.registers.members.regaining.rules.filing import Filing
from niangjia.registers.members.regaining.rules.workflow import AGREE

Ago = Callable[..., AbstractContextManager[None]]
Acting = Callable[[str], Actor]
# Of the known people of the mill; in the numbers of phones that the demo gives to nobody.
WHO, NEW_PHONE = "何雪琴", "16200299017"
SAID = "打车间电话问过班组长，视频里对过本人和身份证。"


def lose_a_phone(*, ago: Ago, actor: Acting) -> None:
    """It waits for the second of two."""
    here = Person.objects.filter(name=WHO, memberships__union__name=HONGYUAN, memberships__period__upper_inf=True)
    person = here.order_by("pk").first()
    if person is None:
        return
    Person.objects.filter(pk=person.pk, phone_confirmed_at=None).update(
        phone_confirmed_at=clock.now() - timedelta(days=120)
    )
    with ago(days=1):
        filing = Filing(NEW_PHONE, "id_card", "lost", is_compared=True)
        regaining = report_lost(person.pk, filing, by=actor("zhangjianguo"), at=clock.now())
    with ago(hours=3):
        done(regaining.pk, AGREE, Pressed(actor("zhoumin"), clock.now(), says=SAID, answers={"says": SAID}))
