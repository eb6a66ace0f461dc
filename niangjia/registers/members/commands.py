"""What operators automate about members."""

from niangjia.registers.members.export_command import COMMANDS as EXPORT
from niangjia.registers.members.linking.commands import COMMANDS as LINKING
from niangjia.registers.members.roster.commands import COMMANDS as ROSTERS

COMMANDS = (*ROSTERS, *EXPORT, *LINKING)

__all__ = ["COMMANDS"]
