"""`script/bench [NAME] [--json] [--scale N] [--repeat N] [--parts NAMES] [--keep FOLDER]`: measure one job on a database of the bench's own."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from niangjia.config.environment import environment
from niangjia.config.postgres import ensure_server, stop_server

MEASURES = (
    "roster",
    "pages",
    "request",
    "journal",
    "sealed",
    "reveal",
    "search",
    "deadlines",
    "cases",
    "cards",
    "link",
    "newcomers",
    "move",
)


def main() -> int:
    """Start a database of the bench's own, measure in a process that knows no other, stop it."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=MEASURES, default="roster", help="which job")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument(
        "--scale", type=int, default=100_000, help="rows of the smaller size; the larger is ten times that"
    )
    parser.add_argument("--repeat", type=int, default=5, help="repetitions at the smaller size; medians are shown")
    parser.add_argument(
        "--parts", default="", help="of `cases`: only these, with commas between (moves,bulk,today,closed)"
    )
    parser.add_argument(
        "--keep", type=Path, help="a folder for the database that stays for the next run; else a fresh one"
    )
    arguments = parser.parse_args()
    if arguments.keep:
        arguments.keep.mkdir(mode=0o755, parents=True, exist_ok=True)
        return _measured(arguments, str(arguments.keep.resolve()))
    with tempfile.TemporaryDirectory(prefix="niangjia-bench-") as folder:
        Path(folder).chmod(0o755)
        return _measured(arguments, folder)


def _measured(arguments: argparse.Namespace, folder: str) -> int:
    for name in ("DATABASE_URL", "NIANGJIA_OWNER_URL"):
        os.environ.pop(name, None)
    os.environ["NIANGJIA_DATA"] = folder
    environment.cache_clear()
    addresses = ensure_server()
    here = {
        **os.environ,
        "DATABASE_URL": addresses.app_url,
        "NIANGJIA_OWNER_URL": addresses.owner_url,
        "DJANGO_SETTINGS_MODULE": "niangjia.config.settings",
    }
    words = [str(arguments.scale), str(arguments.repeat), "json" if arguments.json else "words"]
    words += [arguments.parts] if arguments.parts else []
    try:
        return subprocess.run(
            [sys.executable, "-m", f"bench.{arguments.name}", *words], env=here, check=False
        ).returncode
    finally:
        stop_server()


if __name__ == "__main__":
    sys.exit(main())
