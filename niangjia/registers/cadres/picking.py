"""The unions at which somebody's post may be written down."""

from niangjia.registers.cadres.rules.moves import KEEP_CADRES
from niangjia.registers.orgs.picking import unions_for

UNIONS_OF_CADRES = unions_for(KEEP_CADRES)
