"""Where the secrets that sign lie."""

from niangjia.kernel.sealed.columns import SealedColumn
from niangjia.kernel.webhooks.queries import OLD_SECRET, SECRET

COLUMNS = (
    SealedColumn("webhooks.Subscription", "secret_sealed", SECRET, "secret", row="ref"),
    SealedColumn("webhooks.Subscription", "old_secret_sealed", OLD_SECRET, "secret", row="ref"),
)
