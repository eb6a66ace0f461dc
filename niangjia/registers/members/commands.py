"""What operators automate about members."""

from niangjia.registers.members.export_command import COMMANDS as EXPORT
from niangjia.registers.members.roster.commands import COMMANDS as ROSTERS

COMMANDS = (*ROSTERS, *EXPORT)

__all__ = ["COMMANDS"]
