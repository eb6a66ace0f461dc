"""What is asked where a post is written down, changed or ended, and where a cadre gets a union to keep in touch with."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.delegation import may_receive
from niangjia.kernel.access.rules import DELEGATE_ROLE, Actor
from niangjia.kernel.chinese import Reason
from niangjia.kernel.web.picking import PickField, PickingForm
from niangjia.kernel.web.reasons import in_words, say_what_is_needed
from niangjia.registers.cadres.rules.moves import KEEP_CADRES
from niangjia.registers.cadres.rules.posts import CadreKind, CadrePost, PostFacts
from niangjia.registers.cadres.services import Who
from niangjia.registers.cadres.words import KIND_WORDS, POST_WORDS
from niangjia.registers.employers.models import Employer
from niangjia.registers.members.queries import matching, visible_to
from niangjia.registers.members.rules.moves import SEE_MEMBERS
from niangjia.registers.orgs.forms import REFERENCE, DayInput
from niangjia.registers.orgs.models import Union
from niangjia.registers.orgs.queries import meant_by

KIND_CHOICES = [(kind.value, KIND_WORDS[kind]) for kind in CadreKind]
POST_CHOICES = [("", gettext_lazy("请选择")), *((post.value, POST_WORDS[post]) for post in CadrePost)]


def _document(**more: Any) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("任免文号"), max_length=64, required=False,
        help_text=gettext_lazy("有文件的写，比如 安禾工发〔2026〕12号。"), **more,
    )  # fmt: skip


def member_meant(actor: Actor, written: str) -> int | None:
    """The member that was picked, or the only one whom the words mean to the actor."""
    seen = visible_to(actor)
    if written.isdecimal():
        found = seen.filter(pk=int(written)).values_list("pk", flat=True).first()
        if found is not None:
            return int(found)
    ids = list(matching(seen, written).values_list("pk", flat=True)[:2])
    return ids[0] if len(ids) == 1 else None


class _OfUnion(PickingForm):
    """A form that says at which union."""

    union = PickField("cadre-unions", KEEP_CADRES, label=gettext_lazy("在哪个工会"), help_text=REFERENCE)

    def clean_union(self) -> Union:
        """The union that was meant."""
        meant = meant_by(self.cleaned_data["union"], actor=self.actor, move=KEEP_CADRES)
        if isinstance(meant, Reason):
            raise forms.ValidationError(in_words(meant))
        return meant


class PostForm(_OfUnion):
    """A post of somebody whose file is there already."""

    field_order: tuple[str, ...] = ("union", "post", "kind", "since", "document_number")

    post = forms.ChoiceField(label=gettext_lazy("职务"), choices=POST_CHOICES)
    kind = forms.ChoiceField(label=gettext_lazy("任职方式"), choices=KIND_CHOICES, widget=forms.RadioSelect)
    since = forms.DateField(label=gettext_lazy("从哪天起"), widget=DayInput())
    document_number = _document()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in plain words what is needed."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)

    def facts(self) -> PostFacts:
        """The post as it was written."""
        given = self.cleaned_data
        return PostFacts(
            CadrePost(given["post"]), CadreKind(given["kind"]), given["since"], given["document_number"].strip()
        )


class NewForm(PostForm):
    """Somebody and her first post: a member is picked and never typed once more."""

    field_order: tuple[str, ...] = ("member", "account", "name", *PostForm.field_order)

    member = PickField(
        "members", SEE_MEMBERS, label=gettext_lazy("是哪位会员"), required=False,
        help_text=gettext_lazy("写姓名、拼音首字母或者证件号后四位，从找到的会员里选。姓名、手机用登记里的，不再填。"),
    )  # fmt: skip
    account = PickField(
        "receivers", DELEGATE_ROLE, label=gettext_lazy("不是会员，有账号的"), required=False,
        help_text=gettext_lazy("写姓名或者账号，从找到的里面选。"),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("都没有的，写姓名"), max_length=64, required=False,
        help_text=gettext_lazy("只写姓名。以后入了会，在本人那一页对上登记。"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Exactly one way to say who it is."""
        cleaned: dict[str, Any] = super().clean() or {}
        said = [name for name in ("member", "account", "name") if str(cleaned.get(name) or "").strip()]
        if not said and not self.errors:
            self.add_error("member", _("还没有写是哪一位。"))
        elif len(said) > 1:
            self.add_error(said[1], _("上面已经写了一位，这里空着。一次记一个人。"))
        else:
            self._find(cleaned, said)
        return cleaned

    def _find(self, cleaned: dict[str, Any], said: list[str]) -> None:
        if said == ["member"]:
            cleaned["person_id"] = member_meant(self.actor, cleaned["member"].strip())
            if cleaned["person_id"] is None:
                self.add_error("member", _("看不出是哪一位。写姓名，从找到的人里面选。"))
        elif said == ["account"]:
            found = may_receive(self.actor).filter(login__iexact=cleaned["account"].strip()).first()
            cleaned["account_id"] = found.pk if found else None
            if found is None:
                self.add_error("account", _("没有找到这个账号。写姓名，从找到的里面选。"))

    def who(self) -> Who:
        """Who it is."""
        given = self.cleaned_data
        return Who(None, given.get("person_id"), given.get("account_id"), given["name"])


