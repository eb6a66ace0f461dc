"""What the program holds of each thing that is handed over, counted for whoever reads, who never sees more than elsewhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kernel.access.rules import Actor, Role, why_not
from niangjia.kernel.cases.kinds import kind_of
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.queries import visible_to as cases_seen
from niangjia.kernel.cases.today import due_day
from niangjia.kernel.web.roles import words_of
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.cadres.handing.models import Handover
from niangjia.registers.cadres.handing.queries import old_rights
from niangjia.registers.cadres.handing.rules import AHEAD_DAYS, Thing
from niangjia.registers.committees.queries import bodies_of, present_term
from niangjia.registers.committees.words import BODY_WORDS
from niangjia.registers.employers.models import Coverage
from niangjia.registers.employers.targets.queries import visible_to as targets_seen
from niangjia.registers.founding.legal.queries import standing_of as legal_standing
from niangjia.registers.founding.legal.queries import visible_to as legal_seen
from niangjia.registers.members.queries import active_in
from niangjia.registers.members.rules.moves import SEE_MEMBERS
from niangjia.registers.members.transfers.queries import waiting_for

MOST = 12


@dataclass(frozen=True)
class Held:
    """What the program holds of one thing: in one line, each with what it is made of, and where it is found."""

    words: str
    lines: tuple[tuple[str, str], ...] = ()
    address: str = ""


class Holding:
    """What is held of one union, for who reads it on a day."""

    def __init__(self, handover: Handover, *, actor: Actor, on: date) -> None:
        self.handover, self.union = handover, handover.union
        self.actor, self.on = actor, on
        self.is_inside = why_not(actor, SEE_MEMBERS, self.union.place.path) is None

    def of(self, thing: Thing) -> Held | None:
        """What is held of this thing; nothing of what lies in drawers, and nothing that the reader does not see elsewhere."""
        counted: dict[Thing, Callable[[], Held]] = {
            Thing.CASES: self._cases, Thing.DEADLINES: self._deadlines, Thing.TERM: self._term, Thing.LEGAL: self._legal,
            Thing.MEMBERS: self._members, Thing.TRANSFERS: self._transfers, Thing.EMPLOYERS: self._employers,
            Thing.TARGETS: self._targets, Thing.RIGHTS: self._rights,
        }  # fmt: skip
        if thing not in counted:
            return None
        if not self.is_inside:
            return Held(_("您在这里没有权限了，看不到系统里的数，请接手的人核对。"))
        return counted[thing]()

    def _open_cases(self) -> Any:
        return cases_seen(self.actor).filter(place=self.union.pk, closed_at=None).order_by("due_at", "pk")

    def _cases(self) -> Held:
        rows = self._open_cases()
        number = rows.order_by().count()
        words = ngettext("%(n)s 件没有办完", "%(n)s 件没有办完", number) % {"n": f"{number:,}"}
        return Held(words, tuple(map(_line, rows[:MOST])))

    def _deadlines(self) -> Held:
        lines = sorted(self._due(), key=lambda each: each[0])
        words = ngettext("%(n)s 个日子", "%(n)s 个日子", len(lines)) % {"n": len(lines)}
        return Held(words, tuple((_("{day}：{what}").format(day=day(when), what=what), to) for when, what, to in lines))

    def _due(self) -> Iterator[tuple[date, str, str]]:
        last = self.on + timedelta(days=AHEAD_DAYS)
        for case in self._open_cases().exclude(due_at=None)[:MOST]:
            when = due_day(case.due_at)
            if when is not None and when <= last:
                yield when, _line(case)[0], _line(case)[1]
        term = present_term(self.union.pk)
        if term is not None and term.last_on <= last:
            yield term.last_on, _("这一届期满"), reverse("union_term", args=[self.union.code])
        for standing in self._certificates():
            if standing.due_on is not None and standing.due_on <= last:
                yield standing.due_on, _("法人登记变更、换证"), reverse("legal_person", args=[self.union.code])

    def _term(self) -> Held:
        term = present_term(self.union.pk)
        address = reverse("union_term", args=[self.union.code])
        if term is None:
            return Held(_("没有记下现在这一届"), address=address)
        words = _("第 {n} 届，到{day}").format(n=term.number, day=day(term.last_on))
        return Held(words, tuple((str(BODY_WORDS[body.kind]), address) for body in bodies_of(term)), address)

    def _certificates(self) -> Iterator[Any]:
        for legal in legal_seen(self.actor).filter(union=self.union.pk, cancelled_on=None):
            yield legal_standing(legal, on=self.on)

    def _legal(self) -> Held:
        address = reverse("legal_person", args=[self.union.code])
        for standing in self._certificates():
            number, valid = standing.legal.certificate_no, day(standing.valid_to)
            words = _("证书 {number}，有效期到{day}").format(number=number, day=valid)
            if standing.due_on is None:
                return Held(words, address=address)
            due = _("法定代表人变了，{day}前（变更之日起 30 天内）办变更登记").format(day=day(standing.due_on))
            return Held(words, ((due, address),), address)
        return Held(_("没有登记法人资格证书"), address=address)

    def _members(self) -> Held:
        number = active_in(self.union).count()
        words = ngettext("%(n)s 名会员", "%(n)s 名会员", number) % {"n": f"{number:,}"}
        return Held(words, address=f"{reverse('members')}?union={self.union.code}")

    def _transfers(self) -> Held:
        held = {"memberships__union": self.union.pk, "memberships__period__upper_inf": True}
        waiting = waiting_for(self.actor).filter(**{f"person__{name}": value for name, value in held.items()})
        number = waiting.order_by().count()
        words = ngettext("%(n)s 个等这里答复", "%(n)s 个等这里答复", number) % {"n": f"{number:,}"}
        return Held(words, address=reverse("transfers"))

    def _employers(self) -> Held:
        rows = Coverage.objects.filter(union=self.union, valid_to=None).select_related("employer").order_by("pk")
        number = rows.count()
        words = ngettext("%(n)s 家", "%(n)s 家", number) % {"n": f"{number:,}"}
        lines = tuple((row.employer.name, reverse("employer", args=[row.employer_id])) for row in rows[:MOST])
        return Held(words, lines)

    def _targets(self) -> Held:
        account = self.handover.outgoing_account_id
        rows = targets_seen(self.actor).filter(cadre=account, ended_on=None).select_related("employer")
        found = list(rows.order_by("due_on", "pk")[:MOST]) if account is not None else []
        words = ngettext("%(n)s 家交给了原主席", "%(n)s 家交给了原主席", len(found)) % {"n": len(found)}
        return Held(words, tuple((each.employer.name, reverse("target", args=[each.pk])) for each in found))

    def _rights(self) -> Held:
        grants = list(old_rights(self.handover, on=self.on))
        if not grants:
            return Held(_("没有了"))
        said = _("、").join(str(words_of(Role(grant.role))) for grant in grants)
        return Held(_("{roles}，两边确认以后由安全管理员收回").format(roles=said))


def _line(case: Case) -> tuple[str, str]:
    kind = kind_of(case.kind)
    if kind is None:
        return case.number, ""
    return _("{what} {number}").format(what=kind.title_of(case), number=case.number), kind.desk(case)
