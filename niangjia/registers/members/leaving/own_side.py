"""Leaving, and when one retires, among the services of a worker; what waits for her stands with her other cases."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.kernel.web.worker.declared import Group, OwnFact, OwnRecord, Service, registered
from niangjia.registers.members.models import Person
from niangjia.registers.members.retiring import KIND_WORDS, days_of

MEMBERSHIP = Group(gettext_lazy("会籍"), 9)
RETIREMENT, LEAVE = "/mine/retirement/", "/mine/leaving/"
SERVICES = (
    Service(
        "retirement", gettext_lazy("我哪天退休"), gettext_lazy("按出生年月推算，怎么算的一行一行写着。"), RETIREMENT, "calendar", MEMBERSHIP, 70,
        "", gettext_lazy("马上就能看"), words=("退休", "养老", "延迟退休", "到龄", "退休年龄", "几岁退休"), is_for=registered,
    ),
    Service(
        "leaving", gettext_lazy("退会"), gettext_lazy("不想当会员了，说一声。以后想回来，随时可以。"), LEAVE, "logout", MEMBERSHIP, 79,
        gettext_lazy("您的工会"), gettext_lazy("10 个工作日内确认（本系统默认值）"), words=("退会", "退出工会", "不当会员", "退掉"), is_for=registered,
    ),
)  # fmt: skip


def own_records(actor: Actor) -> Iterator[OwnRecord]:
    """When she reaches retirement, as it is reckoned; she alone reads the day."""
    person = Person.objects.filter(pk=actor.subject_id).first() if actor.subject_id is not None else None
    found = days_of(person) if person is not None else []
    if not found:
        return
    facts = tuple(OwnFact(KIND_WORDS[each.kind], day(each.on)) for each in found)
    line = _("按出生日期推算的，不是决定。怎么算的，在「办事」里点「我哪天退休」。到了那天也不会自动办，工会先问您。")
    yield OwnRecord(_("哪天退休"), "calendar", facts, line, _("只有您看得到是哪一天；管会籍的干部看到是哪一季度。"))
