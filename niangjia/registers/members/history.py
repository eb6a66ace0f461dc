"""The history that the database keeps of people and memberships (历次改动)."""

from typing import Any

from niangjia.registers.members import models

# Made by pghistory beside the models they are the history of.
PersonEvent: Any = models.PersonEvent  # type: ignore[attr-defined]
MembershipEvent: Any = models.MembershipEvent  # type: ignore[attr-defined]
