"""Phone proposals as an app of their own: their wall stands on a column that the register's first walls do not know."""

from django.apps import AppConfig


class PhoneChangesConfig(AppConfig):
    """Phone proposals (手机变更提议)."""

    name = "niangjia.registers.members.phone_changes"
    label = "phone_changes"
