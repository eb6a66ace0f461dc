"""Browser libraries: the few files that pages use, copied or built from node_modules into an ignored folder."""

import re
import subprocess
import sys
from pathlib import Path

from niangjia.config.environment import CHECKOUT
from niangjia.config.trimming import left_out, trimmed

FOLDER = CHECKOUT / "niangjia" / "kernel" / "web" / "static" / "vendor"
# htmx comes with django-htmx; nothing else of these packages is ever served.
WANTED = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@alpinejs/csp/dist/cdn.min.js": "alpine-csp.min.js",
    "leaflet/dist/leaflet.js": "leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet.css",
}
TRIMMED = "tabler.min.css"
# What charts are drawn with: lines, bars and their axes, without what we draw ourselves or not at all.
CHARTS = "charts-library.js"
CHART_PARTS = """
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendPlainComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
use([BarChart, LineChart, GridComponent, LegendPlainComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);
export { init };
"""
CHART_NOTICE = "/* Parts of Apache ECharts (Apache-2.0) and zrender (BSD-3-Clause), unchanged but for their packing. */"
# npm brings the one that runs on this machine.
PACKERS = "@esbuild/*/bin/esbuild"
# The classes that trimming took, for the test that no template names one; never served.
LEFT_OUT = ".left-out"
# Leaflet's pins and switches, which our maps do without
PICTURES = re.compile(rb"url\(images/[^)]*\)")
SOURCE_MAP = re.compile(rb"\n?(/\*|//)# sourceMappingURL=[^\n]*")


def copy_libraries(packages: Path, folder: Path) -> None:
    """Copy the wanted files without pointers to files that are not there, and remove what is wanted no more."""
    folder.mkdir(parents=True, exist_ok=True)
    for source, name in WANTED.items():
        draft = folder / f".{name}"
        content = SOURCE_MAP.sub(b"", (packages / source).read_bytes())
        if name == TRIMMED:
            sheet = content.decode()
            (folder / LEFT_OUT).write_text("\n".join(sorted(left_out(sheet))), "utf-8")
            content = trimmed(sheet).encode()
        draft.write_bytes(PICTURES.sub(b"none", content) if name.endswith(".css") else content)
        draft.replace(folder / name)
    for path in folder.iterdir():
        if path.name not in {*WANTED.values(), LEFT_OUT, CHARTS}:
            path.unlink()


def build_charts(packages: Path, folder: Path) -> None:
    """Pack the parts of the chart library that we draw with: the whole of it is as heavy as three pages."""
    packer = next(packages.glob(PACKERS), None)
    if packer is None:
        message = f"nothing that packs the chart library is in {packages / '@esbuild'}"
        raise FileNotFoundError(message)
    draft = folder / f".{CHARTS}"
    subprocess.run(
        [
            str(packer),
            *("--bundle", "--minify", "--format=esm", "--target=es2020", "--charset=utf8", "--log-level=error"),
            *("--legal-comments=none", f"--banner:js={CHART_NOTICE}", f"--outfile={draft}"),
        ],
        input=CHART_PARTS.encode(),
        cwd=packages.parent,
        check=True,
    )
    draft.replace(folder / CHARTS)


if __name__ == "__main__":
    try:
        copy_libraries(CHECKOUT / "node_modules", FOLDER)
        build_charts(CHECKOUT / "node_modules", FOLDER)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"a browser library is missing: {error}")
