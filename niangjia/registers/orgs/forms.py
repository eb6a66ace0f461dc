"""What is written down of a union, as a form."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.chinese import Reason
from niangjia.kernel.places.rules import Level
from niangjia.kernel.web.picking import PickField, PickingForm
from niangjia.kernel.web.reasons import in_words, say_what_is_needed
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import meant_by
from niangjia.registers.orgs.rules import UnionKind, read_level
from niangjia.registers.orgs.rules.moves import EDIT_UNION, REGISTER_UNION, SEE_UNIONS
from niangjia.registers.orgs.rules.union_facts import UnionFacts

LEVEL_WORDS = {
    Level.NATION: _("全国"),
    Level.PROVINCE: _("省级"),
    Level.CITY: _("市级"),
    Level.COUNTY: _("县级"),
    Level.TOWN: _("乡镇街道"),
    Level.VILLAGE: _("村社区"),
    Level.BASE: _("基层工会"),
    Level.BRANCH: _("分会"),
    Level.GROUP: _("工会小组"),
}
KIND_WORDS = {UnionKind.FEDERATION: _("工会联合会"), UnionKind.INDUSTRY: _("产业工会")}
LEVEL_CHOICES = [(level.value, words) for level, words in LEVEL_WORDS.items()]
KIND_CHOICES = [(kind.value, words) for kind, words in KIND_WORDS.items()]
REFERENCE = _("写几个字、拼音首字母或者工会编码，从找到的里面选。")


class DayInput(forms.DateInput):
    """A day, picked with the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class UnionForm(PickingForm):
    """Register or change a union (工会建档、变更); resolves what was written for the parents."""

    name = forms.CharField(label=_("工会名称"), max_length=128, help_text=_("写全称，和印章上的一样。"))
    level = forms.ChoiceField(label=_("层级"), choices=[("", _("请选择")), *LEVEL_CHOICES, *KIND_CHOICES])
    parent = PickField("unions", REGISTER_UNION, label=_("上级工会"), required=False, help_text=REFERENCE)
    second_parent = PickField(
        "unions", SEE_UNIONS, label=_("第二上级"), required=False, help_text=_("同时归产业工会管的才填，写它的编码。")
    )
    code = forms.CharField(
        label=_("工会编码"),
        max_length=32,
        required=False,
        help_text=_("空着会自动编一个。编了就不再改，也不再给别的工会。"),
    )
    uscc = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=24,
        required=False,
        help_text=_("工会法人资格证书上的 18 位代码，没有的空着。"),
    )
    region_code = forms.CharField(label=_("行政区划代码"), max_length=12, required=False)
    opened_on = forms.DateField(label=_("成立日期"), widget=DayInput())
    address = forms.CharField(label=_("地址"), max_length=255, required=False)
    phone = forms.CharField(label=_("办公电话"), max_length=32, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, actor: Actor, union: Union | None = None, **kwargs: Any) -> None:
        """With a union, the form changes it: code, level and founding day are not asked again."""
        super().__init__(*args, actor=actor, **kwargs)
        say_what_is_needed(self)
        self.union = union
        self.pick_for("parent", self._move)
        if union is not None:
            for name in ("code", "level", "opened_on"):
                del self.fields[name]
        if union is not None and not self._reaches_parent(union):
            del self.fields["parent"]

    def clean(self) -> dict[str, Any]:
        """Find the parents that were meant, and the kind that the level means below them."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["parent_union"] = self._meant("parent", move=self._move)
        cleaned["second_parent_union"] = self._meant("second_parent", move=None)
        return cleaned

    def facts(self) -> UnionFacts | Reason:
        """What was written, or why the level makes no sense here."""
        given = self.cleaned_data
        parent: Union | None = given["parent_union"]
        second: Union | None = given["second_parent_union"]
        standing = self._standing(parent)
        if isinstance(standing, Reason):
            return standing
        level, kind = standing
        return UnionFacts(
            name=given["name"],
            level=level,
            kind=kind,
            parent_id=self._parent_id(parent),
            second_parent_id=second.pk if second else None,
            code=given.get("code", ""),
            uscc=given["uscc"],
            region_code=given["region_code"],
            address=given["address"],
            phone=given["phone"],
        )

    @property
    def opened(self) -> date:
        """The founding day."""
        day: date = self.cleaned_data["opened_on"]
        return day

    @property
    def _move(self) -> Move:
        return EDIT_UNION if self.union else REGISTER_UNION

    def _standing(self, parent: Union | None) -> tuple[Level, UnionKind] | Reason:
        if self.union is not None:
            return Level(self.union.place.level), UnionKind(self.union.kind)
        return read_level(self.cleaned_data["level"], parent=Level(parent.place.level) if parent else None)

    def _parent_id(self, parent: Union | None) -> int | None:
        if "parent" in self.fields or self.union is None:
            return parent.pk if parent else None
        return self.union.place.parent_id

    def _reaches_parent(self, union: Union) -> bool:
        parent = union.place.parent
        paths = self.actor.paths(EDIT_UNION)
        return "" in paths if parent is None else any(parent.path.startswith(path) for path in paths)

    def _meant(self, field: str, *, move: Move | None) -> Union | None:
        written = self.cleaned_data.get(field, "")
        if not written or field not in self.fields:
            return None
        found = meant_by(written, actor=self.actor, move=move)
        if isinstance(found, Reason):
            self.add_error(field, in_words(found))
            return None
        return found


def initial_of(union: Union) -> dict[str, Any]:
    """The form as the union is now."""
    parent, second = union.place.parent, union.place.second_parent
    return {
        "name": union.name,
        "parent": parent.union.code if parent else "",
        "second_parent": second.union.code if second else "",
        "uscc": union.uscc or "",
        "region_code": union.region_code,
        "address": union.address,
        "phone": union.phone,
        "revision": union.revision,
    }


class ClosingForm(forms.Form):
    """The second question before a union is closed."""

    sure = forms.BooleanField(
        label=_("这个工会确实不再有了，上面写的我都看过"),
        error_messages={"required": _("请先看过后果，再勾上。")},
    )
