"""How the two database roles reach PostgreSQL: the application's, and the owner's for migrations alone."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.db import connections
from django.db.backends.signals import connection_created

from niangjia.config.environment import environment
from niangjia.config.instants import read_instants
from niangjia.config.postgres import Addresses
from niangjia.config.resting import Resting

# Where no server has been started yet (style checks, `makemigrations`), settings still have to load.
NOWHERE = "postgresql://niangjia_app@127.0.0.1:1/niangjia"
connection_created.connect(read_instants, dispatch_uid="instants")


def connection(address: str) -> dict[str, Any]:
    """One entry of `DATABASES` from a postgresql:// address."""
    parts = urlsplit(address)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or options.pop("host", "")),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }


def database_settings() -> dict[str, dict[str, Any]]:
    """`default` acts for people and may not change the journal; `owner` owns the tables and only migrates."""
    here = environment()
    application = connection(here.database_url or NOWHERE)
    application["CONN_HEALTH_CHECKS"] = True
    # What `kernel.worded` asks is prepared once for a connection; nothing else is, for its values stand in its words.
    application["OPTIONS"] |= {"prepare_threshold": 1 if here.prepares else None}
    application["OPTIONS"] |= {"pool": {"min_size": 1, "max_size": 8, "timeout": 10, "connection_class": Resting}}
    owner = connection(here.owner_url or here.database_url or NOWHERE)
    return {"default": application, "owner": owner}


def point_to(addresses: Addresses) -> None:
    """Let this process, and those it starts, speak to the server that was found or started."""
    os.environ["DATABASE_URL"] = addresses.app_url
    os.environ["NIANGJIA_OWNER_URL"] = addresses.owner_url
    environment.cache_clear()
    for alias, entry in database_settings().items():
        entry["OPTIONS"].pop("pool", None)  # a command has one thread
        # what the server is told at the start of a session, as the tests do, goes on being told
        told = connections.settings[alias]["OPTIONS"].get("options")
        entry["OPTIONS"] |= {"options": told} if told else {}
        connections.settings[alias].update(entry)
