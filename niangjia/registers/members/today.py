"""What members and their rosters bring to the first page of the desk."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.intake.models import Import, State
from niangjia.kernel.listing import Button
from niangjia.kernel.web.templatetags.niangjia_web import moment
from niangjia.kernel.web.today import Done, Figure, Part
from niangjia.kernel.web.todo import MOST, ToDo, WaitsFor
from niangjia.registers.members import queries
from niangjia.registers.members.retiring import number_soon
from niangjia.registers.members.roster import queries as roster_queries
from niangjia.registers.members.roster.tidying import TRIAL_KEPT
from niangjia.registers.members.rules.moves import IMPORT_ROSTER, SEE_MEMBERS

# Waits for the next press of who began it; what was refused came back to her.
HALF_DONE = (State.RECEIVED, State.TRIED, State.REFUSED)
UNDER_WAY = (State.READING, State.TRYING, State.RUNNING, State.UNDOING)
OVER = (State.DONE, State.UNDONE)
LATELY = timedelta(days=14)
SHOWN = 5
IMPORTS = "/members/imports/"


def things_to_do(actor: Actor, _on: date) -> list[ToDo]:
    """Rosters of the actor's own that are half done; and, for a chair, who of her members retires soon."""
    if not actor.paths(IMPORT_ROSTER) or not actor.account_id:
        return []
    own = roster_queries.visible_to(actor).filter(account=actor.account_id, state__in=HALF_DONE)
    half_done = [_half_done(batch) for batch in own.exclude(stored_as="").order_by("-id")[:MOST]]
    retiring = number_soon(actor)
    return [*half_done, _retiring(retiring)] if retiring else half_done


def _retiring(number: int) -> ToDo:
    """Nobody is retired by it: they are asked, and their membership is kept on."""
    words = ngettext("%(n)s 位会员 90 天内到退休年龄", "%(n)s 位会员 90 天内到退休年龄", number)
    return ToDo(
        kind="retiring",
        icon="calendar",
        title=words % {"n": f"{number:,}"},
        note=(_("按出生年月推算，先问问本人"), _("退休了的，勾选以后一起保留会籍")),
        address="/members/?retiring=soon",
        verb=gettext_lazy("去看看"),
        waits_for=WaitsFor.MINE,
    )


def part(actor: Actor, on: date) -> Part:
    """How many members there are in the actor's places, and what became of the rosters lately."""
    paths = actor.paths(SEE_MEMBERS)
    if not paths:
        return Part()
    active, joined = queries.active_and_joined(paths, since=on.replace(day=1))
    may = bool(actor.paths(IMPORT_ROSTER))
    return Part(
        numbers=(
            Figure(active, gettext_lazy("在册会员"), "/members/"),
            Figure(joined, gettext_lazy("本月新入会"), "/members/?joined=month"),
        ),
        done=tuple(map(_told_of, _lately(actor))) if may and actor.account_id else (),
        buttons=(Button(gettext_lazy("导入花名册"), f"{IMPORTS}new/", icon="upload", main=True),) if may else (),
    )


def _lately(actor: Actor) -> list[Import]:
    """Imports in the actor's places that are under way, or were finished within two weeks."""
    seen = roster_queries.visible_to(actor)
    over = seen.filter(state__in=OVER, finished_at__gt=clock.now() - LATELY)
    return list((seen.filter(state__in=UNDER_WAY) | over).order_by("-id")[:SHOWN])


def _half_done(batch: Import) -> ToDo:
    words = {
        State.TRIED: (_("「{file}」核对好了，等您点入库"), gettext_lazy("去入库"), "table-import"),
        State.RECEIVED: (_("「{file}」等您对应各列"), gettext_lazy("接着办"), "file-spreadsheet"),
        State.REFUSED: (_("「{file}」不能用，换一个文件"), gettext_lazy("看原因"), "arrow-back-up"),
    }
    title, verb, icon = words[State(batch.state)]
    is_back = batch.state == State.REFUSED
    return ToDo(
        kind="import",
        icon=icon,
        title=title.format(file=batch.file_name),
        note=(_union_of(batch), _rows(batch.rows_in), _faults(batch), moment(batch.created_at)),
        address=f"{IMPORTS}{batch.pk}/",
        verb=verb,
        due=(batch.created_at + TRIAL_KEPT).astimezone(clock.PEOPLE_ZONE).date(),
        waits_for=WaitsFor.RETURNED if is_back else WaitsFor.MINE,
    )


def _told_of(batch: Import) -> Done:
    if batch.state in UNDER_WAY:
        counted = {"done": f"{batch.rows_in:,}", "all": f"{batch.rows_expected:,}"}
        note = _("已办 {done} 行，共 {all} 行").format(**counted) if batch.rows_expected else _("正在读文件")
        return Done(batch.file_name, note, f"{IMPORTS}{batch.pk}/", gettext_lazy("看进度"))
    if batch.state == State.UNDONE:
        return Done(
            batch.file_name,
            _("撤销了，都恢复了原样"),
            f"{IMPORTS}{batch.pk}/",
            gettext_lazy("打开"),
            at=batch.finished_at,
        )
    counts = {"created": f"{batch.created:,}", "updated": f"{batch.updated:,}", "rejected": f"{batch.rejected:,}"}
    sentence = _("入库：新增 {created}，更新 {updated}，要改 {rejected}")
    return Done(
        batch.file_name,
        sentence.format(**counts),
        f"{IMPORTS}{batch.pk}/",
        gettext_lazy("看结果"),
        at=batch.finished_at,
    )


def _union_of(batch: Import) -> str:
    return batch.place.union.name if batch.place is not None and hasattr(batch.place, "union") else ""


def _rows(number: int) -> str:
    return ngettext("%(n)s 行", "%(n)s 行", number) % {"n": f"{number:,}"} if number else ""


def _faults(batch: Import) -> str:
    if not batch.rejected:
        return ""
    return ngettext("%(n)s 行要改", "%(n)s 行要改", batch.rejected) % {"n": f"{batch.rejected:,}"}
