"""The passwords of the database's roles: drawn once, kept 0600 in the data folder."""

import secrets
from pathlib import Path

from niangjia.config.environment import keep_secret


def password(keep: Path, role: str) -> str:
    """A role's password, drawn when it is first asked for."""
    path = keep / "passwords" / role
    if not path.exists():
        keep_secret(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii")
