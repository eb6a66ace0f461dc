"""Where the database is reached, and by which role."""

from dataclasses import dataclass
from urllib.parse import quote

DATABASE = "niangjia"
ADMIN_ROLE = "postgres"
OWNER_ROLE = "niangjia_owner"
APP_ROLE = "niangjia_app"
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Addresses:
    """The application role's and the owner's address, and what kind of server answers: given, wheel or system."""

    app_url: str
    owner_url: str
    kind: str


def address(role: str, password: str, *, port: int, database: str = DATABASE) -> str:
    """One postgresql:// address on this machine."""
    return f"postgresql://{role}:{quote(password, safe='')}@{LOOPBACK}:{port}/{database}"
