"""Requests that write, answered once: of programs by the header, of pages by the hidden field of every form."""

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.idempotency.rules import FIELD, HEADER, NOT_CONTENT, REDIRECT, is_kept
from niangjia.kernel.idempotency.services import Asked, Kept, once

PROGRAMS = "/api/"
AGAIN = "Idempotency-Replayed"
PIECE_BYTES = 1024 * 1024


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks."""
    return request.path.startswith(PROGRAMS)


def key_of(request: HttpRequest) -> str:
    """The key of a write; empty where it carries none."""
    key = str(request.headers.get(HEADER, ""))
    if not key and not is_api(request):
        key = str(request.POST.get(FIELD, ""))
    return key


def answer_once(request: HttpRequest, respond: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a write that carries a key; the same one again gets the answer of the first. Needs the request's transaction."""
    made: list[HttpResponse] = []

    def do() -> Kept | None:
        response = respond()
        made.append(response)
        return _kept(response, request=request)

    asked = Asked(owner=_owner(request), key=key_of(request), content=_content(request))
    kept = once(asked, do, on=clock.today())
    return made[0] if kept is None else _given_again(kept)


def _owner(request: HttpRequest) -> str:
    """Who sends, with the rights of this moment: what a right let somebody do is not told again once it is gone."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    rights = sorted((right.role.value, right.place_id) for right in actor.rights)
    return repr((actor.known_as or request.user.pk, rights))


def _kept(response: HttpResponse, *, request: HttpRequest) -> Kept | None:
    undone = getattr(request, "is_undone", False)
    if undone or not is_kept(status=response.status_code, is_api=is_api(request)):
        return None
    sends_on = response.status_code >= REDIRECT
    if not sends_on and "no-store" in response.get("Cache-Control", ""):
        return None  # what its own view forbids to store (a sealed value that was shown) is kept nowhere
    return Kept(
        status=response.status_code,
        content_type=response.headers.get("Content-Type", ""),
        location=response.headers.get("Location", ""),
        body="" if sends_on else response.content.decode(),
    )


def _given_again(kept: Kept) -> HttpResponse:
    response = HttpResponse(kept.body, status=HTTPStatus(kept.status), content_type=kept.content_type or None)
    if kept.location:
        response["Location"] = kept.location
    response[AGAIN] = "true"
    patch_cache_control(response, no_store=True, private=True)
    return response


def _content(request: HttpRequest) -> str:
    """Everything a write says, in one line: address, body or fields, and the files by their hashes."""
    head = f"{request.method} {request.get_full_path()} "
    if is_api(request):
        return head + hashlib.sha256(request.body).hexdigest()
    fields = [(name, request.POST.getlist(name)) for name in sorted(request.POST) if name not in NOT_CONTENT]
    files = [(name, _file_hash(request, name)) for name in sorted(request.FILES)]
    return head + repr((fields, files))


def _file_hash(request: HttpRequest, name: str) -> str:
    file: Any = request.FILES[name]
    known = getattr(file, "upload", None)  # sealed while it came in: its hash was taken on the way
    if known is not None:
        return str(known.sha256.hex())
    digest = hashlib.sha256()
    for piece in file.chunks(PIECE_BYTES):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()
