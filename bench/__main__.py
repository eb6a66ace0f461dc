"""`script/bench [NAME] [--json] [--scale N]`: measure one job, or all of them."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

MEASURES = ("roster",)


def main() -> int:
    """Start a database of the bench's own, then measure."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=MEASURES, default="roster", help="which job")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument(
        "--scale", type=int, default=100_000, help="rows of the smaller size; the larger is ten times that"
    )
    parser.add_argument("--repeat", type=int, default=5, help="repetitions at the smaller size; medians are shown")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="niangjia-bench-") as folder:
        Path(folder).chmod(0o755)
        for name in ("DATABASE_URL", "NIANGJIA_OWNER_URL"):
            os.environ.pop(name, None)
        os.environ["NIANGJIA_DATA"] = folder
        return _measured(arguments)


def _measured(arguments: argparse.Namespace) -> int:
    # The settings read the environment once, when they are first imported: so only now.
    from bench.figures import show  # noqa: PLC0415
    from bench.ground import prepared  # noqa: PLC0415

    with prepared() as owner_address:
        from bench.roster import measure  # noqa: PLC0415

        figures = measure(owner_address, rows=arguments.scale, repeat=arguments.repeat)
    show(figures, as_json=arguments.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
