"""Walls around bound WeChats: everybody her own; the platform's calls and sending stand beyond."""

from niangjia.kernel.acting.walls import ACCOUNT, Wall

OWN = f"account_id = {ACCOUNT}"

WALLS = (Wall("wechat_binding", reads=OWN, adds=OWN, changes=OWN, removes=OWN),)
