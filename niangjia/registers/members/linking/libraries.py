"""Libraries for the analysis of many records (批量分析程序库): installed when they are first needed, from their own lock."""

import subprocess
import sys
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path

from django.utils.translation import gettext as _

from niangjia.kernel.commands import Refused

LOCK = Path(__file__).resolve().parents[4] / "requirements-analysis.lock"
NEEDED = ("duckdb", "pyarrow", "splink")


def have_libraries() -> bool:
    """Whether all of them are there."""
    return all(find_spec(name) is not None for name in NEEDED)


def need_libraries() -> None:
    """Install them where they are missing; `Refused` says what to do where that fails."""
    if have_libraries():
        return
    sys.stderr.write(_("第一次使用，正在安装批量分析程序库，需要几分钟……") + "\n")
    done = subprocess.run(install_command(), check=False, capture_output=True, text=True)
    invalidate_caches()
    if done.returncode != 0 or not have_libraries():
        last = (done.stderr.strip().splitlines() or [""])[-1]
        raise Refused(
            "libraries_missing", _("批量分析程序库没有装上，请检查网络后再运行一次：{last}").format(last=last)
        )


def install_command() -> list[str]:
    """What installs exactly what the lock names, and nothing else."""
    options = (
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--no-deps",
        "--prefer-binary",
        "--require-hashes",
    )
    return [sys.executable, "-m", "pip", "install", *options, "--requirement", str(LOCK)]
