"""The style page: every part of the pages in every state, made by the same tags that real pages use; figures are invented."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.messages.constants import ERROR, SUCCESS, WARNING
from django.contrib.messages.storage.base import Message
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from niangjia.kernel import clock
from niangjia.kernel.access.queries import within
from niangjia.kernel.access.rules import Actor, Move, Role
from niangjia.kernel.listing import Badge, Column, Empty, Filter, Listing
from niangjia.kernel.listing.page import ListPage
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.kernel.web.frames import DESK, frame_of
from niangjia.kernel.web.look import wanted
from niangjia.kernel.web.picking import Choice
from niangjia.kernel.web.templatetags.niangjia_web import DUES, NOTICES, STATES
from niangjia.kernel.web.todo import Group, Row, Stack, ToDo
from niangjia.kernel.web.trail import Step

LOOK_PARAMETERS = ("language", "theme", "large_type")
AT_WORK = Move("see_style", frozenset(Role) - {Role.WORKER})
COLOURS = {
    "ink": _("正文"), "ink-3": _("说明"), "line": _("分隔"), "sunken": _("底纹"), "canvas": _("页面"),
    "red": _("红"), "pine": _("松绿"), "amber": _("琥珀"),
}  # fmt: skip
STATE_WORDS = {
    "quiet": _("没交"), "wait": _("等您办"), "doing": _("正在办"), "back": _("退回补"), "paused": _("暂停计时"),
    "late": _("已逾期"), "done": _("办好了"), "refused": _("没通过"), "closed": _("已注销"),
}  # fmt: skip
DUE_WORDS = {
    "": _("还剩 11 个工作日"), "soon": _("今天 17:30 前"), "late": _("逾期 1 个工作日"), "paused": _("等您补材料，先不计时"),
}  # fmt: skip
NOTICE_WORDS = {
    "": _("这一页只列您经手的事，别人的看不到。"),
    "wait": _("学籍证明 12月31日 到期，到时要换一份。"),
    "wrong": _("没有保存。网络断了，您写的都还在，连上后再点一次，不会重复。"),
    "good": _("两个人都看过了，明天一早到账。"),
}
TABLE_HEADS = (
    _("批次"), _("项目"), (_("人数"), "number"), (_("金额（元）"), "money"), (_("哪天"), "day"), _("状态"), _("期限"),
)  # fmt: skip


def visible_to(actor: Actor) -> QuerySet[Place]:
    """The places of whoever looks, as rows of the example of a list."""
    return Place.objects.filter(within(actor.paths(AT_WORK), field="path"))


PLACES = Listing(
    "style",
    title=_("名单"),
    visible_to=visible_to,
    columns=(
        Column(_("编号"), "pk", kind="mono", link=lambda _row: "", sort=("pk",)),
        Column(_("状态"), lambda row: Badge("closed" if row.closed_on else "done", _("在用"))),
        Column(_("路径"), "path", wide_only=True),
        Column(_("哪天"), "opened_on", kind="day", sort=("opened_on",)),
    ),
    filters=(
        Filter("level", _("层级"), choices=[(level.value, level.value) for level in Level], apply="level"),
        Filter("city", _("区划"), apply="city"),
    ),
    search=lambda rows, words: rows.filter(pk=words) if words.isdecimal() else rows.none(),
    search_words=_("编号"),
    order=("pk",),
    empty=Empty(_("还没有"), _("有了就出现在这里。")),
    per_page=5,
)


class ExampleForm(forms.Form):
    """A form with every kind of field; the values given are wrong where a field can be."""

    account = forms.RegexField(
        r"^\d{19}$", label=_("发放账户"), error_messages={"invalid": _("这张卡号通不过校验，多半是抄错了一位。请对照卡面再看一遍，填过的不会丢。")}
    )  # fmt: skip
    visited_on = forms.DateField(label=_("入户日期"), help_text=_("写成 2026-11-10、2026.11.10、11月10日都认。"))
    members = forms.IntegerField(
        label=_("家里人口"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("只写数字，比如 4。")},
    )
    words = forms.CharField(label=_("看到的情况"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    town = forms.ChoiceField(label=_("镇"), choices=[("1", _("柳林镇")), ("2", _("石桥镇"))])
    kind = forms.ChoiceField(
        label=_("类别"), choices=[("deep", _("深度困难")), ("relative", _("相对困难"))], widget=forms.RadioSelect,
        error_messages={"required": _("还没有选类别。")},
    )  # fmt: skip
    papers = forms.MultipleChoiceField(
        label=_("看过的材料"), choices=[("id", _("身份证")), ("income", _("工资流水"))],
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    sure = forms.BooleanField(label=_("都核对过了"), required=False)
    verdict = forms.ChoiceField(
        label=_("您的意见"), choices=[("yes", _("同意")), ("back", _("退回补")), ("no", _("不同意"))],
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip


GIVEN = {
    "account": "6222 0000 0000 0000 77",
    "visited_on": "2026-11-10",
    "members": "四",
    "town": "1",
    "papers": ["id"],
}


@dataclass(frozen=True)
class Act(Step):
    """A step of the example's time line; `form` says whether it is done, under way or still to come."""

    form: str = "done"


