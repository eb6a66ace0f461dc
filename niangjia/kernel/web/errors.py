"""Pages for when something is not there or went wrong; none tells whether a thing exists that may not be seen."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from niangjia.kernel.web.frames import frame_of
from niangjia.kernel.web.look import Look

COME_AGAIN_SECONDS = 10


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page, or not for this person: one answer for both."""
    shown = {
        "icon": "lock",
        "title": _("没有这一页，或者您不能看"),
        "words": _("别人发给您的，请问问他要办的是哪件事；刚换了岗位的，请找本级管理员。"),
    }
    return _page(request, shown, status=HTTPStatus.NOT_FOUND)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Forbidden looks like absent."""
    return not_found(request, exception)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that makes no sense: nothing was changed."""
    shown = {
        "icon": "alert-triangle",
        "title": _("这一步没有办成"),
        "words": _("送来的内容不完整，什么都没有改。请回到上一页再试；还不行，请告诉我们您点了哪里。"),
    }
    return _plain(request, shown, status=HTTPStatus.BAD_REQUEST)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our own page, or came too late: nothing was changed."""
    shown = {
        "icon": "alert-triangle",
        "title": _("这一页放得太久了，没有保存"),
        "words": _("什么都没有改。请回到上一页，刷新一下再点一次；浏览器要允许本站的 Cookie。"),
    }
    return _page(request, shown, status=HTTPStatus.FORBIDDEN)


def sent_before(request: HttpRequest) -> HttpResponse:
    """The same form came before with something else in it: what came first counts."""
    shown = {
        "icon": "alert-triangle",
        "title": _("这张表已经交过一次了"),
        "words": _("先交的那一次已经办好，后来改的内容没有保存。请打开那条记录看看，要改就在那里改。"),
    }
    return _page(request, shown, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Tried too often."""
    shown = {
        "icon": "player-pause",
        "title": _("试了太多次"),
        "words": _("为了保护账号，请过 5 分钟再来。"),
    }
    return _page(request, shown, status=HTTPStatus.TOO_MANY_REQUESTS)


def door_full(request: HttpRequest) -> HttpResponse:
    """More people sign in than passwords can be checked: nothing was tried, nothing counted. Asks the database nothing."""
    shown = {
        "icon": "player-pause",
        "title": _("这会儿登录的人太多"),
        "words": _("刚才的密码还没有核对，不算试错。等十来秒，回到上一页再点一次就行。"),
    }
    request.look = Look(language=get_language() or settings.LANGUAGE_CODE)  # type: ignore[attr-defined]  # read below
    response = _plain(request, shown, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(COME_AGAIN_SECONDS)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Our own fault: nothing of the request was kept, and it is safe to try again. Asks the database nothing."""
    shown = {
        "icon": "cloud-off",
        "title": _("没有办成，是系统这边出了错"),
        "words": _("这一步什么都没有保存，再点一次不会重复。还是不行，请把时间和您点的地方告诉管理员。"),
    }
    return _plain(request, shown, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(request: HttpRequest, shown: dict[str, Any], *, status: HTTPStatus) -> HttpResponse:
    if not hasattr(request, "look"):  # it failed before anybody knew who asks
        return _plain(request, shown, status=status)
    return render(request, "web/error.html", shown | {"frame": frame_of(request)}, status=status)


def _plain(request: HttpRequest, shown: dict[str, Any], *, status: HTTPStatus) -> HttpResponse:
    """A page without a frame, for when nothing can be relied upon."""
    look = getattr(request, "look", Look())
    return HttpResponse(get_template("web/plain_error.html").render(shown | {"shell": look}), status=status)
