"""Which writes carry a key, and which answers are kept."""

import re

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
HEADER = "Idempotency-Key"
FIELD = "idempotency_key"
# Neither says what was asked for: a form shown again has new ones.
NOT_CONTENT = frozenset({FIELD, "csrfmiddlewaretoken"})
# 本系统默认值：programs try again for minutes, a phone without signal for hours; kept at least this many days.
KEPT_DAYS = 2
KEY = re.compile(r"[\w-]{8,64}", re.ASCII)
REDIRECT, REFUSED = 300, 400


def is_key(text: str) -> bool:
    """Whether this can be a key: 8 to 64 letters, digits, `-` or `_`; a UUID is the usual one."""
    return KEY.fullmatch(text) is not None


def is_kept(*, status: int, is_api: bool) -> bool:
    """Whether an answer tells of something done, and is given again.

    A refusal changed nothing, so the next try counts anew; a page that answers a form with 200 shows it again with what
    is wrong, done is a page that sends on.
    """
    return status < REFUSED and (is_api or status >= REDIRECT)
