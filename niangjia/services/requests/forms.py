"""The shapes of what is said: on the phone, at the desk while somebody talks, and in an answer."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.cases.drafts.queries import Occasion
from niangjia.kernel.cases.drafts.rules import Answer
from niangjia.kernel.files.drafts import Handed
from niangjia.kernel.files.forms import FilesField
from niangjia.kernel.web.picking import PickField, PickingForm
from niangjia.kernel.web.reasons import say_what_is_needed
from niangjia.registers.members.rules.moves import SEE_MEMBERS
from niangjia.services.requests.rules.kinds import KINDS, SPOKEN, Against, Channel, Grade, Secrecy
from niangjia.services.requests.rules.moves import TAKE_DOWN
from niangjia.services.requests.words import CHANNEL_WORDS, GRADE_WORDS, KIND_WORDS, REASON_WORDS

LONGEST, LONGEST_WISH, SHORTEST = 3_000, 500, 5
TopicChoices = Iterable[tuple[str, Any]]
OPINIONS = (("good", gettext_lazy("满意")), ("fair", gettext_lazy("一般")), ("poor", gettext_lazy("不满意")))


def _words(label: Any, *, rows: int = 4, most: int = LONGEST, **more: Any) -> forms.CharField:
    """A field for words, as long as somebody needs."""
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows, "maxlength": most}), **more
    )


class SayForm(forms.Form):
    """What somebody says on her phone (说一件事); what she has written stays while she writes (`drafts.filling_in.kept`)."""

    class Media:
        css = {"all": ("case_drafts/sheet.css",)}
        js = (Script("case_drafts/sheet.js", defer=True),)

    # Nothing was there before that somebody else could change meanwhile.
    seen: Mapping[str, Answer] = MappingProxyType({})
    occasion: Occasion | None = None
    saved_at: datetime | None = None

    topic = forms.ChoiceField(label=gettext_lazy("哪方面的事"))
    text = _words(
        gettext_lazy("说说发生了什么"), rows=6, min_length=SHORTEST,
        help_text=gettext_lazy("什么时候、在哪里、怎么回事。想到什么说什么，不用写得像公文。"),
        error_messages={"min_length": gettext_lazy("再多写几个字，经办人才看得懂是什么事。")},
    )  # fmt: skip
    wish = _words(gettext_lazy("您想要什么结果（可以不写）"), rows=2, most=LONGEST_WISH, required=False)
    against = forms.ChoiceField(
        label=gettext_lazy("说的是谁"), widget=forms.RadioSelect,
        help_text=gettext_lazy("说的是谁，就不会让谁来办。"),
    )  # fmt: skip
    papers = FilesField(label=gettext_lazy("有照片、单子的，拍一张（可以不交）"), required=False)
    secrecy = forms.ChoiceField(
        label=gettext_lazy("能不能让单位知道是您说的"), widget=forms.RadioSelect, initial=Secrecy.CONFIDENTIAL.value,
        choices=(
            (Secrecy.CONFIDENTIAL.value, gettext_lazy("不让单位知道")),
            (Secrecy.OPEN.value, gettext_lazy("可以让单位知道")),
        ),
        help_text=gettext_lazy(
            "不让的话，单位和单位里的工会看不到是谁，也看不到有这件事；办的干部知道是您。"
            "事情只有您一个人碰到的，单位可能猜得出来。"
        ),
    )  # fmt: skip
    is_urgent = forms.BooleanField(label=gettext_lazy("可能伤到人，要马上有人管"), required=False)

    def __init__(self, *args: Any, topics: TopicChoices, against: TopicChoices, **kwargs: Any) -> None:
        """`against` offers whom it may be about, by her own union's line."""
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", _("请选一样")), *topics]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["against"].choices = list(against)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["against"].initial = Against.NOBODY.value
        say_what_is_needed(self)
        self.fields["text"].error_messages["required"] = _("还没有写发生了什么。写几句就行。")
        self.held = Handed()

    @property
    def opened_at(self) -> str:
        """When this page is shown: what it keeps after the request was sent elsewhere comes too late."""
        return clock.now().isoformat()

    @property
    def mine(self) -> dict[str, Answer]:
        """What was written, as it was typed."""
        typed: dict[str, Answer] = {name: str(self.data[name]) for name in self.fields if self.data.get(name)}
        papers = tuple(each.pk for each in self.held.held)
        return typed | {"is_urgent": bool(self.data.get("is_urgent"))} | ({"papers": papers} if papers else {})

    def hold(self, handed: Handed) -> None:
        """Show the files that are held, whatever else is wrong with what came."""
        self.held = handed
        field = self.fields["papers"]
        assert isinstance(field, FilesField)  # noqa: S101 - what it was declared as, for the types
        field.show(handed)


