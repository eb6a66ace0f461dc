"""Uploads of imports: sealed while they come in, no larger than this instance takes."""

from collections.abc import Iterable

from django.conf import settings

from niangjia.kernel.files.sealed_files import KeptFile as Upload
from niangjia.kernel.files.sealed_files import TooBig, file_digest, keep_file, sweep_leftovers
from niangjia.kernel.files.sealed_files import forget_file as forget_upload
from niangjia.kernel.files.sealed_files import opened_file as opened_upload

__all__ = ["TooBig", "Upload", "file_digest", "forget_upload", "keep_upload", "opened_upload", "sweep_leftovers"]


def keep_upload(pieces: Iterable[bytes]) -> Upload:
    """Seal the file of an import piece by piece; `TooBig` where it grows beyond the setting."""
    return keep_file(pieces, max_bytes=settings.UPLOAD_MAX_BYTES)
