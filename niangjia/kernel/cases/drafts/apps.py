"""Forms and drafts of moves as an app of their own."""

from django.apps import AppConfig


class CaseDraftsConfig(AppConfig):
    """Where the table of drafts stands."""

    name = "niangjia.kernel.cases.drafts"
    label = "case_drafts"
