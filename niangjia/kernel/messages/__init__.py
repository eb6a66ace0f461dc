"""Short messages to phones: one interface, its doubles, and the closed list of what is ever sent."""

from niangjia.kernel.messages.texts import (
    KeptTexts,
    NoTexts,
    TextRefused,
    Texts,
    TextsAway,
    TextsMissing,
    Wording,
    texts,
)

__all__ = ["KeptTexts", "NoTexts", "TextRefused", "Texts", "TextsAway", "TextsMissing", "Wording", "texts"]