@login_required
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every part in every state, in the look of the reader or in the one that the address asks for."""
    if frame_of(request) != DESK:
        raise Http404
    asked = wanted({name: request.GET.get(name) for name in LOOK_PARAMETERS})
    request.look = replace(request.look, **asked)  # type: ignore[attr-defined]  # set by the middleware, read by the frame
    with translation.override(request.look.language):  # type: ignore[attr-defined]  # as above
        parts = [import_string(name)(request) for name in settings.NIANGJIA_STYLE_PARTS]
        return render(request, "web/style.html", _shown(request) | {"above": parts})


def _shown(request: HttpRequest) -> dict[str, Any]:
    now = clock.now()
    places = ListPage(PLACES, actor=request.actor, asked=request.GET)  # type: ignore[attr-defined]  # set by the middleware
    return {
        "colours": COLOURS.items(),
        "states": [(form, STATE_WORDS[form]) for form in STATES],
        "dues": [(form, DUE_WORDS[form]) for form in DUES],
        "notices": [(form, NOTICE_WORDS[form]) for form in NOTICES],
        "toasts": [Message(SUCCESS, str(_("已转给柳林镇总工会，对方会收到消息。"))), Message(WARNING, str(_("有 2 行没有变。"))), Message(ERROR, str(_("没有保存，请再点一次。")))],
        "form": ExampleForm(),
        "wrong": ExampleForm(GIVEN, auto_id="wrong_%s"),
        "steps": [_("您是谁"), _("怎么联系"), _("在哪上班")],
        "track": [_("收到"), _("上门"), _("公示"), _("复核"), _("答复")],
        "trail": _acts(now),
        "facts": [(_("会籍"), Badge("done", _("在册"))), (_("手机"), "138****2206"), (_("职务"), "")],
        "parts": [(_("全部"), "/style/", None), (_("待审"), "/style/?part=open", 14), (_("办结"), "/style/?part=done", 81118)],
        "heads": TABLE_HEADS,
        "rows": _rows(clock.today()),
        "foot": (_("合计"), "", 259, 28_000_000, "", "", ""),
        "example": {"name": "陈桂兰", "phone": "13812342206", "number": "349921198003153021", "chinese": "中文"},
        "stack": _stack(),
        "choices": [Choice("1", "何静", str(_("社会化工会工作者"))), Choice("2", "何志刚", str(_("县总工会帮扶中心")))],
        "nothing_yet": (),
        "listing": PLACES,
        "row": places.rows[0] if places.rows else None,
        "export": "",
        "tabs": (),
        "ticks": False,
        "opens": False,
        "list": places,
        "now": now,
        "today": clock.today(),
        "share_of_days": (9, 20),
    }  # fmt: skip


def _acts(now: datetime) -> list[Act]:
    return [
        Act(now + timedelta(days=2), "", _("答复"), (str(_("最迟 12月7日")),), "next"),
        Act(now, "周敏", _("复核"), (), "now"),
        Act(now - timedelta(days=1), "刘洋", _("上门"), (str(_("家里人口：3 → 4")),)),
    ]


def _rows(today: date) -> list[tuple[Any, ...]]:
    wait, back = Badge("wait", _("等复核")), Badge("back", _("退回补"))
    return [
        (_("第 2 批"), _("金秋助学"), 43, 17_200_000, today, wait, _("今天 17:30 前")),
        (_("第 1 批"), _("冬送温暖"), 216, 10_800_000, today - timedelta(days=3), back, _("还剩 4 个工作日")),
    ]


def _stack() -> Stack:
    thing = ToDo(
        "style", "heart-handshake", _("困难建档复核：一家 3 口"), "/style/", _("复核"), (_("柳林镇"), _("刘洋提出"))
    )
    rows = (
        Row(thing, "wait", str(_("还剩 3 个工作日")), "soon"),
        Row(thing, "late", str(_("逾期 1 个工作日")), "late"),
    )
    return Stack(Group.SECOND, _("等我把关"), _("都由别人经办，您是第二人"), rows, 7)
