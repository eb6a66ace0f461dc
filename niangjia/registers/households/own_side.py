"""Her household on the worker's side: among the services, among what is held, and a question that waits for her."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.dated.queries import region_names
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.kernel.web.worker.declared import Group, Note, OwnFact, OwnRecord, Service, registered
from niangjia.kernel.worded import Worded
from niangjia.registers.households.models import Belonging, Household
from niangjia.registers.households.queries import asked_of
from niangjia.registers.households.rules import Relation
from niangjia.registers.households.words import RELATION_WORDS

PAGE = "/mine/household/"
OWN = Worded(lambda subject: Household.objects.filter(head=subject, period__upper_inf=True)[:1], subject=int)
WITH_HER = Worded(
    lambda household: (
        Belonging.objects.filter(household=household, period__upper_inf=True)
        .exclude(relation=Relation.APPLICANT.value)
        .select_related("kin")
        .order_by("pk")
    ),
    household=int,
)
SERVICES = (
    Service(
        "household", gettext_lazy("我的家庭"), gettext_lazy("写一次家里有谁、孩子在哪里上学，办帮扶、助学不用再填。"), PAGE, "home",
        Group(gettext_lazy("会籍"), 9), 41, "", gettext_lazy("马上"), words=("家人", "家庭成员", "孩子", "配偶", "上学", "家属"),
        is_for=registered,
    ),
)  # fmt: skip


def own_records(actor: Actor) -> Iterator[OwnRecord]:
    """Where she lives and with whom."""
    household = next(iter(OWN(subject=actor.subject_id)), None) if actor.subject_id else None
    if household is None:
        return
    region = region_names([household.region_code], on=clock.today()).get(household.region_code, "")
    facts = [OwnFact(_("住在"), region, household.period.lower)]
    for each in WITH_HER(household=household.pk):
        name = each.kin.name if each.kin else _("一位会员，本人答应的")
        facts.append(OwnFact(RELATION_WORDS[each.relation], name, each.period.lower))
    line = _("您自己写的，{day}起。住址、身份证号加密保存。").format(day=day(household.period.lower))
    seen = gettext_lazy("街道以上经办帮扶的人，写明为什么才能看，您马上能看到是谁。您单位的工会看不到。")
    yield OwnRecord(_("我的家庭"), "home", tuple(facts), line, seen)


def own_notes(actor: Actor) -> Iterator[Note]:
    """Somebody wrote her down as family: she is asked."""
    if actor.subject_id is None:
        return
    for each in asked_of(actor.subject_id, on=clock.today())[:1]:
        line = _("{name}把您写成一家人。是不是，您说了算。").format(name=each.head_name)
        yield Note(_("有人说和您是一家人"), line, PAGE, _("去看看"), "home")
