"""A database of the bench's own, migrated and empty."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.management import call_command

from niangjia.config.environment import environment
from niangjia.config.postgres import ensure_server, stop_server


@contextmanager
def prepared() -> Iterator[str]:
    """Start the server with the office's own settings (fsync and synchronous commit on); answers the owner's address."""
    addresses = ensure_server()
    os.environ |= {
        "DATABASE_URL": addresses.app_url,
        "NIANGJIA_OWNER_URL": addresses.owner_url,
        "DJANGO_SETTINGS_MODULE": "niangjia.config.settings",
    }
    environment.cache_clear()
    try:
        django.setup()
        call_command("migrate", database="owner", verbosity=0)
        yield addresses.owner_url
    finally:
        stop_server()
