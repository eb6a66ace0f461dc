"""Everybody at every address: people around one mill, every address of the program, and the word for each answer."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any, cast

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from niangjia.kernel import clock
from niangjia.kernel.access.models import Account, Grant
from niangjia.kernel.access.rules import Role
from niangjia.kernel.access.tests.signing_in import an_account, open_session
from niangjia.registers.members.models import Person
from niangjia.registers.members.tests.people import CHEN, a_number, enrol
from niangjia.registers.orgs.tests.office import Office

NOBODY_ID = 987_654_321
METHODS = ("GET", "POST")
OTHER_METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
SECRET = re.compile(
    r'(name="(?:csrfmiddlewaretoken|idempotency_key)" value=|"X-CSRFToken":\s*|csrf_token=|urn:uuid:)"?[\w-]+'
)
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
WORDS = {200: "ok", 201: "ok", 204: "ok", 401: "door", 404: "absent", 405: "no-such-method"}
DIFFERS = {"Date", "Expires", "X-Request-ID", "Content-Length"}
DOORS = ("/sign-in/", "/second-factor/set-up/", "/set-password/")


@dataclass(frozen=True)
class Route:
    """One address of the program, as its pattern has it."""

    pattern: str

    @property
    def parameters(self) -> list[str]:
        """What has to be filled in."""
        return PARAMETER.findall(self.pattern)

    def filled(self, values: dict[str, Any]) -> str:
        """The address with these values."""
        return "/" + PARAMETER.sub(lambda found: str(values[found[1]]), self.pattern)


def routes() -> list[Route]:
    """Every address of the program, each once."""
    found = {pattern: Route(pattern) for pattern in _patterns(get_resolver())}
    return [found[pattern] for pattern in sorted(found)]


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        whole = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield whole
        else:
            yield from _patterns(entry, whole)


class Crossing(Office):
    """The office with people in it, and everybody who may knock."""

    def __init__(self) -> None:
        """Enrol the people; the things that addresses speak of are all the mill's."""
        super().__init__()
        self.chen = enrol(CHEN, self.mill)
        self.colleague = enrol({"name": "赵春梅", "id_number": a_number("34992119790225", 2)}, self.mill)
        self.stranger = enrol({"name": "王芳", "id_number": a_number("34992119850611", 4)}, self.plant)
        self.today = clock.today()

    def worker(self, person: Person) -> Account:
        """The account of a member."""
        account = an_account(f"w{person.pk}", role=None, name=person.name)
        account.subject = person.subject
        account.save()
        return account

    def at(self, union: str, role: Role, **grant: Any) -> Account:
        """An account with a right at a union."""
        account = an_account(f"{role.value}-{union}-{'-'.join(grant)}", role=role, at=getattr(self, union).place)
        if grant:
            Grant.objects.filter(account=account).update(**grant)
        return account


Maker = Callable[[Crossing], Account | None]


def _at(union: str, role: Role, **grant: Callable[[Crossing], Any]) -> Maker:
    return lambda world: world.at(union, role, **{name: value(world) for name, value in grant.items()})


def _off(world: Crossing) -> Account:
    account = world.at("mill", Role.CHAIR)
    account.is_active = False
    account.save()
    return account


YESTERDAY = {"valid_to": lambda world: world.today - timedelta(days=1)}
TOMORROW = {"valid_from": lambda world: world.today + timedelta(days=1)}
PEOPLE: dict[str, Maker] = {
    "nobody": lambda _world: None,
    "worker-herself": lambda world: world.worker(world.chen),
    "worker-colleague": lambda world: world.worker(world.colleague),
    "worker-elsewhere": lambda world: world.worker(world.stranger),
    "account-without-rights": lambda _world: an_account("bare", role=None),
    "chair-mill": _at("mill", Role.CHAIR),
    "chair-mill-ended": _at("mill", Role.CHAIR, **YESTERDAY),
    "chair-mill-not-yet": _at("mill", Role.CHAIR, **TOMORROW),
    "chair-mill-revoked": _at("mill", Role.CHAIR, revoked_at=lambda _world: clock.now()),
    "chair-mill-switched-off": _off,
    "chair-mill-unproved": _at("mill", Role.CHAIR),
    "chair-plant": _at("plant", Role.CHAIR),
    "officer-mill": _at("mill", Role.OFFICER),
    "officer-town": _at("town", Role.OFFICER),
    "officer-park": _at("park", Role.OFFICER),
    "cadre-mill": _at("mill", Role.CADRE),
    "cadre-town": _at("town", Role.CADRE),
    "cadre-park": _at("park", Role.CADRE),
    "cadre-county": _at("county", Role.CADRE),
    "auditor-mill": _at("mill", Role.AUDITOR),
    "auditor-county": _at("county", Role.AUDITOR),
    "system-admin": _at("county", Role.SYSTEM_ADMIN),
    "security-admin": _at("county", Role.SECURITY_ADMIN),
    "audit-admin": _at("county", Role.AUDIT_ADMIN),
}


def browser_of(who: str, world: Crossing) -> Client:
    """A browser in which somebody is signed in, or nobody."""
    account = PEOPLE[who](world)
    client = Client(raise_request_exception=False)
    return client if account is None else open_session(client, account, proved=who != "chair-mill-unproved")


def knock(client: Client, method: str, address: str) -> HttpResponse:
    """One request with nothing in it; whatever it did is undone."""
    visitor = Client(raise_request_exception=False)
    visitor.handler = client.handler  # built once, not for each request
    visitor.cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    with transaction.atomic():
        response = visitor.generic(method, address, headers={"Idempotency-Key": "00000000-0000-4000-8000-000000000000"})
        transaction.set_rollback(True)
    return cast("HttpResponse", response)


def word_of(response: HttpResponse) -> str:
    """What an answer comes to, in one word; a server fault is a word nobody expects."""
    status = response.status_code
    if status in {301, 302}:
        return "door" if response.headers["Location"].startswith(DOORS) else "go"
    return WORDS.get(status, str(status))


def bare(response: HttpResponse, address: str) -> tuple[int, dict[str, str], str]:
    """An answer without what differs each time: tokens, and the address that was asked for."""
    text = SECRET.sub(r"\1…", response.content.decode("utf-8", "replace")).replace(address, "…")
    ours = {name: value for name, value in response.headers.items() if name not in DIFFERS}
    return response.status_code, {name: value.replace(address, "…") for name, value in ours.items()}, text
