"""Where sealed words of objections lie: what was objected, and what was answered."""

from niangjia.kernel.cases.notices.queries import ANSWER, SAYS
from niangjia.kernel.sealed.columns import SealedColumn

COLUMNS = (
    SealedColumn("notices.Objection", "says_sealed", SAYS, "text"),
    SealedColumn("notices.Objection", "answer_sealed", ANSWER, "text"),
)
