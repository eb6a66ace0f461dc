"""Signing in, step by step: the code may come together with the password, or on a page of its own."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest, HttpResponse

PROVED_BY = "proved_by"
CODE_WAS = "code_was"
BY_PHONE = "by_phone"
BY_CITY = "by_city"


class CodeStage(AuthenticateStage):
    """The step that asks for a code (动态码); passed at once where the first page brought a good one."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Go on where the code was proved beside the password, where a phone opens one's own side, or where the city's
        identity system proved a second factor and is believed; else ask for it.
        """
        if self.login.state.pop(BY_PHONE, False):
            return None, True
        if self.login.state.pop(BY_CITY, False):
            record_authentication(self.request, self.login.user, "mfa", type="city_identity")
            return None, True
        proved_by = self.login.state.pop(PROVED_BY, None)
        if proved_by is None:
            return super().handle()
        authenticator = Authenticator.objects.select_related("user").get(pk=proved_by, user_id=self.login.user.pk)
        post_authentication(self.request, authenticator)
        return None, True

    def is_resumable(self, request: HttpRequest) -> bool:
        """Who comes back to the first page wants to begin anew."""
        return False
