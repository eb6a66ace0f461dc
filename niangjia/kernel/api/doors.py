"""Who may call an operation: a person who is signed in, and, where a scope is named, a program with a key."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from ninja.security import HttpBearer, SessionAuth

from niangjia.kernel.api.problems import Problem
from niangjia.kernel.programs.rules import Program, Scope


class Person(SessionAuth):
    """Signed in as on the pages."""

    def __call__(self, request: HttpRequest) -> Any | None:
        """Whoever is signed in; a key is none where a person is asked for."""
        if _program_of(request) is not None:
            words = _("这一步只能由本人登录后办，密钥办不了。")
            raise Problem(HTTPStatus.FORBIDDEN, "person_needed", words)
        return super().__call__(request)


class Key(HttpBearer):
    """With a key that has this scope; the middleware has found the key and named the program already."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Any | None:
        """The program, where its key goes that far."""
        program = _program_of(request)
        if program is None:
            return None
        translation.activate(translation.get_language_from_request(request))
        if self.scope.value not in program.scopes:
            words = _("这个密钥不含 {scope}。请安全管理员另发一个。")
            raise Problem(HTTPStatus.FORBIDDEN, "scope_missing", words.format(scope=self.scope.value))
        return program

    def authenticate(self, request: HttpRequest, token: str) -> Any | None:
        """Never asked: the token was looked at before."""
        raise NotImplementedError


PERSON = Person()


def open_to(scope: Scope) -> list[Any]:
    """A person, or a key with this scope."""
    return [Key(scope), PERSON]


def _program_of(request: HttpRequest) -> Program | None:
    actor = getattr(request, "actor", None)
    return actor if isinstance(actor, Program) else None
