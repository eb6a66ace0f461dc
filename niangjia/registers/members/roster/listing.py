"""The list of imports: which file, for which union, how far, what it came to."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.listing import Badge, Button, Column, Empty, Filter, Listing
from niangjia.registers.members.roster import queries
from niangjia.registers.members.rules.moves import IMPORT_ROSTER

FORMS = {
    State.RECEIVED: "wait",
    State.READING: "doing",
    State.TRYING: "doing",
    State.TRIED: "wait",
    State.RUNNING: "doing",
    State.DONE: "done",
    State.UNDOING: "doing",
    State.UNDONE: "closed",
    State.REFUSED: "refused",
}


def badge(batch: Import) -> Badge:
    """How far an import has come, as everywhere."""
    state = State(batch.state)
    return Badge(FORMS[state], state.label)


def may_import(actor: Actor) -> bool:
    """Whether the actor may import anywhere at all."""
    return bool(actor.paths(IMPORT_ROSTER))


def _address(batch: Import) -> str:
    return reverse("import", args=[batch.pk])


def _union_name(batch: Import) -> str:
    return batch.place.union.name if batch.place is not None and hasattr(batch.place, "union") else ""


def author_of(batch: Import) -> str:
    """Who brought the file in; operators act at the command line."""
    return batch.account.name if batch.account is not None else str(_("运维人员"))


def _by_file_name(imports: QuerySet[Import], words: str) -> QuerySet[Import]:
    return imports.filter(file_name__icontains=words) | imports.filter(place__union__name__icontains=words)


IMPORTS = Listing(
    "imports",
    title=_("导入"),
    visible_to=queries.visible_to,
    columns=(
        Column(_("文件"), "file_name", link=_address, note=_union_name, key="file_name"),
        Column(_("状态"), badge, key="state"),
        Column(_("行数"), "rows_in", kind="number", key="rows_in"),
        Column(_("新增"), "created", kind="number", wide_only=True, key="created"),
        Column(_("更新"), "updated", kind="number", wide_only=True, key="updated"),
        Column(_("要改"), "rejected", kind="number", key="rejected"),
        Column(_("时间"), "created_at", kind="moment", note=author_of, key="created_at"),
    ),
    filters=(Filter("state", _("状态"), choices=State.choices, apply="state"),),
    search=_by_file_name,
    search_words=_("文件名或工会"),
    order=("-id",),
    empty=Empty(
        _("还没有导入过花名册"),
        _("把手头的 Excel 花名册拿来就行：先核对，再入库，错的行退给您改；入库以后还能整批撤销。"),
        button=Button(_("导入花名册"), "/members/imports/new/", allowed=may_import),
        icon="table-import",
    ),
    buttons=(Button(_("导入花名册"), "/members/imports/new/", icon="upload", main=True, allowed=may_import),),
    counted=lambda n: ngettext("%(n)s 次导入", "%(n)s 次导入", n) % {"n": f"{n:,}"},
    move=IMPORT_ROSTER,
)
