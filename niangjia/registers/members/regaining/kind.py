"""A lost phone as a line of work: its words on either face, its forms, what the two who decide read of it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor, author_of
from niangjia.kernel.acting import Purpose, beyond
from niangjia.kernel.cases.drafts.rules import Field, FieldKind, FormSheet
from niangjia.kernel.cases.kinds import CaseKind, Content, Words
from niangjia.kernel.cases.models import Case, Decision
from niangjia.kernel.cases.pages.declared import Line, OwnWords
from niangjia.kernel.cases.pages.urls import desk_address, own_address
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.listing import Badge
from niangjia.kernel.people.masks import masked_phone
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.web.roles import unit_and_role
from niangjia.kernel.web.templatetags.niangjia_web import moment
from niangjia.registers.members.masked import shown_number, shown_phone
from niangjia.registers.members.models import Person
from niangjia.registers.members.regaining.models import Regaining
from niangjia.registers.members.regaining.queries import phone_in
from niangjia.registers.members.regaining.rules import workflow as table
from niangjia.registers.members.regaining.rules.filing import Paper, Why

HERE = "niangjia.registers.members.regaining"
STAGES: dict[str, Badge] = {
    table.WRITTEN: Badge("doing", gettext_lazy("在报")),
    table.CHECKED: Badge("wait", gettext_lazy("等两位上级干部核")),
    table.WAITS: Badge("paused", gettext_lazy("同意了，等几天再换")),
    table.HANDED: Badge("done", gettext_lazy("换好了")),
    table.REFUSED: Badge("closed", gettext_lazy("没有同意")),
    table.STOPPED: Badge("closed", gettext_lazy("停下来了")),
}
MOVES: dict[str, Words] = {
    table.FILE: gettext_lazy("报旧手机丢了"),
    table.AGREE: gettext_lazy("核过了，同意换"),
    table.REFUSE: gettext_lazy("不同意换"),
    table.HALT: gettext_lazy("停下来"),
    table.NOT_ME: gettext_lazy("不是我"),
    table.HAND_OVER: gettext_lazy("换上新手机"),
}
REASONS: dict[str, Words] = {
    "not_the_person": gettext_lazy("核对过，不是本人"),
    "not_proved": gettext_lazy("依据不够，请本人带证件到上级工会"),
    "phone_wrong": gettext_lazy("新手机号不对，改对了再报"),
    "said_by_herself": gettext_lazy("本人打电话、来人说不是她"),
}
PAPERS: dict[str, Words] = {
    Paper.ID_CARD: gettext_lazy("居民身份证"),
    Paper.PASSPORT: gettext_lazy("护照"),
    Paper.PERMIT: gettext_lazy("居留证、通行证"),
    Paper.SOCIAL_CARD: gettext_lazy("社会保障卡"),
}
WHYS: dict[str, Words] = {
    Why.LOST: gettext_lazy("手机丢了，号码也补不回来"),
    Why.STOLEN: gettext_lazy("手机被偷、被抢了"),
    Why.BROKEN: gettext_lazy("手机坏了，换了号码"),
    Why.NUMBER_GONE: gettext_lazy("号码停了，收不到短信"),
}
REGAINING_KIND = CaseKind(
    table.KIND,
    gettext_lazy("旧手机丢了"),
    steps=(gettext_noop("报"), gettext_noop("两位上级干部核"), gettext_noop("等几天"), gettext_noop("换好")),
    stages={name: badge.words for name, badge in STAGES.items()},
    moves=MOVES,
    reasons=REASONS,
    tiers={table.DECIDE: gettext_lazy("核对"), table.WAIT: gettext_lazy("等本人说不是她")},
    desk=desk_address,
    own=own_address,
    icon="device-mobile",
    by_clock=f"{HERE}.deciding.handed_over",
    content=f"{HERE}.kind.content_of",
)
CHECK_SHEET = FormSheet(
    table.CHECK,
    gettext_noop("怎么核的"),
    (
        Field("says", FieldKind.WORDS, gettext_noop("您是怎么核对的"),
              help=gettext_noop("比如：视频里对过本人和身份证；打单位电话问过班组长，是她。不写号码。本人看得到。"), least=4, most=500),
    ),
)  # fmt: skip
LINE = Line(
    table.REGAINING,
    REGAINING_KIND,
    title=gettext_lazy("旧手机丢了"),
    badges=STAGES,
    own=OwnWords(
        states=STAGES
        | {
            table.CHECKED: Badge("wait", gettext_lazy("有人替您报旧手机丢了")),
            table.WAITS: Badge("wait", gettext_lazy("要给您换登录的手机了")),
        },
        where={
            table.WRITTEN: gettext_lazy("工会在报"),
            table.CHECKED: gettext_lazy("在{office}，要两位干部核。不是您，点「不是我」，马上停"),
            table.WAITS: gettext_lazy("{office}的两位干部核过了，先等几天。不是您，点「不是我」，马上停"),
            table.HANDED: gettext_lazy("换好了，用新手机登录"),
            table.REFUSED: gettext_lazy("{office}没有同意，手机还是原来那个"),
            table.STOPPED: gettext_lazy("停下来了，手机还是原来那个"),
        },
        next={
            table.CHECKED: gettext_lazy("下一步：上级工会的两位干部核。单位里的人不能定"),
            table.WAITS: gettext_lazy("下一步：过了这几天，登录的手机换成新的，原来登录着的都退出"),
        },
        happened={
            "open": (gettext_lazy("工会替您报了"), "send"),
            table.FILE: (gettext_lazy("报到上级工会"), "send"),
            table.AGREE: (gettext_lazy("两位干部核过了"), "circle-check"),
            table.NOT_ME: (gettext_lazy("您说不是您"), "x"),
        },
        tiers={table.CHECKED: (), table.WAITS: (table.WAIT,)},
    ),
    sheets={table.CHECK: CHECK_SHEET},
    does=f"{HERE}.deciding.done",
    facts=f"{HERE}.kind.facts_of",
)


def content_of(case: Case, _actor: Actor) -> Content:
    """Who she is and which phone it is to be, masked on either face; who saw which paper; and who may decide."""
    regaining = Regaining.objects.filter(pk=case.pk).first()
    if regaining is None:
        return Content()
    person = Person.objects.filter(pk=regaining.person_id, erased_at=None).first()
    home = place_names([regaining.home_id]).get(regaining.home_id, "")
    parts: list[tuple[Words, Words]] = []
    if person is not None:
        parts += [(_("姓名"), person.name), (_("证件号码"), shown_number(person))]
        parts.append((_("登记的手机"), shown_phone(person)))
    new_phone = phone_in(regaining)
    parts += [
        (_("新手机"), masked_phone(new_phone) if new_phone else "—"),
        (_("为什么换"), WHYS[regaining.why]),
        (_("当面看过的证件"), PAPERS[regaining.paper]),
        (_("谁见到本人"), unit_and_role(author_of(regaining.author))),
        (
            _("谁能定"),
            _("{union}上面的工会的两位干部，报的人不算。在{union}任职的、是那里会员的，都不能定。").format(union=home),
        ),
    ]
    return Content(tuple(parts))


def facts_of(case: Case, _actor: Actor) -> list[tuple[str, Any]]:
    """When the new phone was put in, and when she proved it."""
    regaining = Regaining.objects.filter(pk=case.pk).first()
    if regaining is None:
        return []
    at = ((_("换上新手机"), regaining.handed_at), (_("本人用新手机登录了"), regaining.proved_at))
    return [(title, moment(when)) for title, when in at if when is not None]


def agreed_by(regaining: Regaining) -> list[str]:
    """Unit and role of those who agreed: hers to know, also where she may not read the desk's papers."""
    with beyond(Purpose.OWN_DATA):
        voices = Decision.objects.filter(case=regaining.case_id, move=table.AGREE).order_by("id")
        return [unit_and_role(author_of(each)) for each in voices.values_list("author", flat=True)]
