"""Where the processor time of one request goes, step by step, from a view of no work to whole pages (6b, 6c).

In this process, one request after another, the least of many tries: so other work on the machine moves it least.
"""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from time import process_time
from typing import Any, NamedTuple
from uuid import uuid4

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

import bench.ready  # noqa: F401 - before the models below
from bench import visitors
from bench.figures import Figure, show
from bench.pages import CADRE as LOGIN
from bench.pages import prepare
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Actor

TRIES = 60
WARM = 8
# Who hands requests in is not the member whose pages are measured: each one she handed in stands on them.
MEMBER, ASKER, CADRE, NOBODY = "member", "asker", "cadre", ""
JSON = "application/json"
Cookies = dict[str, str]
NUMBERS = count()


class Step(NamedTuple):
    """What is asked, and by whom; a step with a body is a write."""

    name: str
    path: str
    who: str
    body: str = ""


STEPS = (
    Step("behind the middleware, nobody", "/floor/empty/", NOBODY),
    Step("behind the middleware, a member", "/floor/empty/", MEMBER),
    Step("behind the middleware, a cadre", "/floor/empty/", CADRE),
    Step("frame, nobody", "/floor/frame/", NOBODY),
    Step("frame, a member", "/floor/frame/", MEMBER),
    Step("frame, a cadre", "/floor/frame/", CADRE),
    Step("rows of the list", "/floor/rows/", CADRE),
    Step("a page for nobody in particular", "/complaints/", NOBODY),
    Step("the same for a member", "/complaints/", MEMBER),
    Step("a member's first page", "/", MEMBER),
    Step("a member's own record", "/mine/", MEMBER),
    Step("the list of a county", "/members/", CADRE),
    Step("a request handed in", "/api/v1/requests", ASKER, visitors.SAID),
)


def measure(cookies: Cookies, *, tries: int = TRIES) -> Iterator[Figure]:
    """Milliseconds of each step, held against a view with one query; and how many statements it asks."""
    row = Step("one-query JSON", "/row/1/", NOBODY)
    with plain():
        server = WSGIHandler()
        limit = least(server, row, cookies, tries=tries)
        yield Figure("request.plain view ms", least(server, Step("", "/plain/", NOBODY), cookies, tries=tries))
    with override_settings(ROOT_URLCONF="bench.floor_views"):
        product = WSGIHandler()
        spent = {step: least(product, step, cookies, tries=tries) for step in STEPS}
        asked_of = {step: statements(product, step, cookies) for step in STEPS}
    with plain():  # once more: the machine may have been busier then
        limit = min(limit, least(server, row, cookies, tries=tries))
    yield Figure("request.one-query JSON ms", limit)
    for step in STEPS:
        yield Figure(f"request.{step.name} ms", spent[step], limit, limit / spent[step])
        yield Figure(f"request.{step.name}, statements", asked_of[step])


@contextmanager
def plain() -> Iterator[None]:
    """In here requests meet neither middleware nor pages of the product."""
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF="bench.plain_views"):
        yield


def least(server: WSGIHandler, step: Step, cookies: Cookies, *, tries: int) -> float:
    """Milliseconds of this process for one request, the least of so many tries."""
    for _ in range(WARM):
        asked(server, step, cookies)
    spent = []
    for _ in range(tries):
        began = process_time()
        asked(server, step, cookies)
        spent.append(process_time() - began)
    return min(spent) * 1000


def statements(server: WSGIHandler, step: Step, cookies: Cookies) -> int:
    """How many statements a request asks, without begin and commit."""
    said: list[str] = []

    def hear(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        said.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(hear):
        asked(server, step, cookies)
    return len(said)


def asked(server: WSGIHandler, step: Step, cookies: Cookies) -> bytes:
    """The body of the answer; an error where it is a refusal."""
    told: list[str] = []
    answer = server(_environ(step, cookies[step.who]), lambda status, _heads, _info=None: told.append(status))
    body = b"".join(answer)
    answer.close()
    if not told[0].startswith("2"):
        message = f"{step.path}: {told[0]} {body[:500]!r}"
        raise RuntimeError(message)
    return body


def _environ(step: Step, cookie: str) -> dict[str, Any]:
    body = step.body.replace(visitors.NUMBER, f"{next(NUMBERS):010}").encode()
    written = {
        "CONTENT_TYPE": JSON,
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_X_CSRFTOKEN": visitors.TOKEN,
        "HTTP_IDEMPOTENCY_KEY": str(uuid4()),
    }
    return {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": step.path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_ACCEPT_LANGUAGE": "zh-CN",
        "HTTP_COOKIE": f"csrftoken={visitors.TOKEN}; {cookie}" if body else cookie,
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        **(written if body else {}),
    }


def everybodys_connections() -> None:
    """From here on no connection names the operator: each request names who acts."""
    here: Any = connection
    here.close()
    here.close_pool()
    here.settings_dict["OPTIONS"].pop("options", None)


if __name__ == "__main__":
    call_command("migrate", database="owner", verbosity=0)
    _scale, repetitions, shape = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    with acting(Actor.operator()):
        prepare()
        (member, _number), (asker, _other) = visitors.members(2)
        kept = {NOBODY: "", MEMBER: member, ASKER: asker, CADRE: visitors.cadre_cookie(LOGIN)}
    everybodys_connections()
    show(list(measure(kept, tries=TRIES * repetitions)), as_json=shape == "json")
