"""Whoever signs in opens a session, and whoever signs out closes it."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.utils.module_loading import import_string


class AccessConfig(AppConfig):
    """Accounts, rights, and signing in."""

    name = "niangjia.kernel.access"

    def ready(self) -> None:
        """Listen to the door; models are there only now."""
        user_logged_in.connect(import_string("niangjia.kernel.access.sessions.begin"))
        user_logged_in.connect(import_string("niangjia.kernel.access.tries.forget_once_in"))
        told = import_string("niangjia.kernel.access.telling.tell_of_second_factor")
        for signal in ("authenticator_added", "authenticator_removed", "authenticator_reset"):
            import_string(f"allauth.mfa.signals.{signal}").connect(told)
        user_logged_out.connect(import_string("niangjia.kernel.access.sessions.finish"))
