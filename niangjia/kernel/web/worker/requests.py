"""What somebody asked of her own data (个人信息申请), told like a parcel; and what waits for her there."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.listing import Badge
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.privacy.models import RightsRequest
from niangjia.kernel.privacy.queries import consents_of, file_of, office_of, requests_of
from niangjia.kernel.privacy.registered import persons
from niangjia.kernel.privacy.rules import ANSWER_WITHIN_DAYS, AskedBy, RequestKind, RequestState, answer_due
from niangjia.kernel.privacy.words import ASKED_BY_WORDS, STATE_WORDS
from niangjia.kernel.web.templatetags.niangjia_web import day, moment
from niangjia.kernel.web.worker.declared import Happened, Matter, Note
from niangjia.kernel.worded import Worded

SHOWN = 30
ASKED = Worded(lambda subject: requests_of(subject)[:SHOWN], subject=int)
SOON_DAYS = 3
STEPS = (gettext_lazy("收到"), gettext_lazy("核对"), gettext_lazy("答复"))
TITLES = {
    RequestKind.CORRECT.value: gettext_lazy("更正我的资料"),
    RequestKind.ERASE.value: gettext_lazy("删除我的全部资料"),
}
RULES = {
    RequestKind.CORRECT.value: gettext_lazy("法律要求及时核实、更正（《个人信息保护法》第四十六条），没有写几天。{days} 天是本系统默认值。"),
    RequestKind.ERASE.value: gettext_lazy("法律要求及时删除（《个人信息保护法》第四十七条），没有写几天。{days} 天是本系统默认值。"),
}  # fmt: skip
NEXT = {
    RequestKind.CORRECT.value: gettext_lazy("下一步：改好，或者写明为什么不改"),
    RequestKind.ERASE.value: gettext_lazy("下一步：删掉，或者写明为什么不删"),
}
ENDED = {
    RequestState.DONE.value: (gettext_lazy("办好了"), "circle-check"),
    RequestState.REFUSED.value: (gettext_lazy("这次没有办"), "circle-x"),
    RequestState.WITHDRAWN.value: (gettext_lazy("您撤回了"), "arrow-back-up"),
}


def own_matters(actor: Actor) -> Iterator[Matter]:
    """Every request of this person, as far as it has come."""
    if actor.subject_id is not None:
        for asked in ASKED(subject=actor.subject_id):
            yield matter_of(asked, on=clock.today())


def matter_of(asked: RightsRequest, *, on: date) -> Matter:
    """A request as its owner follows it."""
    is_open = asked.state == RequestState.OPEN
    office = office_of(asked) if is_open else None
    form, words = STATE_WORDS[asked.state]
    return Matter(
        title=_title(asked),
        address=reverse("my_request", args=[asked.pk]),
        # Under way at somebody else: nothing for her to do, so it does not wait for her.
        state=Badge("doing", _("正在办")) if is_open else Badge(form, words),
        is_open=is_open,
        where=_where(asked, office),
        steps=STEPS,
        now=2 if is_open else len(STEPS) + 1,
        asked_at=asked.asked_at,
        rule=str(RULES[asked.kind]).format(days=ANSWER_WITHIN_DAYS),
        next=NEXT[asked.kind] if is_open else _AGAIN if asked.state == RequestState.REFUSED else "",
        office=_name(office),
        trail=tuple(_trail(asked, office)),
        back_address=reverse("my_request_back", args=[asked.pk]) if is_open else "",
        **(_due(asked, on) if is_open else {}),
    )


def own_notes(actor: Actor) -> Iterator[Note]:
    """A new version of a notice that asks again; a file that is being made or is ready."""
    if actor.subject_id is None:
        return
    for held in consents_of(actor.subject_id, on=clock.today()):
        if held.asks_again:
            yield Note(
                _("告知书换了新的一版"), _("您同意过前一版，这一版改了。看过再决定，不急。"),
                reverse("my_notice", args=[held.notice.key]), _("去看看"), "shield-check",
            )  # fmt: skip
    file = file_of(actor.subject_id, at=clock.now())
    if file is not None and file.ready_at is None:
        yield Note(_("您的资料文件正在做"), _("一般一分钟就好。"), _FILE, _("去看看"), "hourglass", "doing")
    elif file is not None and file.taken_at is None:
        words = _("{until}以前可以下载，过了就删。").format(until=moment(file.expires_at))
        yield Note(_("您的资料文件做好了"), words, _FILE, _("去下载"), "download", "done")


_FILE = "/mine/#file"
_AGAIN = gettext_lazy("觉得不对，带上证明再提一次，也可以打电话请上一级工会看")


def _title(asked: RightsRequest) -> str:
    fact = persons().correctable.get(asked.fact, "")
    return _("更正{fact}").format(fact=fact) if fact else str(TITLES[asked.kind])


def _where(asked: RightsRequest, office: int | None) -> str:
    if asked.state == RequestState.OPEN:
        name = _name(office)
        return _("现在在{office}，等干部核对。").format(office=name) if name else _("现在在工会，等干部核对。")
    if asked.state == RequestState.REFUSED:
        return _("这次没有办。理由：{reason}").format(reason=asked.reason)
    on = day(asked.settled_at)
    return _("{on}办好了。").format(on=on) if asked.state == RequestState.DONE else _("{on}您撤回了。").format(on=on)


def _due(asked: RightsRequest, on: date) -> dict[str, Any]:
    """The last day in words, grey, amber or red as everywhere."""
    last = answer_due(asked.asked_at.astimezone(clock.PEOPLE_ZONE).date())
    left = (last - on).days
    shown = {"last": day(last), "n": abs(left)}
    if left < 0:
        late = ngettext("%(last)s该答复，晚了 %(n)s 天", "%(last)s该答复，晚了 %(n)s 天", abs(left)) % shown
        return {"due": late, "due_form": "late"}
    words = ngettext("最迟 %(last)s答复，还有 %(n)s 天", "最迟 %(last)s答复，还有 %(n)s 天", left) % shown
    return {"due": words if left else _("最迟今天答复"), "due_form": "soon" if left <= SOON_DAYS else ""}


def _trail(asked: RightsRequest, office: int | None) -> Iterator[Happened]:
    """The steps it has gone, the latest first."""
    if asked.state == RequestState.OPEN:
        name = _name(office)
        words = _("{office}正在核对").format(office=name) if name else _("工会正在核对")
        yield Happened(words, asked.asked_at, icon="hourglass")
    elif asked.settled_at is not None:
        ended, icon = ENDED[asked.state]
        handler = asked.settled_by.name if asked.settled_by and asked.state != RequestState.WITHDRAWN else ""
        yield Happened(ended, asked.settled_at, _("{name}办的").format(name=handler) if handler else "", icon)
    by_herself = asked.asked_by == AskedBy.SELF
    yield Happened(_("您提交了申请") if by_herself else ASKED_BY_WORDS[asked.asked_by], asked.asked_at)


def _name(place_id: int | None) -> str:
    return place_names([place_id]).get(place_id, "") if place_id else ""
