"""What somebody said, told like a parcel (办的事); and what waits for her there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor, author_of
from niangjia.kernel.cases.pages import own
from niangjia.kernel.cases.pages.declared import OwnWords
from niangjia.kernel.cases.queries import Told, timeline
from niangjia.kernel.listing import Badge
from niangjia.kernel.web.roles import unit_and_role
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.kernel.web.worker.declared import Group, Matter, Note, Service, registered
from niangjia.kernel.worded import Worded
from niangjia.services.requests.half_written import HalfWritten, half_written
from niangjia.services.requests.kind import REQUEST_KIND
from niangjia.services.requests.models import Request
from niangjia.services.requests.queries import mains_of_same_asker, said_by
from niangjia.services.requests.rules.kinds import BY_CODE
from niangjia.services.requests.rules.workflow import ACCEPT_MOVES, ALONG, ANSWERED, ANSWERS, STEPS, WAITING
from niangjia.services.requests.topics import topic_of
from niangjia.services.requests.words import OWN_BADGES

SHOWN = 20
HERS = Worded(lambda subject: said_by(subject)[:SHOWN], subject=int)
ASKS_HER = Worded(lambda subject: said_by(subject).filter(case__stage__in=(ANSWERED, WAITING))[:SHOWN], subject=int)
SAY = Group(gettext_lazy("说一件事"), 5)
SERVICES = (
    Service(
        "say", gettext_lazy("说一件事：问、求助、投诉、建议"), gettext_lazy("说给上一级工会，单位看不到是谁说的。"), "/say/", "message-report", SAY, 5,
        gettext_lazy("上一级工会的干部"), gettext_lazy("1 个工作日内受理（本系统默认值）"), short=gettext_lazy("说一件事"),
        words=("投诉", "举报", "反映", "咨询", "求助", "建议", "欠薪", "工资", "加班", "合同", "社保", "工伤", "诉求", "12351"), is_for=registered,
    ),
)  # fmt: skip
# Which time she is told of at which stage.
TIERS_TOLD = {
    "received": ("react", "accept"), "accepted": ANSWERS, "in_hand": ANSWERS, "reopened": ANSWERS, "along": ANSWERS,
    "answered": ("agree",), "waiting": (),
}  # fmt: skip
NEXT = {
    "received": gettext_lazy("下一步：看归不归这里办，给您一个准信"),
    "accepted": gettext_lazy("下一步：有人接手来办"),
    "in_hand": gettext_lazy("下一步：办好了给您答复"),
    "reopened": gettext_lazy("下一步：换个办法再办，再给您答复"),
    "along": gettext_lazy("下一步：办好了给您答复"),
    "waiting": gettext_lazy("下一步：请您补充，补充以前时间停着"),
    "answered": gettext_lazy("下一步：请您说同意不同意"),
    "agreed": gettext_lazy("觉得还没有办好，30 天内可以再打开"),
    "lapsed": gettext_lazy("觉得还没有办好，30 天内可以再打开"),
}
HAPPENED = {
    "open": (gettext_lazy("您说了这件事"), "send"),
    "take": (gettext_lazy("有人接手来办"), "user"),
    "tell_elsewhere": (gettext_lazy("告诉您该去哪里"), "message"),
    "ask_more": (gettext_lazy("请您补充"), "help-circle"),
    "say_more": (gettext_lazy("您补充了"), "circle-check"),
    "heard_more": (gettext_lazy("记下了您的补充"), "circle-check"),
    "answer": (gettext_lazy("给了答复"), "message"),
    "answer_along": (gettext_lazy("给了答复"), "message"),
    "agree": (gettext_lazy("您同意，办结"), "circle-check"),
    "disagree": (gettext_lazy("您不同意，重新办"), "arrow-back-up"),
    "reopen": (gettext_lazy("您说还没有办好，重新办"), "arrow-back-up"),
    "heard_agree": (gettext_lazy("打电话问过您，您同意"), "circle-check"),
    "heard_disagree": (gettext_lazy("打电话问过您，您不同意，重新办"), "arrow-back-up"),
    "lapse": (gettext_lazy("过了说不同意的时间，办结"), "circle-minus"),
    "withdraw": (gettext_lazy("您撤回了"), "arrow-back-up"),
    "accept": (gettext_lazy("换了单位办"), "arrows-exchange"),
    "extend": (gettext_lazy("延了期"), "clock"),
}
ACCEPTED = (gettext_lazy("受理了"), "circle-check")
# That somebody else said the same is nobody's to know: going along with another one looks like being worked on.
UNTOLD = frozenset({"go_along", "go_alone"})
WHERE = {
    "received": gettext_lazy("在{office}，等受理"),
    "accepted": gettext_lazy("在{office}，等人接手"),
    "in_hand": gettext_lazy("在{office}，正在办"),
    "along": gettext_lazy("在{office}，正在办"),
    "reopened": gettext_lazy("在{office}，重新办"),
    "waiting": gettext_lazy("等您补充"),
    "answered": gettext_lazy("有答复了，等您说同意不同意"),
    "agreed": gettext_lazy("您同意，办结了"),
    "lapsed": gettext_lazy("过了说不同意的时间，办结了"),
    "withdrawn": gettext_lazy("您撤回了"),
}
OWN = OwnWords(
    states=OWN_BADGES, where=WHERE, next=NEXT, tiers=TIERS_TOLD, untold=UNTOLD,
    happened=HAPPENED | dict.fromkeys(ACCEPT_MOVES.values(), ACCEPTED),
)  # fmt: skip


def own_matters(actor: Actor) -> Iterator[Matter]:
    """Everything this person said, as far as it has come; and before it what she began and has not sent."""
    yield from (begun_matter(each) for each in half_written(actor))
    hers = HERS(subject=actor.subject_id) if actor.subject_id is not None else []
    among, mains = own.followed(each.case for each in hers), mains_of_same_asker(_along(hers))
    for request in hers:
        yield _matter(request, among, mains, at=clock.now())


def own_notes(actor: Actor) -> Iterator[Note]:
    """Answers that wait for her yes or no; questions that wait for hers."""
    asks = ASKS_HER(subject=actor.subject_id) if actor.subject_id is not None else []
    running = own.running_of(each.case for each in asks) if asks else {}
    for request in asks:
        address = reverse("said", args=[request.pk])
        if request.case.stage == ANSWERED:
            due = own.last_day_of(request.case, OWN, running.get(request.pk, ()))
            words = _("最迟{last}说同意不同意，过了就当办结。").format(last=day(due)) if due else ""
            yield Note(_("您说的事有答复了"), words, address, _("去看看"), "message")
        else:
            yield Note(_("您说的事，还要您补充"), _("补充以前时间停着不算。"), address, _("去补充"), "edit")


def begun_matter(begun: HalfWritten) -> Matter:
    """What she began to say, where she looks for what is under way."""
    return Matter(
        title=_("写到一半：{kind}").format(kind=_(begun.kind.title)),
        address=reverse("saying", args=[begun.kind.code.value]),
        state=Badge("quiet", _("还没有交")),
        is_open=True,
        where=_("点开接着写。只有您自己看得到，存到{last}。").format(last=day(begun.kept_until)),
        steps=tuple(_(step) for step in STEPS),
        now=0,
        asked_at=begun.saved_at,
    )


def matter_of(request: Request, *, at: datetime) -> Matter:
    """A request as its owner follows it."""
    return _matter(request, own.followed([request.case]), mains_of_same_asker(_along([request])), at=at)


def _along(requests: Iterable[Request]) -> list[Request]:
    """Of these, those that go along with another one now."""
    return [each for each in requests if each.case.stage == ALONG]


def _matter(request: Request, among: own.Followed, mains: Mapping[int, Request], *, at: datetime) -> Matter:
    found = own.matter_of(request.case, REQUEST_KIND, OWN, at=at, among=among)
    title = _("{kind}：{topic}").format(kind=_(BY_CODE[request.kind].title), topic=topic_of(request))
    main = mains.get(request.pk)
    if main is None:
        return replace(found, title=title)
    return replace(found, title=title, where=_("同一件事，在 {number} 里办").format(number=main.case.number))


def answer_to(request: Request) -> Told | None:
    """The latest answer, with its words."""
    given = [
        told
        for told in timeline(request.case, is_desk=False)
        if told.move in ("answer", "answer_along", "tell_elsewhere")
    ]
    return given[-1] if given else None


def question_to(request: Request) -> Told | None:
    """What the desk asks her, while it waits for that."""
    if request.case.stage != WAITING:
        return None
    asked = [told for told in timeline(request.case, is_desk=False) if told.move == "ask_more"]
    return asked[-1] if asked else None


def who_says(told: Told) -> str:
    """Unit and role of who wrote something to her."""
    return unit_and_role(author_of(told.author)) if told.author else ""
