"""An election as a line of work: its words, its forms, what it is about."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.access.rules import Actor
from niangjia.kernel.cases.kinds import CaseKind, Content, Words
from niangjia.kernel.cases.models import Case
from niangjia.kernel.cases.pages.declared import Line, OwnWords
from niangjia.kernel.cases.pages.urls import desk_address, own_address
from niangjia.kernel.chinese import gettext_noop
from niangjia.kernel.listing import Badge
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.registers.committees.elections.models import Candidate, Election
from niangjia.registers.committees.elections.queries import candidates_of, is_renewal
from niangjia.registers.committees.elections.rules import workflow as table
from niangjia.registers.committees.elections.rules.voting import needed, quorum
from niangjia.registers.committees.elections.sheets import SHEETS
from niangjia.registers.committees.queries import people_of
from niangjia.registers.committees.rules.seats import seats_for
from niangjia.registers.committees.words import BODY_WORDS, FORM_WORDS, POST_WORDS, post_words

HERE = "niangjia.registers.committees.elections"
STEPS = (
    gettext_noop("筹备"),
    gettext_noop("候选人"),
    gettext_noop("开会选举"),
    gettext_noop("选出来了"),
    gettext_noop("上级批复"),
)
STAGES: dict[str, Badge] = {
    table.PREPARING: Badge("doing", gettext_lazy("在筹备")),
    table.NOMINATING: Badge("doing", gettext_lazy("在提名候选人")),
    table.MEETING: Badge("doing", gettext_lazy("等开会选举")),
    table.COUNTED: Badge("doing", gettext_lazy("在计票")),
    table.SECOND_ROUND: Badge("doing", gettext_lazy("没有选满，要另行选举")),
    table.ELECTED: Badge("doing", gettext_lazy("选出来了，等报上一级")),
    table.REPORTED: Badge("wait", gettext_lazy("等上一级批复")),
    table.APPROVED: Badge("done", gettext_lazy("批复了")),
    table.DROPPED: Badge("closed", gettext_lazy("没有办下去")),
}
MOVES: dict[str, Words] = {
    table.PLAN: gettext_lazy("定选举方案"),
    table.NOMINATE: gettext_lazy("提名候选人"),
    table.STRIKE: gettext_lazy("撤下候选人"),
    table.CONVENE: gettext_lazy("定下候选人，开会"),
    table.COUNT: gettext_lazy("记选举结果"),
    table.ALL_ELECTED: gettext_lazy("选满了"),
    table.TOO_FEW: gettext_lazy("没有选满"),
    table.FEWER: gettext_lazy("减少名额，不再选"),
    table.CHOOSE: gettext_lazy("推选主席、财务委员"),
    table.REPORT: gettext_lazy("报上一级工会"),
    table.APPROVE: gettext_lazy("批复同意"),
    table.RETURN: gettext_lazy("退回"),
    table.DROP: gettext_lazy("不办了"),
}
REASONS: dict[str, Words] = {
    "result_unclear": gettext_lazy("选举结果写得不清楚，请补"),
    "breaks_a_rule": gettext_lazy("组成或者程序不合规定，请改"),
    "papers_missing": gettext_lazy("材料不全，请补"),
    "put_off": gettext_lazy("推迟了，另办延期"),
    "begun_by_mistake": gettext_lazy("开错了"),
    "union_closes": gettext_lazy("工会要撤销了"),
}
ELECTION_KIND = CaseKind(
    table.KIND,
    gettext_lazy("换届选举"),
    steps=STEPS,
    stages={name: badge.words for name, badge in STAGES.items()},
    moves=MOVES,
    reasons=REASONS,
    tiers={table.ANSWER: gettext_lazy("批复")},
    desk=desk_address,
    own=own_address,
    about="election__union__name",
    icon="users",
    content=f"{HERE}.kind.content_of",
)
LINE = Line(
    table.ELECTION,
    ELECTION_KIND,
    title=gettext_lazy("换届选举"),
    badges=STAGES,
    # Nobody asks for an election as herself: it is the union's own matter, and stands at desks alone.
    own=OwnWords(states=STAGES, where={name: badge.words for name, badge in STAGES.items()}),
    sheets=SHEETS,
    does=f"{HERE}.approving.done",
    facts=f"{HERE}.kind.facts_of",
)


def content_of(case: Case, _actor: Actor) -> Content:
    """The plan, who stands and with how many votes, and what the meeting needs."""
    election = Election.objects.filter(pk=case.pk).select_related("union__place").first()
    if election is None:
        return Content()
    return Content(tuple(_parts(case, election)))


def _parts(case: Case, election: Election) -> Iterator[tuple[Words, Words]]:
    if case.stage == table.PREPARING:
        yield _("会员"), _counted(election)
        return
    yield _("方案"), _plan(election)
    rows = list(candidates_of(election))
    if rows:
        yield _("候选人"), "\n".join(_candidate(each) for each in rows)
    if election.entitled:
        words = _("应到 {entitled} 人。到会至少 {quorum} 人才有效，得票至少 {needed} 票才当选（超过应到的一半）。")
        yield (
            _("会议"),
            words.format(
                entitled=election.entitled, quorum=quorum(election.entitled), needed=needed(election.entitled)
            ),
        )
    if election.present is not None:
        words = _("第 {n} 轮：实到 {present} 人，收回选票 {ballots} 张。")
        yield _("结果"), words.format(n=election.rounds, present=election.present, ballots=election.ballots)


def _counted(election: Election) -> str:
    people = people_of(election.union)
    step = people.seats or seats_for(people.members)
    words = _("系统数出来的：会员 {members} 人，其中女会员 {women} 人。委员会可以设 {least} 到 {most} 名委员。")
    return words.format(members=people.members, women=people.women, least=step.least, most=step.most)


def _plan(election: Election) -> str:
    meeting = (
        _("会员代表大会，代表 {n} 名").format(n=election.representatives) if election.representatives else _("会员大会")
    )
    if not is_renewal(election):
        return _("补选{post}，{meeting}").format(post=POST_WORDS[election.post], meeting=meeting)
    words = _("{form}，任期 {years} 年；委员 {seats} 名，经审 {audit} 名；{meeting}").format(
        form=FORM_WORDS[election.form],
        years=election.years,
        seats=election.seats,
        audit=election.audit_seats,
        meeting=meeting,
    )
    return words + (_("；常委 {n} 名").format(n=election.standing_seats) if election.standing_seats else "")


def _candidate(row: Candidate) -> str:
    said = f"{row.person.name}　{BODY_WORDS[row.body]}　{post_words(row.body, row.post)}"
    if row.votes is None:
        return said
    votes = _("得票 {n}").format(n=row.votes)
    return f"{said}　{votes}" + ("　" + _("当选") if row.is_elected else "")


def facts_of(case: Case, _actor: Actor) -> list[tuple[str, Any]]:
    """Of which union, when it met, and by which document it was approved."""
    election = Election.objects.filter(pk=case.pk).select_related("union", "term").first()
    if election is None:
        return []
    facts: list[tuple[str, Any]] = [(_("哪个工会"), election.union.name)]
    if election.meeting_on is not None:
        facts.append((_("选举日期"), day(election.meeting_on)))
    if election.term is not None:
        facts.append((_("批复文号"), election.term.document_number if is_renewal(election) else ""))
        facts.append((_("任期到"), day(election.term.last_on)))
    return facts
