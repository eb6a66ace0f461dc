"""Fixtures that must win over those of pytest-django; everything else is in niangjia/config/tests/harness.py."""

from niangjia.config.tests.harness import django_db_setup

__all__ = ["django_db_setup"]

pytest_plugins = ["niangjia.kernel.web.tests.browser"]
