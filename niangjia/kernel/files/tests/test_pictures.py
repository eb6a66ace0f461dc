"""Pictures come out as pixels and nothing else; documents are looked at; whatever is wrong is said."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from niangjia.config.tests.cheap import seconds_worked
from niangjia.kernel.chinese import Reason
from niangjia.kernel.files import pictures
from niangjia.kernel.files.limits import ADDRESS_SPACE_BYTES, PROCESSOR_SECONDS
from niangjia.kernel.files.pictures import Picture, drawn_anew
from niangjia.kernel.files.rules import LONGEST_SIDE, Kind, document_fault, kind_of
from niangjia.kernel.files.tests.hostile_pictures import (
    PHONE,
    PICTURES,
    SECRET,
    picture,
    png_of_size,
    with_notes,
    with_place,
)

ROOT = Path(__file__).resolve().parents[4]
QUICK = frozenset(
    "with_place with_notes page_behind_jpeg thirty_thousand lying_size text_bomb svg heic pdf_script".split()
)
KINDS = [pytest.param(kind, marks=() if kind in QUICK else pytest.mark.deep) for kind in PICTURES]


def verdict(content: bytes) -> str | Picture:
    """The code of the refusal; "" for a document that is taken."""
    kind = kind_of(content[:4096])
    if kind is Kind.PICTURE:
        drawn = drawn_anew(content)
        return drawn if isinstance(drawn, Picture) else drawn.code
    fault = document_fault(content) if kind is Kind.DOCUMENT else kind
    return fault.code if isinstance(fault, Reason) else ""


@pytest.mark.guard(
    "only-pixels",
    "A picture is drawn anew by a limited child: no place, owner, note, small copy or hidden file is kept.",
)
@pytest.mark.parametrize("kind", KINDS)
def test_each_odd_picture_or_document_has_its_verdict(kind: str) -> None:
    make, code = PICTURES[kind]
    content = make()
    began = seconds_worked()
    found = verdict(content)
    assert seconds_worked() - began < PROCESSOR_SECONDS
    if isinstance(found, str):
        assert found == code
        return
    assert code == ""
    assert SECRET not in found.content
    assert PHONE.encode() not in found.content
    assert b"<script>" not in found.content
    with Image.open(io.BytesIO(found.content)) as drawn:
        assert (drawn.format, drawn.mode) == ("JPEG", "RGB")
        assert not drawn.getexif()
        assert set(drawn.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert max(drawn.size) <= LONGEST_SIDE


@pytest.mark.control("only-pixels")
def test_as_they_come_pictures_tell_where_and_by_whom_they_were_taken() -> None:
    with Image.open(io.BytesIO(with_place())) as taken:
        assert taken.getexif().get_ifd(0x8825)[2] == (31.0, 14.0, 3.0)
    assert SECRET in with_place()
    assert PHONE.encode() in with_notes()


def test_a_picture_stands_upright_after_it_is_drawn_anew() -> None:
    found = drawn_anew(with_place())
    assert isinstance(found, Picture)
    assert (found.width_px, found.height_px) == (40, 60)
    with Image.open(io.BytesIO(found.content)) as drawn:
        left, right = drawn.getpixel((5, 30)), drawn.getpixel((35, 30))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > right[0] + 100


MEASURED = """
import resource, sys
from niangjia.kernel.files.pictures import drawn_anew
for line in sys.stdin:
    drawn_anew(open(line.strip(), "rb").read())
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_the_child_stays_small_on_the_largest_pictures(tmp_path: Path) -> None:
    contents = [png_of_size(30_000, 30_000), png_of_size(6_000, 6_000), picture(size=(5_000, 5_000))]
    paths = [tmp_path / str(at) for at in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED],
        input="\n".join(map(str, paths)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) * 1024 <= ADDRESS_SPACE_BYTES
    assert isinstance(drawn_anew(contents[1]), Picture)
    assert isinstance(drawn_anew(contents[2]), Picture)


OPENED = """
import sys
from PIL import Image
from niangjia.kernel.files.limits import limit_resources
limit_resources()
Image.MAX_IMAGE_PIXELS = None if sys.argv[1] == "off" else 10_000_000
Image.open(sys.stdin.buffer).convert("RGB")
"""


@pytest.mark.control("hostile-uploads")
def test_with_no_limit_of_pixels_a_small_file_asks_for_more_memory_than_there_is() -> None:
    content = png_of_size(30_000, 30_000)
    assert len(content) < 1024 * 1024
    for guard, harm in (("off", b"MemoryError"), ("on", b"DecompressionBombError")):
        done = subprocess.run(
            [sys.executable, "-c", OPENED, guard], input=content, cwd=ROOT, capture_output=True, check=False
        )
        assert harm in done.stderr


def test_a_child_that_breaks_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "CHILD", ("-c", "raise SystemExit(3)"))
    found: Any = drawn_anew(picture())
    assert found.code == "damaged_picture"
