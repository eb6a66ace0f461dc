"""The unions that an employer may be given to."""

from niangjia.registers.employers.rules.moves import EDIT_EMPLOYER, KEEP_PARKS, REGISTER_EMPLOYER
from niangjia.registers.orgs.picking import unions_for

UNIONS_OF_EMPLOYERS = unions_for(REGISTER_EMPLOYER, EDIT_EMPLOYER, KEEP_PARKS)