class MoreForm(forms.Form):
    """Something more to a request (补充)."""

    says = _words(gettext_lazy("补充什么"), rows=5, help_text=gettext_lazy("只有办这件事的干部看得到。"))
    papers = FilesField(label=gettext_lazy("照片、单子（可以不交）"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in plain words what is needed."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)


class DisagreeForm(forms.Form):
    """Why she does not agree (不同意)."""

    reason = forms.ChoiceField(label=gettext_lazy("为什么不同意"), widget=forms.RadioSelect)
    says = _words(gettext_lazy("还想说什么（可以不写）"), rows=3, required=False)

    def __init__(self, *args: Any, reasons: Iterable[str], **kwargs: Any) -> None:
        """`reasons` are those of the move."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reason_choices(reasons)  # type: ignore[attr-defined]  # a ChoiceField
        say_what_is_needed(self)


class RateForm(forms.Form):
    """How it went, as she says (评价)."""

    opinion = forms.ChoiceField(label=gettext_lazy("您满意吗"), choices=OPINIONS, widget=forms.RadioSelect)
    says = _words(gettext_lazy("想说的话（可以不写）"), rows=2, most=LONGEST_WISH, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in plain words what is needed."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)
        self.fields["opinion"].error_messages["required"] = _("选一个再交：满意、一般还是不满意。")


class AcceptForm(forms.Form):
    """How hard it is: the day of the answer follows from it."""

    grade = forms.ChoiceField(label=gettext_lazy("按哪一级办"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, days: dict[str, Any], **kwargs: Any) -> None:
        """`days` says for each grade how long the answer may take."""
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (grade.value, _("{grade}，{days}").format(grade=GRADE_WORDS[grade.value], days=days[grade.value]))
            for grade in Grade
        ]
        say_what_is_needed(self)


class WordsForm(forms.Form):
    """Words to who asked, or hers: an answer, a question, where to go, what she said on the telephone."""

    says = _words(gettext_lazy("写给她的话"), rows=6)
    reason = forms.ChoiceField(label=gettext_lazy("理由"), required=False)

    def __init__(
        self, *args: Any, reasons: Iterable[str] = (), asks: tuple[Any, Any] | None = None, **kwargs: Any
    ) -> None:
        """With reasons, one of them has to be given; `asks` says what the words are, and how to write them."""
        super().__init__(*args, **kwargs)
        says = self.fields["says"]
        says.label, says.help_text = asks or (says.label, says.help_text)
        offered = reason_choices(reasons)
        if offered:
            self.fields["reason"].choices = [("", _("请选一样")), *offered]  # type: ignore[attr-defined]  # a ChoiceField
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]
        say_what_is_needed(self)
        says.error_messages["required"] = _("还没有写。写几句再交。")


class CallForm(PickingForm):
    """What the desk writes down while somebody talks (热线、来访、来信登记): made for the keyboard, from top to bottom."""

    channel = forms.ChoiceField(
        label=gettext_lazy("怎么来的"),
        choices=[(each.value, CHANNEL_WORDS[each.value]) for each in (*sorted(SPOKEN), Channel.EMPLOYER)],
        initial=Channel.HOTLINE.value,
    )
    member = PickField(
        "members", SEE_MEMBERS, label=gettext_lazy("是哪位会员"), required=False,
        help_text=gettext_lazy("写姓名、拼音，或者整个身份证号、手机号。查到了，她手机上就能跟着看。查不到，下面留称呼和电话。"),
    )  # fmt: skip
    caller_name = forms.CharField(label=gettext_lazy("怎么称呼"), required=False, max_length=32)
    caller_phone = forms.CharField(label=gettext_lazy("回电话打哪个号"), required=False, max_length=20)
    agrees = forms.BooleanField(
        label=gettext_lazy("对方同意把这些记下来办事"),
        help_text=gettext_lazy("念给对方听：记下来只为办这件事，单位看不到是谁说的。"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("哪一类"), choices=[(kind.code.value, KIND_WORDS[kind.code.value]) for kind in KINDS])  # fmt: skip
    topic = forms.ChoiceField(label=gettext_lazy("事由"))
    employer = PickField(
        "request-employers", TAKE_DOWN, label=gettext_lazy("哪个单位的事"), required=False,
        help_text=gettext_lazy("写几个字、拼音或者统一社会信用代码；不清楚就空着。"),
    )  # fmt: skip
    is_against = forms.BooleanField(label=gettext_lazy("说的就是这个单位"), required=False)
    text = _words(gettext_lazy("说了什么"), rows=6, min_length=SHORTEST)
    wish = _words(gettext_lazy("想要什么结果"), rows=2, most=LONGEST_WISH, required=False)
    is_open = forms.BooleanField(label=gettext_lazy("对方同意让单位知道是谁"), required=False)
    is_urgent = forms.BooleanField(label=gettext_lazy("紧急，可能伤到人"), required=False)

    def __init__(self, *args: Any, topics: TopicChoices, **kwargs: Any) -> None:
        """`topics` are those in force where the desk is."""
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", _("请选一样")), *topics]  # type: ignore[attr-defined]  # a ChoiceField
        say_what_is_needed(self)
        self.fields["agrees"].error_messages["required"] = _("要先问过对方同意不同意记下来。")

    def clean(self) -> dict[str, Any]:
        """Somebody has to be reachable: a member, or whoever left a name and a phone."""
        given: dict[str, Any] = super().clean() or {}
        from_employer = given.get("channel") == Channel.EMPLOYER.value
        if from_employer and not given.get("employer"):
            self.add_error("employer", _("单位来求助，要写是哪个单位。"))
        if not given.get("member") and not (given.get("caller_name") and given.get("caller_phone")):
            self.add_error("caller_phone", _("不是会员的，留下称呼和电话，才好回话。"))
        return given


def reason_choices(reasons: Iterable[str]) -> list[tuple[str, Any]]:
    """Reasons in words."""
    return [(reason, REASON_WORDS.get(reason, reason)) for reason in reasons]
