"""How long a draft stays, and how long it may be (本系统默认值)."""

DAYS_KEPT = 30
LONGEST_DRAFT = 100_000
