"""What is asked when an account is opened, a right given, or a role delegated."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access.delegation import may_receive
from niangjia.kernel.access.models import Account
from niangjia.kernel.access.rules import (
    DELEGATE_ROLE,
    DELEGATED_ROLES,
    GRANT_ROLE,
    LONGEST_DELEGATION_DAYS,
    NEVER_GIVEN,
    Actor,
    Move,
    Role,
)
from niangjia.kernel.chinese import Reason
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.queries import place_meant
from niangjia.kernel.web.picking import PickField, PickingForm
from niangjia.kernel.web.reasons import in_words, say_what_is_needed
from niangjia.kernel.web.roles import words_of

GIVEN_ROLES = [(role.value, words_of(role)) for role in Role if role not in NEVER_GIVEN | {Role.WORKER}]
UNION = _("写几个字、拼音首字母或者工会编码，从找到的里面选。")
LOGIN_FORM = RegexValidator(r"^[0-9A-Za-z][0-9A-Za-z._-]{2,63}$", _("账号用字母、数字，3 位以上，中间可以有点、横线。"))


class DayInput(forms.DateInput):
    """A day, picked with the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PlaceForm(PickingForm):
    """A form that names a union, among those where the actor may do this."""

    place = PickField("unions", GRANT_ROLE, label=_("哪个工会"), help_text=UNION)

    def __init__(self, *args: Any, actor: Actor, move: Move, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        say_what_is_needed(self)
        self.move = move
        self.pick_for("place", move)

    def clean_place(self) -> Place:
        """The place that was meant."""
        found = place_meant(self.cleaned_data["place"], self.actor.paths(self.move))
        if isinstance(found, Reason):
            raise forms.ValidationError(in_words(found))
        return found


class OpenForm(PlaceForm):
    """Open an account (开通账号)."""

    login = forms.CharField(
        label=_("账号"),
        max_length=64,
        validators=[LOGIN_FORM],
        help_text=_("本人登录时填的，比如姓名拼音。以后不能改。"),
    )
    name = forms.CharField(label=_("姓名"), max_length=64)
    post = forms.CharField(label=_("职务"), max_length=64, required=False)
    field_order = ("login", "name", "post", "place")


class RightForm(PlaceForm):
    """Give a right (授权)."""

    role = forms.ChoiceField(label=_("角色"), choices=[("", _("请选择")), *GIVEN_ROLES])
    first = forms.DateField(label=_("第一天"), widget=DayInput())
    last = forms.DateField(label=_("最后一天"), widget=DayInput(), required=False, help_text=_("空着就是一直有效。"))
    field_order = ("role", "place", "first", "last")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, move=GRANT_ROLE, initial={"first": clock.today()}, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The days must be in order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("最后一天早于第一天。请改日期。"))
        return cleaned

    @property
    def days(self) -> tuple[date, date | None]:
        """From when to when."""
        return self.cleaned_data["first"], self.cleaned_data["last"]


class DelegationForm(PlaceForm):
    """Delegate a role (委托)."""

    login = PickField(
        "receivers",
        DELEGATE_ROLE,
        label=_("委托给谁"),
        max_length=64,
        help_text=_("写姓名或账号，从找到的里面选。他要是本级或下级的人。"),
    )
    role = forms.ChoiceField(label=_("角色"))
    first = forms.DateField(label=_("第一天"), widget=DayInput())
    last = forms.DateField(
        label=_("最后一天"), widget=DayInput(), help_text=_("最长一年；您自己的权限先到期的，以它为准。")
    )
    field_order = ("login", "role", "place", "first", "last")

    def __init__(self, *args: Any, actor: Actor, move: Move, **kwargs: Any) -> None:
        today = clock.today()
        first = {"first": today, "last": today + timedelta(days=min(30, LONGEST_DELEGATION_DAYS))}
        super().__init__(*args, actor=actor, move=move, initial=first, **kwargs)
        offered = [role for own in actor.rights for role in DELEGATED_ROLES.get(own.role, ())]
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("请选择")), *((role.value, words_of(role)) for role in dict.fromkeys(offered))]

    def clean_login(self) -> Account:
        """The account, among those at or below one's place; one that is not there and one elsewhere read alike."""
        found = may_receive(self.actor).filter(login__iexact=self.cleaned_data["login"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("没有这个账号，或者不归您这里管。请核对账号。"))
        return found

    @property
    def days(self) -> tuple[date, date]:
        """From when to when."""
        return self.cleaned_data["first"], self.cleaned_data["last"]
