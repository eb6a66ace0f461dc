"""A picture somebody took, drawn anew in a limited child: orientation applied, every other trace left behind."""

from contextlib import closing
from dataclasses import dataclass

from niangjia.kernel.chinese import Reason
from niangjia.kernel.files.limited_child import ChildDied, LimitedChild
from niangjia.kernel.files.rules import LONGEST_SIDE, MAX_PIXELS, picture_fault

CHILD: tuple[str, ...] = ("-m", "niangjia.kernel.files.picture_child")


@dataclass(frozen=True)
class Picture:
    """A picture without any trace (重新编码的图片): JPEG bytes, width and height in pixels."""

    content: bytes
    width_px: int
    height_px: int


def drawn_anew(content: bytes) -> Picture | Reason:
    """The same picture without place, time, camera, comments or anything hidden behind it; or why it cannot be read."""
    child = LimitedChild(CHILD, {"content": content, "pixels": MAX_PIXELS, "side": LONGEST_SIDE})
    try:
        with closing(child.frames()) as frames:
            verdict, *facts = next(frames)
    except ChildDied as died:
        return picture_fault("too_many_pixels" if died.why == "too_large" else "damaged", pixels=2 * MAX_PIXELS)
    if verdict != "picture":
        return picture_fault(verdict, pixels=facts[0])
    return Picture(*facts)