class ChangeForm(forms.Form):
    """What of a post may be put right."""

    kind = forms.ChoiceField(label=gettext_lazy("任职方式"), choices=KIND_CHOICES, widget=forms.RadioSelect)
    since = forms.DateField(label=gettext_lazy("从哪天起"), widget=DayInput())
    document_number = _document()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in plain words what is needed."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)

    def facts(self, post: str) -> PostFacts:
        """The post as it should be."""
        given = self.cleaned_data
        return PostFacts(CadrePost(post), CadreKind(given["kind"]), given["since"], given["document_number"].strip())


class EndForm(forms.Form):
    """The last day of a post, and why it ends."""

    until = forms.DateField(label=gettext_lazy("到哪天止"), widget=DayInput())
    because = forms.CharField(
        label=gettext_lazy("为什么结束"), max_length=128, help_text=gettext_lazy("比如「合同期满」「调到县总工会」。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in plain words what is needed."""
        super().__init__(*args, **kwargs)
        say_what_is_needed(self)


class KindForm(forms.Form):
    """How she holds what she was elected to."""

    kind = forms.ChoiceField(label=gettext_lazy("任职方式"), choices=KIND_CHOICES, widget=forms.RadioSelect)


class TieForm(PickingForm):
    """Which member of the register she is by now."""

    member = PickField("members", SEE_MEMBERS, label=gettext_lazy("是哪位会员"))

    def clean_member(self) -> int:
        """The member that was meant."""
        found = member_meant(self.actor, self.cleaned_data["member"].strip())
        if found is None:
            raise forms.ValidationError(_("看不出是哪一位。写姓名，从找到的人里面选。"))
        return found


class ContactForm(_OfUnion):
    """Which union she keeps in touch with, or at which employer of its territory she stays."""

    employer = forms.CharField(
        label=gettext_lazy("驻点单位"), max_length=128, required=False,
        help_text=gettext_lazy("在单位驻点的才写：单位全称或者统一社会信用代码。空着就是联系这个工会。"),
    )  # fmt: skip
    since = forms.DateField(label=gettext_lazy("从哪天起"), widget=DayInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in plain words what is needed."""
        super().__init__(*args, **kwargs)
        self.fields["union"].label = _("联系哪个工会")
        say_what_is_needed(self)

    def clean(self) -> dict[str, Any]:
        """Find the employer that was meant, in the union's territory."""
        cleaned: dict[str, Any] = super().clean() or {}
        written, union = str(cleaned.get("employer") or "").strip(), cleaned.get("union")
        cleaned["stays_at"] = None
        if written and union is not None:
            here = Employer.objects.filter(place__path__startswith=union.place.path, closed_on=None)
            found = list(here.filter(name=written)[:2]) or list(here.filter(uscc=written.upper())[:2])
            if len(found) == 1:
                cleaned["stays_at"] = found[0]
            else:
                self.add_error("employer", _("这个工会下面没有找到这家单位，或者有同名的。写全称，或者写信用代码。"))
        return cleaned
