"""Where sealed words of cases lie: what was written for the asker, for those who go on with it, and by the asker."""

from niangjia.kernel.cases.queries import SAYS
from niangjia.kernel.sealed.columns import SealedColumn

COLUMNS = tuple(
    SealedColumn(f"cases.{model}", "says_sealed", f"{SAYS}.{model}", "text")
    for model in ("Step", "Decision", "HandOver", "Rating")
)
