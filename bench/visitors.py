"""Who asks for pages in the measures: members with a session of their own each, cadres, strangers at the door."""

import json
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import uuid4

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, OpenSession
from niangjia.kernel.access.phone_code.models import PhoneCode
from niangjia.kernel.access.phone_code.services import ask_for_code
from niangjia.kernel.access.sessions import SESSION
from niangjia.registers.members.models import Membership

TOKEN = "t" * 32
PASSWORD = "Bench-Passw0rd-2026"  # noqa: S105 - of accounts that live as long as the measure
AUTHENTICATED_USER = "account_authentication_methods_user"
BACKEND = settings.AUTHENTICATION_BACKENDS[0]
Asks = dict[str, Any]
# Stands for a number that no other request has.
NUMBER = "@@@@@@@@@@"
SAID = json.dumps(
    {"kind": "ask", "topic": "leave", "text": f"工作五年，年休假有几天？第 {NUMBER} 次问"}, ensure_ascii=False
)


def get(path: str, *, cookie: str = "", markers: tuple[str, ...] = ()) -> Asks:
    """A page that is asked for, and what its answer must hold."""
    return {"request": _head("GET", path, cookie) + "\r\n", "markers": markers}


def post(path: str, body: str, *, cookie: str, markers: tuple[str, ...] = (), closes: bool = False) -> Asks:
    """A form or a document that is sent; `@@@@@@@@@@` in it becomes a number that no other request has."""
    kind = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
    head = _head("POST", path, f"csrftoken={TOKEN}; {cookie}", closes=closes)
    head += f"Content-Type: {kind}\r\nX-CSRFToken: {TOKEN}\r\nContent-Length: {len(body.encode())}\r\n"
    return {"request": f"{head}Idempotency-Key: bench-@@@@@@@@@@\r\n\r\n{body}", "markers": markers}


def members(number: int) -> list[tuple[str, str]]:
    """Cookies of so many members who signed in by phone, each with the number that only her own page shows."""
    held = Membership.objects.filter(state="active", person__subject__account=None).exclude(member_no="")
    found = held.select_related("person__subject").order_by("pk")[:number]
    return [(_member_cookie(each), each.member_no) for each in found]


def cadre_cookie(login: str) -> str:
    """The cookie of a demo account with its second factor proved."""
    return signed_in(Account.objects.get(login=login), method="mfa")


def signed_in(account: Account, *, method: str) -> str:
    """A session as the door opens it."""
    opened = OpenSession.objects.create(account=account, device="bench")
    return _session(
        {
            SESSION_KEY: str(account.pk),
            BACKEND_SESSION_KEY: BACKEND,
            HASH_SESSION_KEY: account.get_session_auth_hash(),
            SESSION: str(opened.pk),
            AUTHENTICATED_USER: str(account.pk),
            AUTHENTICATION_METHODS_SESSION_KEY: [{"method": method, "at": clock.now().timestamp()}],
        }
    )


def code_cookies(number: int) -> list[str]:
    """Cookies of so many strangers who wait for a code, each for her own."""
    cookies = []
    for each in range(number):
        code = ask_for_code(f"139{each:08d}", address="", is_shown=True)
        if not isinstance(code, PhoneCode):
            raise TypeError(code)
        cookies.append(_session({"phone_code": str(code.pk)}))
    return cookies


def fresh_codes() -> None:
    """Every code may be tried again from the beginning."""
    PhoneCode.objects.update(tries=0, asked_at=clock.now())


def password_accounts(number: int) -> list[str]:
    """Logins of so many accounts that have the same password."""
    once = make_password(PASSWORD)
    ones = [Account(login=f"bench-{each}", name="测试", password=once) for each in range(number)]
    Account.objects.bulk_create(ones)
    return [one.login for one in ones]


def sign_in_asks(login: str) -> Asks:
    """One try of a password by a stranger."""
    body = f"csrfmiddlewaretoken={TOKEN}&login={login}&password={PASSWORD}&code="
    return post("/sign-in/", body, cookie="", closes=True)


def _member_cookie(membership: Membership) -> str:
    subject = membership.person.subject
    account = Account.objects.create_account(
        f"w-{uuid4().hex[:12]}", name=membership.person.name, subject_id=subject.pk
    )
    return signed_in(account, method="phone_code")


def _session(content: dict[str, Any]) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store.update(content)
    store.set_expiry(timedelta(hours=12))
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def _head(method: str, path: str, cookie: str, *, closes: bool = False) -> str:
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: zh-CN\r\n"
    head += "Connection: close\r\n" if closes else ""
    return head + (f"Cookie: {cookie}\r\n" if cookie else "")
