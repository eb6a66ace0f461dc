"""What is asked where a term is written down from its paper, and where a committee is set up."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.web.picking import PickField, PickingForm
from niangjia.kernel.web.reasons import say_what_is_needed
from niangjia.registers.committees.queries import members_among
from niangjia.registers.committees.rules.bodies import BodyKind, Chosen, Post
from niangjia.registers.committees.rules.composition import Composed
from niangjia.registers.committees.rules.terms import TermFacts
from niangjia.registers.committees.words import BODY_WORDS, LEAVE_WORDS
from niangjia.registers.members.queries import matching, visible_to
from niangjia.registers.members.rules.moves import SEE_MEMBERS
from niangjia.registers.orgs.forms import DayInput
from niangjia.registers.orgs.models import Union

OTHERS = 8
MOST_SIDE = 50


class TermForm(forms.Form):
    """A term as its approval says it (批复)."""

    number = forms.IntegerField(
        label=gettext_lazy("第几届"), min_value=1, max_value=99, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    years = forms.TypedChoiceField(
        label=gettext_lazy("任期几年"), coerce=int, choices=((3, gettext_lazy("三年")), (5, gettext_lazy("五年")))
    )
    begins_on = forms.DateField(
        label=gettext_lazy("从哪天起"), widget=DayInput(), help_text=gettext_lazy("选举的那一天。")
    )
    document_number = forms.CharField(
        label=gettext_lazy("批复文号"), max_length=64, help_text=gettext_lazy("比如 安禾工发〔2026〕12号。")
    )
    approved_on = forms.DateField(label=gettext_lazy("批复日期"), widget=DayInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in plain words what is needed."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)

    def facts(self) -> TermFacts:
        """What the approval says."""
        given = self.cleaned_data
        return TermFacts(given["years"], given["begins_on"], given["document_number"], given["approved_on"])


class LeaveForm(forms.Form):
    """Somebody leaves a committee (离任): why, and the last day."""

    why = forms.ChoiceField(label=gettext_lazy("为什么"), choices=list(LEAVE_WORDS.items()), widget=forms.RadioSelect())
    until = forms.DateField(label=gettext_lazy("最后一天"), widget=DayInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in plain words what is needed."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)


def _pick(label: Any, **more: Any) -> PickField:
    return PickField("members", SEE_MEMBERS, label=label, required=False, **more)


class BodyForm(PickingForm):
    """A committee: which one, who leads it, who sits on it; of the employer's side a number alone."""

    kind = forms.ChoiceField(label=gettext_lazy("哪个委员会"))
    chair = _pick(
        gettext_lazy("主任（主席）"),
        help_text=gettext_lazy("写姓名、拼音首字母或者证件号后四位，从找到的会员里选。只设一人的，写在这里。"),
    )
    finance = _pick(gettext_lazy("财务委员"), help_text=gettext_lazy("只有工会委员会才写。"))
    member_1 = _pick(gettext_lazy("委员"))
    member_2 = _pick(gettext_lazy("委员"))
    member_3 = _pick(gettext_lazy("委员"))
    member_4 = _pick(gettext_lazy("委员"))
    member_5 = _pick(gettext_lazy("委员"))
    member_6 = _pick(gettext_lazy("委员"))
    member_7 = _pick(gettext_lazy("委员"))
    member_8 = _pick(gettext_lazy("委员"))
    employer_side = forms.IntegerField(
        label=gettext_lazy("企业一方有几人"), required=False, min_value=0, max_value=MOST_SIDE, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("只有劳动争议调解委员会才写，两边人数要一样。企业一方的人名这里不记。"),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, union: Union, kinds: tuple[BodyKind, ...], **kwargs: Any) -> None:
        """`kinds` are those that may be set up now."""
        super().__init__(*args, actor=actor, **kwargs)
        self.union = union
        self.fields["kind"].choices = [(kind.value, BODY_WORDS[kind]) for kind in kinds]  # type: ignore[attr-defined]  # a ChoiceField
        say_what_is_needed(self)

    def clean(self) -> dict[str, Any]:
        """Find the members that were meant."""
        cleaned: dict[str, Any] = super().clean() or {}
        posts = {"chair": Post.CHAIR, "finance": Post.FINANCE}
        names = [name for name in self.fields if name not in ("kind", "employer_side")]
        found: list[tuple[int, Post]] = []
        for name in names:
            written = str(cleaned.get(name) or "").strip()
            if not written:
                continue
            person = self._meant(written)
            if person is None:
                self.add_error(name, _("看不出是哪一位。写姓名，从找到的人里面选。"))
            else:
                found.append((person, posts.get(name, Post.MEMBER)))
        if not found and not self.errors:
            self.add_error("chair", _("至少写一位。"))
        cleaned["people"] = found
        return cleaned

    def body(self) -> Composed:
        """The committee as it shall be."""
        kind = BodyKind(self.cleaned_data["kind"])
        people: list[tuple[int, Post]] = self.cleaned_data["people"]
        chosen = tuple(Chosen(person, kind, post) for person, post in people)
        side = self.cleaned_data.get("employer_side") or 0
        return Composed(kind, chosen, side if kind is BodyKind.MEDIATION else 0)

    def _meant(self, written: str) -> int | None:
        """The member picked, or the only one of this union who bears the name."""
        seen = visible_to(self.actor)
        if written.isdecimal():
            found = seen.filter(pk=int(written)).values_list("pk", flat=True).first()
            if found is not None:
                return int(found)
        ids = list(matching(seen, written).values_list("pk", flat=True)[:OTHERS])
        here = members_among(ids, self.union)
        return here.pop() if len(here) == 1 else None
