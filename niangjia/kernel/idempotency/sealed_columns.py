"""What this slice keeps sealed: answers as they were given, also those of members' pages."""

from niangjia.kernel.idempotency.services import SEALED_ANSWER
from niangjia.kernel.sealed.columns import SealedColumn

COLUMNS = (SealedColumn("idempotency.Answer", "answer_sealed", SEALED_ANSWER, "text"),)
