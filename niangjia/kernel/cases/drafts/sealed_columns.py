"""Where sealed words of drafts lie."""

from niangjia.kernel.cases.drafts.queries import WORDS
from niangjia.kernel.sealed.columns import SealedColumn

COLUMNS = (SealedColumn("case_drafts.Draft", "words_sealed", WORDS, "text"),)
