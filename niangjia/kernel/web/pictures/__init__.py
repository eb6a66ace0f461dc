"""Charts, maps, codes to scan and signatures: declared as plain values, drawn once for all pages."""

from niangjia.kernel.web.pictures.charts import Chart, Kind, Series, Target
from niangjia.kernel.web.pictures.maps import Area, Map

__all__ = ["Area", "Chart", "Kind", "Map", "Series", "Target"]
