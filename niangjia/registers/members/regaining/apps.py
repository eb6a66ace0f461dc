"""Lost phones as an app of their own."""

from django.apps import AppConfig


class RegainingConfig(AppConfig):
    """Phones that were lost, and when each was last used (旧手机丢了)."""

    name = "niangjia.registers.members.regaining"
    label = "regaining"
