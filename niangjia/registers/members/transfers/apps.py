"""Transfers as an app of its own: its walls stand on columns that the register's first walls do not know."""

from django.apps import AppConfig


class TransfersConfig(AppConfig):
    """Transfers (会籍接转)."""

    name = "niangjia.registers.members.transfers"
    label = "transfers"
