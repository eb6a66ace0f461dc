"""The limited child that draws a picture anew: only its pixels come out, nothing else that was in the file.

Started by `pictures` under the walls of `limits`; the picture comes in the request and goes out in a frame, never on
the disk.
"""

from __future__ import annotations

import sys
import warnings
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from niangjia.kernel.files.limits import limit_resources, read_request, send

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 88
WHITE = (255, 255, 255)


def drawn_anew(content: bytes, *, max_pixels: int, longest_side: int) -> tuple[Any, ...]:
    """A frame with the picture as JPEG, upright, no larger than needed; or the reason why not."""
    # What is too large is refused by size alone, before anything is unpacked.
    Image.MAX_IMAGE_PIXELS = max_pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > max_pixels:
                return ("too_many_pixels", picture.width * picture.height)
            picture.draft("RGB", (longest_side, longest_side))
            picture.load()
            upright = _upright(picture, longest_side)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return ("too_many_pixels", 2 * max_pixels)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError):
        return ("damaged", 0)
    made = BytesIO()
    upright.save(made, "JPEG", quality=QUALITY, optimize=True)
    return ("picture", made.getvalue(), upright.width, upright.height)


def _upright(picture: Image.Image, longest_side: int) -> Image.Image:
    """The first picture of the file, turned as the camera was held, without transparency, colours as they are."""
    picture.thumbnail((longest_side, longest_side))
    turned = ImageOps.exif_transpose(picture)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        turned = turned.convert("RGBA")
        flat = Image.new("RGB", turned.size, WHITE)
        flat.paste(turned, mask=turned.getchannel("A"))
        return flat
    bare = Image.new("RGB", turned.size)
    # A new picture has none of the notes, places, times and colour tables that hung on the old one.
    bare.paste(turned.convert("RGB"))
    return bare


def main() -> int:
    """Read one picture, answer with one frame."""
    limit_resources()
    request = read_request()
    out = sys.stdout.buffer
    try:
        send(out, drawn_anew(request["content"], max_pixels=request["pixels"], longest_side=request["side"]))
    except MemoryError:
        send(out, ("too_many_pixels", 2 * request["pixels"]))
    send(out, ("end",))
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
