"""Prove again who one is (再确认一次) before the whole of one's data leaves, or an account ends."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, ParamSpec

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from niangjia.kernel import clock

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]
# Our own default (本系统默认值): how lately somebody who has neither password nor codes must have signed in.
SIGNED_IN_S = 300


def proved_again(view: View[Given], *, reads_freely: bool = False) -> View[Given]:
    """The page asks for a proof that is no older than five minutes."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        if reads_freely and request.method == "GET":
            return view(request, *args, **kwargs)
        if get_reauthentication_flows(request.user):
            if not did_recently_reauthenticate(request) and not _signed_in_lately(request):
                raise ReauthenticationRequired
        elif not _signed_in_lately(request):
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        return view(request, *args, **kwargs)

    return answered


proved_again_to_write = partial(proved_again, reads_freely=True)


def _signed_in_lately(request: HttpRequest) -> bool:
    """Whether this session was opened, or proved, a moment ago."""
    instants = [record.get("at") or 0 for record in get_authentication_records(request, request.user)]
    return bool(instants) and clock.now().timestamp() - max(instants) < SIGNED_IN_S
