"""Commands that belong to the whole program: set it up, run it, stop it, find its database."""

import sys
from argparse import REMAINDER, ArgumentParser, Namespace
from importlib.metadata import version
from urllib.parse import urlsplit

import psycopg
from django.core.management import call_command, execute_from_command_line
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.config.backup.commands import COMMANDS as BACKUP_COMMANDS
from niangjia.config.environment import CHECKOUT, environment
from niangjia.config.postgres import ensure_server, stop_server
from niangjia.config.postgres.provision import grant_rights
from niangjia.config.serving.stamps import changed
from niangjia.config.serving.static import collect_static
from niangjia.config.serving.supervisor import is_serving, serve
from niangjia.demo.commands import demo_accounts
from niangjia.demo.services import load_demo
from niangjia.kernel import clock
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.boundaries.services import load_demo_boundaries
from niangjia.kernel.cases.changes import load_changes
from niangjia.kernel.commands import Command, Outcome, Refused
from niangjia.kernel.dated.services import load_reference
from niangjia.kernel.journal.queries import refuse_other_keys
from niangjia.kernel.privacy.notices import load_notices, notice_files
from niangjia.kernel.sealed import has_keyring, keyring
from niangjia.kernel.sealed.ciphers import AES_256_GCM, CIPHERS
from niangjia.kernel.sealed.keys import BLIND_HASHES, SHA_256, create_keyring, keyring_file

# A number of our own for PostgreSQL's advisory lock: two `init` at once migrate one after the other.
INIT_LOCK = 6_010_811
REFERENCE = CHECKOUT / "niangjia" / "kernel" / "dated" / "reference"


def init(arguments: Namespace) -> Outcome:
    """Bring the database to this version, and fill it with the demo county unless told to leave it empty."""
    _choose_keys(arguments)
    applied = migrate()
    load_reference()
    load_notices()
    body: dict[str, object] = {"migrated": applied, "demo": False}
    if not arguments.empty:
        body["demo"] = load_demo(on=clock.today())
        load_demo_boundaries(by=Actor.operator())
    return Outcome(body, words=_("数据库已就绪。"))


def _choose_keys(arguments: Namespace) -> None:
    """Ciphers are chosen before the first key is drawn; later data keys may change, what people are found by may not."""
    if not has_keyring():
        chosen = {"cipher": arguments.cipher or AES_256_GCM, "blind_hash": arguments.blind_hash or SHA_256}
        create_keyring(keyring_file().parent, **chosen)
    ring = keyring()
    if arguments.blind_hash not in (None, ring.blind_hash) or arguments.cipher not in (None, ring.kinds[ring.active]):
        raise Refused("keys_are_there", _("密钥已经生成，算法不能在这里改。换数据密钥请用 niangjia rotate-keys。"))


def migrate() -> int:
    """Apply what is missing, as the owner role; the number of migrations applied."""
    refuse_other_keys()
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [INIT_LOCK])
        try:
            executor = MigrationExecutor(owner)
            plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
            if plan:
                _grant_rights()
                call_command("migrate", database="owner", verbosity=0, interactive=False)
            load_changes(using="owner")
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [INIT_LOCK])
    return len(plan)


def _grant_rights() -> None:
    """In a database that was given to us, the owner does what the launcher does in its own."""
    here = environment()
    owner, app = (urlsplit(address).username or "" for address in (here.owner_url, here.database_url))
    with psycopg.connect(here.owner_url, autocommit=True) as connection:
        grant_rights(connection, owner=owner, app=app)


def stop(_arguments: Namespace) -> Outcome:
    """Stop the embedded server; nothing happens where none runs."""
    if is_serving(environment()):
        raise Refused("in_use", _("程序正在运行，它还要用数据库：请在运行它的窗口里按 Ctrl-C。"))
    stopped = stop_server()
    words = _("数据库已停止。") if stopped else _("没有正在运行的数据库。")
    return Outcome({"stopped": stopped}, words=words)


def database_url(_arguments: Namespace) -> Outcome:
    """Print the application role's address; the server is started and stays up."""
    addresses = ensure_server()
    return Outcome({"database_url": addresses.app_url, "kind": addresses.kind}, words=addresses.app_url)


def manage(arguments: Namespace) -> Outcome:
    """Hand everything on to Django's own command line."""
    execute_from_command_line(["niangjia manage", *arguments.words])
    return Outcome()


def run_program(arguments: Namespace) -> Outcome:
    """Run the whole program until it is told to stop."""
    return Outcome(exit_code=serve(prepare=lambda: _prepare(empty=arguments.empty), accounts=_accounts))


def _prepare(*, empty: bool) -> None:
    """What the program needs before its first page: tables, the demo county, static files."""
    if migrate():
        sys.stderr.write(_("数据库已建好。") + "\n")
    with changed(environment().data / "run" / "reference.stamp", *_reference_lists()) as is_changed:
        if is_changed:
            load_reference()
            load_notices()
    if not empty:
        load_demo(on=clock.today())
        load_demo_boundaries(by=Actor.operator())
    collect_static()


def _reference_lists() -> tuple[str, ...]:
    """What the lists in this database came from: their files, and which database it is."""
    files = (
        f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}"
        for path in (*sorted(REFERENCE.iterdir()), *notice_files())
    )
    return (environment().database_url, f"chinesecalendar {version('chinesecalendar')}", *files)


def _accounts() -> str:
    """The demo accounts in words; nothing where this database has none."""
    found = demo_accounts(Namespace())
    return found.words if found.body["accounts"] else ""


def _empty_option(parser: ArgumentParser) -> None:
    parser.add_argument("--empty", action="store_true", help=_("不装入演示县"))


def _init_options(parser: ArgumentParser) -> None:
    _empty_option(parser)
    parser.add_argument("--cipher", choices=sorted(CIPHERS), help=_("第一把数据密钥的算法"))
    parser.add_argument("--blind-hash", choices=BLIND_HASHES, help=_("盲索引的算法，以后不能改"))


def _any_words(parser: ArgumentParser) -> None:
    parser.add_argument("words", nargs=REMAINDER, help=_("交给 Django 的参数"))


COMMANDS = (
    Command("init", gettext_lazy("建立或升级数据库，装入演示县"), init, _init_options),
    Command("stop", gettext_lazy("停止内置数据库"), stop, database="none"),
    Command("database-url", gettext_lazy("显示数据库地址"), database_url, database="none"),
    Command("manage", gettext_lazy("Django 管理命令（开发人员用）"), manage, _any_words),
    Command("serve", gettext_lazy("运行整个程序，直到按 Ctrl-C"), run_program, _empty_option, database="none"),
    *BACKUP_COMMANDS,
)
