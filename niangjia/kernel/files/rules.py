"""What people may hand in (附件): which kinds, how large, and what is sent back with which words. Pure."""

import re
from enum import StrEnum
from types import MappingProxyType

from niangjia.kernel.chinese import Reason
from niangjia.kernel.chinese import gettext_noop as _


class Kind(StrEnum):
    """What a kept file is (附件种类)."""

    PICTURE = "picture"
    DOCUMENT = "document"


# Our own defaults (本系统默认值).
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 4_096
MEGABYTE = 1024 * 1024
MOST_AT_ONCE = 5
MOST_DRAFTS = 20
DRAFT_HOURS = 24
# Whose a file is that nobody has sent yet.
DRAFT = "draft"
# A shade (0 black, 255 white) below which a point is ink, and how much ink a name has at least.
INK_DARKER_THAN = 128
LEAST_INK = 150
MEDIA_TYPES = MappingProxyType({Kind.PICTURE: "image/jpeg", Kind.DOCUMENT: "application/pdf"})
ENDINGS = MappingProxyType({Kind.PICTURE: "jpg", Kind.DOCUMENT: "pdf"})

NOTHING = _("文件是空的。请打开看看，保存好再传一次。")
TOO_BIG = _("这个文件超过了 {limit} MB。图片请截小一些，文档请拆成几份再传。")
TOO_MANY = _("还没有交的附件已经有 {limit} 个了。先把这一页交了，或者去掉几个再传。")
UNSIGNED = _("签名板上还没有写字。请用手指把姓名写上，再交。")
NEITHER = _("只收照片（JPG、PNG、WebP）和 PDF。请换一种再传。")
HEIC = _("这张照片是 HEIC 格式，还读不了。请在手机「设置 → 相机 → 格式」里选「兼容性最佳」重拍，或者截一张屏再传。")
ANIMATED = _("动图不收。请截一张不动的图再传。")
DRAWING = _("这是 SVG 矢量图，里面可能夹带程序，不收。请存成 PNG 或 JPG 再传。")
DAMAGED_PICTURE = _("这张照片坏了，打不开。请打开原来的照片另存一份，再传一次。")
TOO_MANY_PIXELS = _("这张照片太大（{megapixels} 百万像素），最多 {limit}。请缩小一些再传。")
DAMAGED_DOCUMENT = _("这份 PDF 不完整，可能没有传完。请打开看看，另存一份再传一次。")
LOCKED_DOCUMENT = _("这份 PDF 设了密码，里面有什么看不出来，不收。请去掉密码再传。")
ACTIVE_DOCUMENT = _("这份 PDF 夹带了程序或别的文件，为了安全没有收。请用「打印 → 另存为 PDF」存一份，再传一次。")

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_HEIC_BRANDS = (b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
_PDF = b"%PDF-"
# Programs, files inside files, forms that run programs, films: nothing of it belongs into evidence.
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToR|GoToE|Movie|Rendition)(?![A-Za-z])"
)
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_END_BYTES = 2_048


def kind_of(head: bytes) -> Kind | Reason:
    """What a file is by its first bytes, never by its name; a kind that is not taken is a reason."""
    if head.startswith(_PICTURES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return Kind.PICTURE
    return Kind.DOCUMENT if head.startswith(_PDF) else _foreign(head)


def _foreign(head: bytes) -> Reason:
    """Name the usual wrong files, so that the person knows what to do."""
    if not head:
        return Reason("empty_file", NOTHING, {})
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return Reason("heic", HEIC, {})
    if head.startswith(b"GIF8"):
        return Reason("animated", ANIMATED, {})
    if b"<svg" in head.lower():
        return Reason("drawing", DRAWING, {})
    return Reason("other_kind", NEITHER, {})


def size_fault(size_bytes: int) -> Reason | None:
    """Why a file of this size is not taken."""
    if size_bytes > MAX_BYTES:
        return Reason("too_big", TOO_BIG, {"limit": MAX_BYTES // MEGABYTE})
    return None


def too_many(drafts: int) -> Reason | None:
    """Why one more draft is not held."""
    return Reason("too_many_drafts", TOO_MANY, {"limit": MOST_DRAFTS}) if drafts >= MOST_DRAFTS else None


def signature_fault(inked: int) -> Reason | None:
    """Why a picture is no signature."""
    return Reason("unsigned", UNSIGNED, {}) if inked < LEAST_INK else None


def picture_fault(code: str, *, pixels: int = 0) -> Reason:
    """Why a picture could not be read."""
    if code == "too_many_pixels":
        facts: dict[str, str | int] = {"megapixels": pixels // 1_000_000, "limit": MAX_PIXELS // 1_000_000}
        return Reason(code, TOO_MANY_PIXELS, facts)
    return Reason("damaged_picture", DAMAGED_PICTURE, {})


def document_fault(content: bytes) -> Reason | None:
    """What in a PDF is not taken: what is cut off, locked, or active.

    A best effort: what lies in packed streams is not looked into. So a document is only ever handed out to be kept,
    never shown inside a page.
    """
    if b"%%EOF" not in content[-_END_BYTES:]:
        return Reason("damaged_document", DAMAGED_DOCUMENT, {})
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)
    if _LOCKED.search(plain):
        return Reason("locked_document", LOCKED_DOCUMENT, {})
    if _ACTIVE.search(plain):
        return Reason("active_document", ACTIVE_DOCUMENT, {})
    return None
