"""What accounts, rights and delegations bring to the first page."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kernel import clock
from niangjia.kernel.access.accounts import visible_to
from niangjia.kernel.access.delegation import delegated_by
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.queries import in_force
from niangjia.kernel.access.rules import DELEGATE_ROLE, GRANT_ROLE, MANAGE_ACCOUNTS, SEE_ACCOUNTS, Actor, Role
from niangjia.kernel.accounts.listing import may_open
from niangjia.kernel.journal.models import Block
from niangjia.kernel.listing import Button
from niangjia.kernel.places.queries import place_names
from niangjia.kernel.reveal.queries import looks_seen
from niangjia.kernel.reveal.rules import SEE_LOOKS, day_of
from niangjia.kernel.web.roles import words_of
from niangjia.kernel.web.templatetags.niangjia_web import day
from niangjia.kernel.web.today import Coming, Done, Figure, Handed, Part
from niangjia.kernel.web.todo import MOST, ToDo

# How long before its end a right is spoken of.
SPOKEN_DAYS = 14
WEEK_DAYS = 7
DELEGATIONS = "/delegations/"


def things_to_do(actor: Actor, on: date) -> list[ToDo]:
    """Accounts that something is missing of, for who keeps them; rights that one handed down and that end soon."""
    return [*_of_accounts(actor), *_of_delegations(actor, on)]


def part(actor: Actor, on: date) -> Part:
    """Days on which rights end, what was handed over, and for administrators how many accounts there are."""
    handed = list(delegated_by(actor)) if actor.paths(DELEGATE_ROLE) else []
    names = place_names(grant.place_id for grant in handed)
    return Part(
        numbers=(*_accounts(actor), *_looks(actor)),
        dates=tuple(_own_ends(actor, on)),
        done=_sealed(actor),
        handed=tuple(_handed(grant, names) for grant in handed),
        buttons=(Button(gettext_lazy("开通账号"), "/accounts/new/", icon="plus", main=True),)
        if may_open(actor)
        else (),
    )


def _of_accounts(actor: Actor) -> list[ToDo]:
    """One thing for each account: nobody signs in as a cadre without a second factor, and nobody works without a right."""
    if not actor.paths(SEE_ACCOUNTS):
        return []
    found = visible_to(actor).filter(is_active=True).order_by("login")
    things = []
    for account in found[:MOST]:
        if not vars(account)["rights_now"] and actor.paths(GRANT_ROLE):
            things.append(_without(account, _("{name}的账号还没有授权"), gettext_lazy("去授权"), icon="key"))
        if not vars(account)["has_factor"] and actor.paths(MANAGE_ACCOUNTS):
            words = _("{name}还没有设第二重验证，进不了工作台")
            things.append(_without(account, words, gettext_lazy("提醒本人"), icon="shield-lock"))
    return things


def _without(account: Account, title: str, verb: object, *, icon: str) -> ToDo:
    return ToDo(
        kind="account",
        icon=icon,
        title=title.format(name=account.name),
        note=(account.login, account.post, _("{day}开通").format(day=day(account.created_at))),
        address=reverse("account", args=[account.pk]),
        verb=verb,  # type: ignore[arg-type]  # lazy words are words
    )


def _of_delegations(actor: Actor, on: date) -> list[ToDo]:
    """What one handed down and ends within two weeks: to be handed down again, or to be left to end."""
    if not actor.paths(DELEGATE_ROLE):
        return []
    return [
        ToDo(
            kind="delegation",
            icon="user-plus",
            title=_("交给{name}的{role}快到期了").format(name=grant.account.name, role=words_of(Role(grant.role))),
            note=(_("到期自己停；还要办，再委托一次"),),
            address=DELEGATIONS,
            verb=gettext_lazy("看委托"),
            due=grant.valid_to,
        )
        for grant in delegated_by(actor)
        if grant.valid_to is not None and grant.valid_to <= on + timedelta(days=SPOKEN_DAYS)
    ]


def _own_ends(actor: Actor, on: date) -> list[Coming]:
    """The last days of the actor's own rights, where they have one."""
    ending = Grant.objects.filter(in_force(on), account_id=actor.account_id or 0, valid_to__isnull=False)
    names = {right.place_id: right.place_name for right in actor.rights}
    return [
        Coming(
            grant.valid_to,
            _("您在{place}的{role}到期").format(place=names.get(grant.place_id, ""), role=words_of(Role(grant.role))),
            _("还要办，请委托您的人再委托一次。") if grant.delegated_from_id else _("还要办，请找安全管理员。"),
            "/settings/",
        )
        for grant in ending.order_by("valid_to")
        if grant.valid_to is not None
    ]


def _handed(grant: Grant, names: dict[int, str]) -> Handed:
    until = _("办到{day}").format(day=day(grant.valid_to)) if grant.valid_to else ""
    role = words_of(Role(grant.role))
    return Handed(
        grant.account.name,
        _("{place}的{role}").format(place=names.get(grant.place_id, ""), role=role),
        until,
        DELEGATIONS,
    )


def _accounts(actor: Actor) -> tuple[Figure, ...]:
    if not actor.paths(SEE_ACCOUNTS):
        return ()
    on = visible_to(actor).filter(is_active=True).order_by().count()
    return (Figure(on, gettext_lazy("在用的账号"), "/accounts/?state=on"),)


def _looks(actor: Actor) -> tuple[Figure, ...]:
    if not actor.paths(SEE_LOOKS):
        return ()
    since = day_of(clock.now().astimezone(clock.PEOPLE_ZONE)) - timedelta(days=WEEK_DAYS - 1)
    found = looks_seen(actor).filter(at__gte=since).order_by().count()
    return (Figure(found, gettext_lazy("近 7 天的查看"), "/looks/all/?span=week"),)


def _sealed(actor: Actor) -> tuple[Done, ...]:
    """For who audits: that the journal is sealed, up to which block."""
    block = Block.objects.order_by("-id").first() if actor.paths(SEE_LOOKS) else None
    if block is None:
        return ()
    words = ngettext("第 {block} 块，{n} 条", "第 {block} 块，{n} 条", block.entries)
    note = words.format(block=f"{block.number:,}", n=f"{block.entries:,}")
    return (Done(_("操作日志封好了，改不了"), note, "/looks/all/", gettext_lazy("看查看记录"), at=block.sealed_at),)
