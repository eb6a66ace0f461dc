import pytest
from django.db import connection


def worker_lives() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")


def test_alive_asks_nobody(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


@pytest.mark.django_db
def test_ready_when_tables_are_there_and_a_worker_lives(client, settings, tmp_path):
    settings.NIANGJIA_ANCHORS = tmp_path / "none"
    settings.NIANGJIA_DATA = tmp_path
    worker_lives()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "database": True,
        "migrations_missing": 0,
        "jobs": {"workers": 1, "waiting": 0},
        "messages_broken": 0,
        "anchor_age_s": "never",
        "verified_restore_age_s": "never",
    }


@pytest.mark.django_db
def test_the_age_of_the_last_anchor_is_shown(client, settings, tmp_path):
    (tmp_path / "head.json").write_text("{}", encoding="ascii")
    settings.NIANGJIA_ANCHORS = tmp_path
    assert client.get("/readyz").json()["anchor_age_s"] in range(60)


@pytest.mark.django_db
def test_not_ready_without_a_worker(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)


def test_metrics_are_for_this_machine_alone(client):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", headers={"x-forwarded-for": "10.1.1.1"}).status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="10.1.1.1").status_code == 404


def test_nobody_writes_to_a_health_page(client):
    assert client.post("/healthz").status_code == 405
