"""Where requests for lists keep what may name somebody: the filters and free words, and the words of who decided."""

from niangjia.kernel.exports.queries import SEALED_ASKED, SEALED_DECISION
from niangjia.kernel.sealed.columns import SealedColumn

COLUMNS = (
    SealedColumn("exports.ExportRequest", "asked_sealed", SEALED_ASKED, "text"),
    SealedColumn("exports.ExportRequest", "decision_sealed", SEALED_DECISION, "text"),
)
