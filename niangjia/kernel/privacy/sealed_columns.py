"""Where sealed texts of privacy lie: what a person says is right, and the file of her data."""

from niangjia.kernel.privacy.queries import BODY, SAYS
from niangjia.kernel.sealed.columns import SealedColumn

COLUMNS = (
    SealedColumn("privacy.RightsRequest", "says_sealed", SAYS, "text"),
    SealedColumn("privacy.PersonalFile", "body_sealed", BODY, "text"),
)
