"""What operators automate about members."""

from niangjia.registers.members.roster.commands import COMMANDS

__all__ = ["COMMANDS"]
