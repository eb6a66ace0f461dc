"""What a file of boundaries must be: areas with code and name, drawn as closed rings of points on the earth. Pure."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from niangjia.kernel.chinese import Reason
from niangjia.kernel.chinese import gettext_noop as _

# Regions by GB/T 2260 have 6 digits, towns below them 9, villages 12 (GB/T 10114 and the statistical codes).
CODE_LENGTHS = (6, 9, 12)
# Our own defaults (本系统默认值): as much as a page can draw.
MAX_BYTES = 20 * 1024 * 1024
MAX_POINTS = 200_000
LONGEST_NAME = 64
SHORTEST_RING = 4
SIDES = (180.0, 90.0)
CITY_LENGTH = 6

NO_COLLECTION = _("这不是边界文件：最外层要是 FeatureCollection，里面至少有一块。")
NO_CODE = _("这一块没有写区划代码：属性 code 要是 6、9 或 12 位数字。")
NO_NAME = _("这一块没有写名字：属性 name 最多 {limit} 个字。")
NO_PARENT = _("上级代码要是数字，6、9 或 12 位，也可以不写。")
TWICE = _("代码 {code} 出现了两次，一个代码只能有一块；分成几片的，用 MultiPolygon。")
NO_SHAPE = _("边界只收 Polygon 和 MultiPolygon。")
NO_RING = _("这一圈没有画完：至少四个点，最后一个点和第一个相同。")
NO_POINT = _("坐标要是经度、纬度两个数，经度 −180 到 180，纬度 −90 到 90。")
TOO_MANY = _("点太多了：一共 {points} 个，最多 {limit} 个。请先简化再装。")


class Area(NamedTuple):
    """The boundary of one region (边界): its code, what it is called, the region above it, how it is drawn."""

    code: str
    name: str
    parent_code: str
    geometry: dict[str, Any]


class Fault(NamedTuple):
    """What is wrong with a file, and where in it."""

    path: str
    reason: Reason


def read_areas(document: Any) -> list[Area] | list[Fault]:
    """The areas of a file as it was parsed, or every fault found in it; nothing of a faulty file is taken."""
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features or document.get("type") != "FeatureCollection":
        return [Fault("", Reason("no_collection", NO_COLLECTION, {}))]
    faults = [fault for number, each in enumerate(features) for fault in _faults(each, f"features/{number}")]
    if faults:
        return faults
    areas = [_area(each) for each in features]
    return _together(areas) or areas


def parent_of(code: str) -> str:
    """The region above by the build of the code: village → town → county → city → province → none."""
    if len(code) > CITY_LENGTH:
        return code[:-3]
    if code.endswith("0000"):
        return ""
    return f"{code[:2]}0000" if code.endswith("00") else f"{code[:4]}00"


def _area(feature: dict[str, Any]) -> Area:
    said = feature["properties"]
    geometry = {"type": feature["geometry"]["type"], "coordinates": feature["geometry"]["coordinates"]}
    return Area(said["code"], said["name"].strip(), said.get("parent") or parent_of(said["code"]), geometry)


def _together(areas: list[Area]) -> list[Fault]:
    """What is wrong with areas that are right one by one."""
    faults, seen, points = [], set(), 0
    for number, area in enumerate(areas):
        if area.code in seen:
            reason = Reason("code_twice", TWICE, {"code": area.code})
            faults.append(Fault(f"features/{number}/properties/code", reason))
        seen.add(area.code)
        points += sum(len(ring) for _path, ring in _rings(area.geometry, ""))
    if points > MAX_POINTS:
        faults.append(Fault("", Reason("too_many_points", TOO_MANY, {"points": points, "limit": MAX_POINTS})))
    return faults


def _faults(feature: Any, path: str) -> Iterator[Fault]:
    if not isinstance(feature, dict):
        yield Fault(path, Reason("no_shape", NO_SHAPE, {}))
        return
    said = feature.get("properties")
    yield from _said_faults(said if isinstance(said, dict) else {}, f"{path}/properties")
    yield from _shape_faults(feature.get("geometry"), f"{path}/geometry")


def _said_faults(said: dict[str, Any], path: str) -> Iterator[Fault]:
    if not _is_code(said.get("code")):
        yield Fault(f"{path}/code", Reason("no_code", NO_CODE, {}))
    name = said.get("name")
    if not isinstance(name, str) or not name.strip() or len(name.strip()) > LONGEST_NAME:
        yield Fault(f"{path}/name", Reason("no_name", NO_NAME, {"limit": LONGEST_NAME}))
    if said.get("parent") not in (None, "") and not _is_code(said["parent"]):
        yield Fault(f"{path}/parent", Reason("no_parent", NO_PARENT, {}))


def _is_code(code: Any) -> bool:
    return isinstance(code, str) and code.isascii() and code.isdigit() and len(code) in CODE_LENGTHS


def _shape_faults(geometry: Any, path: str) -> Iterator[Fault]:
    """The first fault of each ring: one wrong point tends to come with a thousand."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon") or not _is_nested(geometry.get("coordinates"), 2 + (kind != "Polygon")):
        yield Fault(path, Reason("no_shape", NO_SHAPE, {}))
        return
    for where, ring in _rings(geometry, f"{path}/coordinates"):
        if any(not _is_point(point) for point in ring):
            yield Fault(where, Reason("no_point", NO_POINT, {}))
        elif len(ring) < SHORTEST_RING or ring[0] != ring[-1]:
            yield Fault(where, Reason("no_ring", NO_RING, {}))


def _is_nested(value: Any, depth: int) -> bool:
    """Whether these are lists of lists, none of them empty, down to the points."""
    if not isinstance(value, list) or not value:
        return False
    return depth == 0 or all(_is_nested(each, depth - 1) for each in value)


def _rings(geometry: dict[str, Any], path: str) -> Iterator[tuple[str, list[Any]]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for piece, polygon in enumerate(polygons):
        for number, ring in enumerate(polygon):
            yield f"{path}/{piece}/{number}", ring


def _is_point(point: Any) -> bool:
    if not isinstance(point, list) or len(point) not in (2, 3):
        return False
    plain = all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in point)
    return plain and all(abs(each) <= side for each, side in zip(point, SIDES, strict=False))
