"""How Chinese text is read: widths folded, names keyed by their sound, words matched to codes, refusals put in words."""

from niangjia.kernel.chinese.pinyin import pinyin_keys
from niangjia.kernel.chinese.reasons import FaultText, Reason, gettext_noop
from niangjia.kernel.chinese.vocabulary import Term, Vocabulary
from niangjia.kernel.chinese.width import fold_width

__all__ = ["FaultText", "Reason", "Term", "Vocabulary", "fold_width", "gettext_noop", "pinyin_keys"]
