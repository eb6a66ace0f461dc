"""What the list of cadres holds about persons, how long, and what becomes of it when she is erased."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.privacy.rules import End, Keep, PersonalTable, Row, Told
from niangjia.registers.cadres.models import Cadre, Contact, ElectedKind, Posting
from niangjia.registers.cadres.words import KIND_WORDS, POST_WORDS

ARCHIVE = "《档案法》"
KEPT = gettext_noop("谁在工会任过什么职务是工会的档案，登记删除以后只留化名、职务和起止。")
YEARS = 5 * 365


def _long_gone(before: datetime) -> Any:
    """Files with a name of their own, all of whose posts ended before a day: nobody else says who it was."""
    day = before.date()
    later = Q(until=None) | Q(until__gte=day)
    posts = Posting.objects.filter(later, cadre=OuterRef("pk"))
    contacts = Contact.objects.filter(later, cadre=OuterRef("pk"))
    rows = Cadre.objects.filter(~Exists(posts), ~Exists(contacts), person=None, account=None)
    return rows.exclude(name=str(_FORMER)).order_by("pk")


def _forget_names(keys: list[Any]) -> int:
    return Cadre.objects.filter(pk__in=keys, person=None, account=None).update(name=str(_FORMER))


_FORMER = gettext_noop("（离任干部）")


def _told_posts(subject_id: int) -> list[Row]:
    rows = Posting.objects.filter(cadre__person=subject_id).select_related("union").order_by("since", "pk")
    return [
        {
            _("工会"): row.union.name, _("职务"): str(POST_WORDS[row.post]), _("任职方式"): str(KIND_WORDS[row.kind]),
            _("从哪天起"): row.since, _("到哪天止"): row.until, _("为什么结束"): row.ended_because,
        }
        for row in rows
    ]  # fmt: skip


def _told_contacts(subject_id: int) -> list[Row]:
    rows = Contact.objects.filter(cadre__person=subject_id).select_related("union", "employer").order_by("since", "pk")
    return [
        {
            _("工会"): row.union.name, _("驻点单位"): row.employer.name if row.employer else "",
            _("从哪天起"): row.since, _("到哪天止"): row.until,
        }
        for row in rows
    ]  # fmt: skip


def _told_kinds(subject_id: int) -> list[Row]:
    rows = ElectedKind.objects.filter(cadre__person=subject_id).select_related("union").order_by("pk")
    return [{_("工会"): row.union.name, _("任职方式"): str(KIND_WORDS[row.kind])} for row in rows]


TABLES = (
    PersonalTable(
        "cadres.Posting", gettext_noop("任职"), gettext_noop("知道工会的事由谁办，从哪天到哪天。"),
        Keep(KEPT, End.LOCK, source=ARCHIVE), tell=_told_posts, erase=KEPT,
    ),
    PersonalTable(
        "cadres.ElectedKind", gettext_noop("选举职务的任职方式"), gettext_noop("知道是专职还是兼职。"),
        Keep(KEPT, End.LOCK, source=ARCHIVE), tell=_told_kinds, erase=KEPT,
    ),
    PersonalTable(
        "cadres.Contact", gettext_noop("联系工会和驻点"), gettext_noop("知道哪个工会、哪家单位由谁联系。"),
        Keep(KEPT, End.LOCK, source=ARCHIVE), tell=_told_contacts, erase=KEPT,
    ),
    PersonalTable(
        "cadres.Cadre", gettext_noop("干部名册"), gettext_noop("知道谁是工会干部，归哪个工会管。"),
        Keep(
            gettext_noop("不是会员、也没有账号的，离任五年以后姓名删掉"), End.ANONYMISE, YEARS,
            due=_long_gone, carry_out=_forget_names,
        ),
        tell=Told("person_id", (("union__name", gettext_noop("管档案的工会")),)),
        erase=KEPT,
    ),
)  # fmt: skip
