"""Inside a restored database: the journal holds, sealed values open, and somebody can sign in."""

from typing import Any

from django.contrib.auth.hashers import identify_hasher
from django.db import connection

from niangjia.kernel.access.acting import Purpose, beyond
from niangjia.kernel.access.models import Account
from niangjia.kernel.journal.queries import verify
from niangjia.kernel.rotation.statements import Statements
from niangjia.kernel.sealed import Tampered, unseal
from niangjia.kernel.sealed.columns import SealedColumn, sealed_columns

FIELDS = 100
SAMPLE = "SELECT {row}, {value} FROM {table} WHERE length({value}) > 0 ORDER BY random() LIMIT %(most)s"


@beyond(Purpose.PROVING)
def prove() -> dict[str, Any]:
    """What holds of the database that this process sees; `holds` says whether all of it does."""
    journal = verify()
    opened, shut = _open_fields()
    signs_in = _passwords_are_readable()
    return {
        "holds": not journal.violations and not shut and signs_in,
        "journal": {
            "checked": journal.checked, "violations": journal.violations[:20], "anchored_to": journal.anchored_to,
        },
        "sealed": {"opened": opened, "do_not_open": shut},
        "sign_in": signs_in,
    }  # fmt: skip


def _open_fields() -> tuple[int, int]:
    """Values drawn from every column until there are enough; how many opened, and how many did not."""
    drawn: list[tuple[SealedColumn, object, bytes]] = []
    for column in sealed_columns():
        with connection.cursor() as cursor:
            cursor.execute(Statements(column).text(SAMPLE), {"most": FIELDS})
            drawn += [(column, row, sealed) for row, sealed in cursor.fetchall()]
    shut = 0
    for column, row, sealed in drawn:
        try:
            unseal(sealed, aad=column.aad_of(row))
        except Tampered:
            shut += 1
    return len(drawn) - shut, shut


def _passwords_are_readable() -> bool:
    """Every account that signs in with a password has one that this program can judge; no account is no fault."""
    for account in Account.objects.filter(is_active=True).only("password").iterator():
        if account.has_usable_password():
            try:
                identify_hasher(account.password)
            except ValueError:
                return False
    return True
