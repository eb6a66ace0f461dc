"""Pictures and documents that are odd or made to do harm, each with the code of its refusal, or "" where it is taken.

Made anew in each test, nothing is stored.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

PHONE = "13800139999"
SECRET = b"SECRET-OF-THE-CAMERA"
_GPS = {1: "N", 2: (31.0, 14.0, 3.0), 3: "E", 4: (121.0, 28.0, 9.0)}


def picture(form: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """A picture: dark above, light below."""
    made = Image.new(mode, size, 20 if mode in ("L", "P") else None or 0)
    light = Image.new(mode, (size[0], size[1] // 2), {"RGB": (250,) * 3, "RGBA": (250, 250, 250, 255)}.get(mode, 0))
    made.paste(light, (0, size[1] // 2))
    out = io.BytesIO()
    made.save(out, form, **options)
    return out.getvalue()


def with_place() -> bytes:
    """As a phone makes it: turned, with place, owner, camera and a small copy of itself."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = SECRET.decode()
    exif[0x9286] = PHONE
    exif.get_ifd(0x8825).update(_GPS)
    return picture(exif=exif.tobytes(), comment=SECRET)


def with_notes() -> bytes:
    """A PNG whose text says more than the picture."""
    notes = PngInfo()
    notes.add_text("Author", PHONE)
    notes.add_itxt("XML:com.adobe.xmp", SECRET.decode(), zip=True)
    notes.add_text("Comment", "x" * 100_000, zip=True)
    return picture("PNG", pnginfo=notes)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of_size(width: int, height: int) -> bytes:
    """A PNG of one colour, packed a thousandfold."""
    packer = zlib.compressobj(9)
    row = b"\0" * (width // 8 + 2)
    body = b"".join(packer.compress(row * 100) for _hundred in range(height // 100)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A PNG with 30 MB of text in 30 KB."""
    body = b"Comment\0\0" + zlib.compress(b" " * 30_000_000, 9)
    return _after_head(picture("PNG"), _chunk(b"zTXt", body))


def colours_bomb() -> bytes:
    """A PNG whose table of colours unpacks to 30 MB."""
    body = b"x\0\0" + zlib.compress(b" " * 30_000_000, 9)
    return _after_head(picture("PNG"), _chunk(b"iCCP", body))


def _after_head(whole: bytes, chunk: bytes) -> bytes:
    return whole[:33] + chunk + whole[33:]


def moving(form: str) -> bytes:
    """Three pictures one after the other."""
    frames = [Image.new("RGB", (40, 40), (colour, 0, 0)) for colour in (0, 100, 200)]
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=50)
    return out.getvalue()


def box() -> bytes:
    """A zip with a page in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as inside:
        inside.writestr("x.html", "<script>alert(1)</script>")
    return made.getvalue()


def huge_jpeg() -> bytes:
    """A JPEG whose head says 65,000 × 65,000."""
    whole = bytearray(picture())
    at = whole.find(b"\xff\xc0")
    struct.pack_into(">HH", whole, at + 5, 65_000, 65_000)
    return bytes(whole)


def pdf(inside: bytes = b"", *, end: bytes = b"%%EOF\n") -> bytes:
    """A small document."""
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + inside + b" >>\nendobj\ntrailer << /Root 1 0 R >>\n" + end


_COLOURS = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PICTURES: dict[str, tuple[Callable[[], bytes], str]] = {
    "plain_jpeg": (picture, ""),
    "plain_png": (lambda: picture("PNG"), ""),
    "plain_webp": (lambda: picture("WEBP"), ""),
    "with_place": (with_place, ""),
    "with_notes": (with_notes, ""),
    "with_colours": (lambda: picture(icc_profile=_COLOURS + SECRET), ""),
    "transparent": (lambda: picture("PNG", "RGBA"), ""),
    "palette": (lambda: picture("PNG", "P", transparency=0), ""),
    "grey_16_bit": (lambda: picture("PNG", "I;16"), ""),
    "four_inks": (lambda: picture("JPEG", "CMYK"), ""),
    "step_by_step": (lambda: picture(progressive=True, size=(900, 700)), ""),
    "one_pixel": (lambda: picture(size=(2, 2)), ""),
    "thin": (lambda: picture("PNG", size=(60_000, 2)), ""),
    "pictures_in_one": (lambda: moving("MPO"), ""),
    "moving_png": (lambda: moving("PNG"), ""),
    "moving_webp": (lambda: moving("WEBP"), ""),
    "moving_gif": (lambda: moving("GIF"), "animated"),
    "page_behind_jpeg": (lambda: picture() + b"<script>alert(1)</script>" + SECRET, ""),
    "box_behind_png": (lambda: picture("PNG") + box(), ""),
    "page_as_jpeg": (lambda: b"\xff\xd8\xff\xe0<html><script>alert(1)</script>", "damaged_picture"),
    "gif_with_box": (lambda: b"GIF89a" + box(), "animated"),
    "cut_jpeg": (lambda: picture(size=(900, 700))[:2000], "damaged_picture"),
    "cut_png": (lambda: picture("PNG", size=(900, 700))[:60], "damaged_picture"),
    "only_head": (lambda: b"\xff\xd8\xff", "damaged_picture"),
    "thirty_thousand": (lambda: png_of_size(30_000, 30_000), "too_many_pixels"),
    "sixty_million": (lambda: png_of_size(10_000, 6_000), "too_many_pixels"),
    "lying_size": (huge_jpeg, "too_many_pixels"),
    "text_bomb": (text_bomb, "damaged_picture"),
    "colours_bomb": (colours_bomb, "damaged_picture"),
    "svg": (lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "drawing"),
    "heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64, "heic"),
    "bmp": (lambda: picture("BMP"), "other_kind"),
    "tiff": (lambda: picture("TIFF"), "other_kind"),
    "postscript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id) (r) file", "other_kind"),
    "page": (lambda: b"<html><script>alert(1)</script></html>", "other_kind"),
    "nothing": (lambda: b"", "empty_file"),
    "pdf": (pdf, ""),
    "pdf_cut": (lambda: pdf(end=b""), "damaged_document"),
    "pdf_script": (lambda: pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "active_document"),
    "pdf_script_in_disguise": (lambda: pdf(b"/OpenAction << /S /J#61vaScript >>"), "active_document"),
    "pdf_starts_program": (lambda: pdf(b"/A << /S /Launch /F (cmd.exe) >>"), "active_document"),
    "pdf_with_file": (lambda: pdf(b"/Names << /EmbeddedFiles 2 0 R >>"), "active_document"),
    "pdf_locked": (lambda: pdf(b"/Encrypt 5 0 R"), "locked_document"),
    "pdf_behind_page": (lambda: b"<html>" + pdf(), "other_kind"),
}
