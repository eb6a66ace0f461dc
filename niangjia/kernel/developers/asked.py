"""Who may look at programs, and who may keep them: pages are not there for anybody else."""

from django.http import Http404, HttpRequest

from niangjia.kernel.access.requests import who_asks
from niangjia.kernel.access.rules import Actor, Move
from niangjia.kernel.programs.rules import KEEP_PROGRAMS, SEE_PROGRAMS


def onlooker(request: HttpRequest) -> Actor:
    """Somebody who sees keys and webhooks (三员)."""
    return _allowed(request, SEE_PROGRAMS)


def keeper(request: HttpRequest) -> Actor:
    """Somebody who makes and ends them (安全管理员)."""
    return _allowed(request, KEEP_PROGRAMS)


def _allowed(request: HttpRequest, move: Move) -> Actor:
    actor = who_asks(request)
    if not actor.paths(move):
        raise Http404
    return actor
