"""Where secrets of second factors lie."""

from niangjia.kernel.access.adapter import SECRETS
from niangjia.kernel.sealed.columns import SealedColumn

COLUMNS = (
    SealedColumn("mfa.Authenticator", "data", SECRETS, "secret", row="", within=("secret",), form="base64"),
    SealedColumn("mfa.Authenticator", "data", SECRETS, "secret", row="", within=("seed",), form="base64"),
)
