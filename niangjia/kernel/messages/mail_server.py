"""The mail server of an instance (发信服务器), as one address names it."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

STARTTLS_PORT, TLS_PORT = 587, 465
SCHEMES = {"smtp": STARTTLS_PORT, "smtps": TLS_PORT}


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over, as whom, and from whom it says it comes; `plain` is for a server on this machine alone."""

    host: str
    port: int
    user: str
    sender: str
    is_tls: bool
    is_plain: bool = False
    password: str = ""


def server_named(address: str, *, sender: str, password: str) -> MailServer | None:
    """The server that `smtp://user@host:587` (STARTTLS) or `smtps://user@host:465` (TLS) names; None where it names none."""
    try:
        parts = urlsplit(address)
        port = parts.port or SCHEMES.get(parts.scheme, 0)
    except ValueError:
        return None
    if parts.scheme not in SCHEMES or not parts.hostname or parts.password or parts.path not in ("", "/"):
        return None
    if "@" not in sender or any(sign in sender for sign in "\r\n"):
        return None
    return MailServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        sender=sender,
        is_tls=parts.scheme == "smtps",
        is_plain=parts.scheme == "smtp" and parts.hostname in ("localhost", "127.0.0.1", "::1"),
        password=password,
    )
