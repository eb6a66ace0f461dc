"""Where sealed words of requests lie: what was said, what is wished for, who called, what was said later."""

from niangjia.kernel.sealed.columns import SealedColumn
from niangjia.services.requests.rules.sealed_words import CALLER, SAYS, TEXT, WISH

COLUMNS = (
    SealedColumn("requests.Request", "text_sealed", TEXT, "text"),
    SealedColumn("requests.Request", "wish_sealed", WISH, "text"),
    SealedColumn("requests.Request", "caller_sealed", CALLER, "text"),
    SealedColumn("requests.Addition", "says_sealed", SAYS, "text"),
)
