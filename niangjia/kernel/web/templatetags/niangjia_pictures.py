"""The rich parts of a page, each in the one form it has everywhere: chart, map, code to scan."""

from typing import Any

from django import template
from django.conf import settings

from niangjia.kernel.web.pictures.charts import Chart
from niangjia.kernel.web.pictures.codes import code_to_scan
from niangjia.kernel.web.pictures.maps import Map

register = template.Library()


@register.inclusion_tag("web/parts/chart.html")
def chart(drawn: Chart) -> dict[str, Any]:
    """A chart: what it says, the drawing, the figures behind 「看数字」."""
    return {"chart": drawn, "rows": list(drawn.rows())}


@register.inclusion_tag("web/parts/map.html")
def area_map(drawn: Map) -> dict[str, Any]:
    """A map: what it says, the drawing, the legend in words, the list behind 「看数字」."""
    return {"map": drawn, "rows": list(drawn.rows()), "tiles": settings.NIANGJIA_TILES}


@register.inclusion_tag("web/parts/scan.html")
def scan(words: str, label: str, large: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - a template passes large=True
    """A code to scan, and under it what it says, for whoever types; large on sheets to be printed."""
    return {"code": code_to_scan(words), "words": words, "label": label, "large": large}


@register.inclusion_tag("web/parts/pictures_style.html")
def pictures_style() -> dict[str, Any]:
    """What a page with a chart or a map needs in its head; in its block `page_style`."""
    return {}


@register.inclusion_tag("web/parts/chart_scripts.html")
def chart_scripts() -> dict[str, Any]:
    """What draws charts; in the block `page_script` of a page that has one."""
    return {}


@register.inclusion_tag("web/parts/map_scripts.html")
def map_scripts() -> dict[str, Any]:
    """What draws maps; in the block `page_script` of a page that has one."""
    return {}
