"""Accounts for tests of pages, and sessions that were opened as people open them."""

from datetime import date
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.rules import Role
from niangjia.kernel.places.models import Place
from niangjia.kernel.places.rules import Level
from niangjia.kernel.places.services import open_place

PASSWORD = "柳林镇 细纱 车间 2026"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
BEGAN = date(2020, 1, 1)


def a_place(level: Level = Level.COUNTY, *, parent: Place | None = None) -> Place:
    """A place to act at."""
    return open_place(level, city="349900", on=BEGAN, parent=parent)


def an_account(
    login: str = "zhou", *, role: Role | None = Role.CADRE, at: Place | None = None, **facts: Any
) -> Account:
    """An account with the password `PASSWORD`, and a right where a role is named."""
    name = facts.pop("name", "周敏")
    account = Account.objects.create_account(login, name=name, password=facts.pop("password", PASSWORD), **facts)
    if role is not None:
        Grant.objects.create(city="349900", account=account, role=role.value, place=at or a_place(), valid_from=BEGAN)
    return account


def with_codes(account: Account) -> Account:
    """The account with codes of the secret `SECRET` set up."""
    TOTP.activate(account, SECRET)
    return account


def code_now(ahead: int = 0) -> str:
    """The code of `SECRET` as a phone shows it now, or so many codes later."""
    counters = tuple(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(SECRET, counters[len(counters) // 2] + ahead))


def open_session(client: Client, account: Account, *, proved: bool = True) -> Client:
    """The client signed in as the account, as if password and code had just been given."""
    client.force_login(account)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": 0}] if proved else []
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(account.pk)
    session.save()
    return client
