"""What imports leave lying about: trials nobody confirmed, and pieces of uploads that were cut off."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.files.queries import names_known
from niangjia.kernel.intake.models import Import
from niangjia.kernel.intake.uploads import forget_upload
from niangjia.registers.members.roster.asking import OPEN, forget_with
from niangjia.registers.members.roster.services import KIND
from niangjia.registers.members.roster.staging import Staging
from niangjia.registers.orgs.services import KIND as UNION_LISTS

# How long a file that nobody confirmed is kept, and how long an upload may take to be found in an import.
TRIAL_KEPT = timedelta(days=14)
UPLOAD_PENDING = timedelta(days=1)
MOST_AT_ONCE = 500
KINDS = (KIND, UNION_LISTS)


def tidy() -> int:
    """Forget trials that nobody confirmed for two weeks, and sealed files that nobody's row knows; answers how many."""
    return _forget_trials() + _forget_strays()


def _forget_trials() -> int:
    old = Import.objects.filter(kind__in=KINDS, state__in=OPEN, created_at__lt=clock.now() - TRIAL_KEPT)
    ids = list(old.exclude(stored_as="").order_by("id").values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(_forget_trial(import_id) for import_id in ids)


@transaction.atomic
def _forget_trial(import_id: int) -> int:
    batch = Import.objects.select_for_update(of=("self",)).filter(pk=import_id, state__in=OPEN).first()
    if batch is None:
        return 0
    Staging(batch.pk).drop()
    forget_with(batch)
    batch.delete()
    return 1


def _forget_strays() -> int:
    folder = Path(settings.NIANGJIA_DATA) / "uploads"
    before = (clock.now() - UPLOAD_PENDING).timestamp()
    names = [path.name for path in folder.glob("*") if path.stat().st_mtime < before]
    # Papers of workers, exports and whatever else rests sealed lie in the same folder.
    known = names_known(names)
    strays = [name for name in names if name not in known]
    for name in strays:
        forget_upload(name)
    return len(strays)
