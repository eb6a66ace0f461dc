"""What is written down of a reorganisation, as a form: each kind asks for what it needs, and no more."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.chinese import Reason
from niangjia.kernel.web.picking import PickField, PickingForm
from niangjia.kernel.web.reasons import in_words, say_what_is_needed
from niangjia.registers.orgs.forms import REFERENCE, DayInput
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import children_of, meant_by
from niangjia.registers.orgs.reorganising.parts import splitting
from niangjia.registers.orgs.reorganising.queries import Wish
from niangjia.registers.orgs.reorganising.rules.plans import Operation
from niangjia.registers.orgs.rules.moves import REORGANISE

ASKED: dict[Operation, tuple[str, ...]] = {
    Operation.MERGE: ("into", "other", "name"),
    Operation.MOVE: ("into",),
    Operation.SPLIT: ("name", "goes", "groups"),
    Operation.DISSOLVE: (),
}
INTO_WORDS = {Operation.MERGE: _("并到哪个工会"), Operation.MOVE: _("划到哪个工会下面")}


class PlanForm(PickingForm):
    """Plan a reorganisation of one union (拟定调整)."""

    into = PickField("unions", REORGANISE, label=_("并到哪个工会"), required=False, help_text=REFERENCE)
    other = PickField(
        "unions",
        REORGANISE,
        label=_("还有哪个一起并"),
        required=False,
        help_text=_("两个一起并到别处、或者一起成立新工会，才填。"),
    )
    name = forms.CharField(
        label=_("新工会的名称"),
        max_length=128,
        required=False,
        help_text=_("成立新工会才填，写全称。并到已有的工会，空着。"),
    )
    goes = forms.MultipleChoiceField(
        label=_("哪些下级分过去"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    groups = forms.MultipleChoiceField(
        label=_("直接在它这里的会员，哪些单位的分过去"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[],
        help_text=_("单位也改由新工会覆盖。没有选的，会员留在原处。"),
    )
    planned_on = forms.DateField(
        label=_("从哪天起"), widget=DayInput(), help_text=_("那天零点以后自动办。以前的组织树和数字不变。")
    )

    def __init__(self, *args: Any, actor: Actor, union: Union, operation: Operation, **kwargs: Any) -> None:
        """Only the questions of this kind."""
        super().__init__(*args, actor=actor, **kwargs)
        self.union, self.operation = union, operation
        asked = ASKED[operation]
        for name in ("into", "other", "name", "goes", "groups"):
            if name not in asked:
                del self.fields[name]
        if operation in INTO_WORDS:
            self.fields["into"].label = INTO_WORDS[operation]
        if operation is Operation.SPLIT:
            self.children = list(children_of(union))
            self.fields["goes"].choices = [(each.code, each.name) for each in self.children]  # type: ignore[attr-defined]  # a field of choices
            self.fields["name"].help_text = _("写全称。")
            self._offer_groups()
        say_what_is_needed(self)

    def _offer_groups(self) -> None:
        """What of its own members may go; nothing is asked where there is nothing."""
        choices = [(each.key, f"{each.words}（{each.members:,}）") for each in splitting().groups(self.union)]
        if choices:
            self.fields["groups"].choices = choices  # type: ignore[attr-defined]  # a field of choices
        else:
            del self.fields["groups"]

    def clean(self) -> dict[str, Any]:
        """Find the unions that were meant."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("into", "other"):
            cleaned[f"{name}_union"] = self._meant(name)
        return cleaned

    @property
    def wish(self) -> Wish:
        """What was written."""
        given = self.cleaned_data
        other = given["other_union"]
        chosen = set(given.get("goes", ()))
        return Wish(
            self.operation,
            (self.union, *([other] if other else [])),
            given["planned_on"],
            given["into_union"],
            given.get("name", "").strip(),
            tuple(each for each in getattr(self, "children", ()) if each.code in chosen),
            tuple(given.get("groups", ())),
        )

    def _meant(self, name: str) -> Union | None:
        written = self.cleaned_data.get(name, "")
        if not written or name not in self.fields:
            return None
        found = meant_by(written, actor=self.actor, move=REORGANISE)
        if isinstance(found, Reason):
            self.add_error(name, in_words(found))
            return None
        return found
