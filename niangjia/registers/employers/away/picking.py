"""The unions that may be away from home, or the home of one."""

from niangjia.registers.employers.away.rules import KEEP_AWAY
from niangjia.registers.orgs.picking import unions_for

UNIONS = unions_for(KEEP_AWAY)
