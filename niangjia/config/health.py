"""Whether the program is alive and ready, for the machines that watch it."""

from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView

from niangjia.kernel import clock
from niangjia.kernel.messages.queries import broken

NEVER = "never"
# The worker says that it lives every 10 seconds; three silences are no accident.
WORKER_SILENCE_SECONDS = 30
# What a channel that is not set up rightly left undone, for the operator to mend; it does not make the program unready.
MESSAGES_SINCE = timedelta(days=7)
WORKER_SQL = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)"
WAITING_SQL = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()"
AGE_SQL = "SELECT extract(epoch FROM now() - to_timestamp(%s))::bigint"


@never_cache
@require_safe
def alive(_request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"alive": True})


@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Database, migrations and jobs as they are now; broken channels and ages of anchor and restore are shown only."""
    try:
        answer = _ready()
    except DatabaseError:
        answer = {"ready": False, "database": False}
    return JsonResponse(answer, status=200 if answer["ready"] else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Counts for Prometheus, for this machine alone: a count by page could betray that somebody wrote to us."""
    if "X-Forwarded-For" in request.headers or not _from_here(request.META.get("REMOTE_ADDR", "")):
        raise Http404
    return ExportToDjangoView(request)


def _ready() -> dict[str, Any]:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    workers, waiting = (_count(WORKER_SQL, WORKER_SILENCE_SECONDS), _count(WAITING_SQL)) if not missing else (0, 0)
    return {
        "ready": not missing and workers > 0,
        "database": True,
        "migrations_missing": missing,
        "jobs": {"workers": workers, "waiting": waiting},
        "messages_broken": 0 if missing else broken(since=clock.now() - MESSAGES_SINCE),
        "anchor_age_s": _age(Path(settings.NIANGJIA_ANCHORS)),
        "verified_restore_age_s": _age(Path(settings.NIANGJIA_DATA) / "restores"),
    }


def _count(statement: str, *values: float) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])


def _age(folder: Path) -> int | str:
    """Seconds since the newest file in a folder, by the database's clock; "never" where there is none."""
    if not folder.is_dir():
        return NEVER
    newest = max((path.stat().st_mtime for path in folder.iterdir() if path.is_file()), default=None)
    return NEVER if newest is None else max(_count(AGE_SQL, newest), 0)


def _from_here(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
