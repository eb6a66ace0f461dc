"""Uploads of imports are sealed, and no larger than the instance takes."""

from pathlib import Path
from typing import Any

import pytest

from niangjia.kernel.intake.uploads import TooBig, keep_upload, opened_upload

BODY = b"349900198503120012" * 50


def test_an_upload_is_kept_up_to_the_size_this_instance_takes(tmp_path: Path, settings: Any) -> None:
    settings.NIANGJIA_DATA = tmp_path
    settings.UPLOAD_MAX_BYTES = len(BODY) - 1
    with pytest.raises(TooBig):
        keep_upload([BODY])
    settings.UPLOAD_MAX_BYTES = len(BODY)
    with opened_upload(keep_upload([BODY]).stored_as) as path:
        assert path.read_bytes() == BODY
