"""Pages under load with every guard on, against plain views of the same server; and a storm at the door (6b, 6c)."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection

import bench.ready  # noqa: F401 - before the models below
from bench import visitors
from bench.figures import Figure, median, show
from bench.servers import HOST, Server, serving
from bench.visitors import Asks, get, post
from niangjia.config.environment import environment
from niangjia.config.postgres.binaries import find_binaries
from niangjia.config.serving.static import collect_static
from niangjia.demo.services import seed
from niangjia.kernel import clock
from niangjia.kernel.access.acting import acting
from niangjia.kernel.access.rules import Actor
from niangjia.kernel.dated.services import load_reference
from niangjia.registers.orgs.models import Union

PRODUCT, PLAIN = "niangjia.config.settings", "bench.plain"
CLIENTS = 50
ROWS_PER_REQUEST = 100  # `--scale 100000` asks for a thousand requests a round
CHEAP = 5  # of what answers in a moment so many times more are asked
PER_CODE = 4
STORM_PER_SECOND, STORM_SECONDS = 100, 6
PACE = 3  # members ask a third as often as the server could answer, or their tails would be those of a queue
CADRE = "zhoumin"
SCALE_OF_PGBENCH, PGBENCH_SECONDS = 10, 3
OK, CREATED, MOVED, BUSY = 200, 201, 302, 429


@dataclass
class Job:
    """One kind of request, asked by all connections; and what each round of it came to."""

    server: Server
    asks: list[Asks]
    each: int
    status: int = OK
    rates: list[float] = field(default_factory=list)
    middles: list[float] = field(default_factory=list)
    tails: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def round(self, first: int) -> None:
        """Ask once round; numbers of requests begin at `first`."""
        before = self.server.cpu_seconds()
        done = _load(self.server, self.asks, each=self.each, statuses=(self.status,), first=first)
        times = sorted(done["times"])
        self.rates.append(len(times) / done["seconds"])
        self.middles.append(_share(times, 0.5))
        self.tails.append(_share(times, 0.99))
        self.cpu.append((self.server.cpu_seconds() - before) / len(times))

    @property
    def rate(self) -> float:
        """Requests per second, the middle of the rounds."""
        return median(self.rates)

    @property
    def spent(self) -> float:
        """CPU seconds of the web server for one request, the middle of the rounds: other work on the machine moves it less."""
        return median(self.cpu)


def measure(*, requests: int, repeat: int) -> list[Figure]:
    """All figures of pages and of the door."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=environment().data)))
        stack.enter_context(acting(Actor.operator()))
        prepare()
        product, plain = (stack.enter_context(serving(each, folder=folder)) for each in (PRODUCT, PLAIN))
        jobs = _jobs(product, plain, each=max(1, requests // CLIENTS))
        transactions = [_rounds(jobs, number, repeat) for number in range(1, repeat + 1)]
        figures = [*_rates(jobs), *_against(jobs, median(transactions))]
        figures += _storm(jobs["my_page"], seconds=min(STORM_SECONDS, requests), repeat=repeat)
        return [*figures, Figure("pages.load average of the machine", os.getloadavg()[0])]


def prepare() -> None:
    """A county to measure, settled; and the tables of pgbench."""
    load_reference()
    seed("county", on=clock.today(), progress=lambda _words: None)
    collect_static()
    owner = os.environ["NIANGJIA_OWNER_URL"]
    with psycopg.connect(owner, autocommit=True) as settled:
        settled.execute("VACUUM ANALYZE")
    subprocess.run([_pgbench(), "-i", "-q", "-s", str(SCALE_OF_PGBENCH), owner], check=True, capture_output=True)


def _jobs(product: Server, plain: Server, *, each: int) -> dict[str, Job]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, model FROM django_content_type ORDER BY id LIMIT 1")
        pk, model = cursor.fetchone()
    known = visitors.members(2 * CLIENTS)
    # What somebody handed in stands on her pages: others hand in than those whose pages are measured.
    cookies, askers = known[:CLIENTS], known[CLIENTS:]
    cadre, codes = visitors.cadre_cookie(CADRE), visitors.code_cookies(CLIENTS)
    everybody = [get("/complaints/", markers=("12351",))] * CLIENTS
    return {
        "plain": Job(plain, [get("/plain/", markers=("a plain view",))] * CLIENTS, each * CHEAP),
        "one_row": Job(plain, [get(f"/row/{pk}/", markers=(model,))] * CLIENTS, each * CHEAP),
        "home": Job(product, [get("/", cookie=one, markers=("谁看过我的资料",)) for one, _ in cookies], each),
        "my_page": Job(product, [get("/mine/", cookie=one, markers=(number,)) for one, number in cookies], each),
        "members": Job(product, [get("/members/", cookie=cadre, markers=_list_marks())] * CLIENTS, each),
        "employer": Job(product, [_new_employer(cadre)] * CLIENTS, each, CREATED),
        "say": Job(product, [_say(one) for one, _ in askers], each, CREATED),
        "anonymous": Job(product, everybody, each),
        "session": Job(product, [get("/complaints/", cookie=one, markers=("12351",)) for one, _ in cookies], each),
        "code_page": Job(product, [_code_page(one) for one in codes], each),
        "code": Job(product, [_code_try(one) for one in codes], min(each, PER_CODE)),
    }


def _list_marks() -> tuple[str, ...]:
    """What the first page of the list must hold."""
    return ('<a href="/members/', "</table>", "page=2")


def _new_employer(cookie: str) -> Asks:
    union = Union.objects.filter(name="柳林镇总工会").get()
    body = json.dumps({"name": "测试有限公司@@@@@@@@@@", "territorial_union": union.code}, ensure_ascii=False)
    return post("/api/v1/employers", body, cookie=cookie, markers=(union.code, "测试有限公司"))


def _say(cookie: str) -> Asks:
    """A member hands a request in for herself."""
    return post("/api/v1/requests", visitors.SAID, cookie=cookie, markers=('"stage": "received"',))


def _code_page(cookie: str) -> Asks:
    return get("/sign-in/phone/code/", cookie=cookie, markers=('name="code"',))


def _code_try(cookie: str) -> Asks:
    body = f"csrfmiddlewaretoken={visitors.TOKEN}&code=000000"
    return post("/sign-in/phone/code/", body, cookie=cookie, markers=("验证码不对",))


def _rounds(jobs: dict[str, Job], number: int, repeat: int) -> float:
    """One round of everything, interleaved; transactions per second of pgbench in it."""
    for job in jobs.values():
        visitors.fresh_codes()
        job.round(first=number * 1_000_000)
    transactions = _simple_updates()
    rates = ", ".join(f"{name} {job.rates[-1]:,.0f}" for name, job in jobs.items())
    sys.stderr.write(f"{number} of {repeat}, each second: {rates}, pgbench {transactions:,.0f}\n")
    return transactions


def _rates(jobs: dict[str, Job]) -> Iterator[Figure]:
    """What each kind of request does alone."""
    for name, job in jobs.items():
        yield Figure(f"pages.{name} /s", job.rate)
        yield Figure(f"pages.{name} p50 ms", median(job.middles) * 1000)
        yield Figure(f"pages.{name} p99 ms", median(job.tails) * 1000)
        yield Figure(f"pages.{name} CPU ms of the web server", job.spent * 1000)


def _against(jobs: dict[str, Job], transactions: float) -> Iterator[Figure]:
    """The ratios that the goals speak of."""
    limit = jobs["one_row"]
    for name, goal in (("my_page", "ratio >= 0.5"), ("home", "ratio >= 0.5"), ("members", "ratio >= 0.3")):
        job = jobs[name]
        yield Figure(f"pages.{name} to one-query JSON", job.rate, limit.rate, job.rate / limit.rate, goal)
        spared = limit.spent / job.spent
        yield Figure(f"pages.{name} to one-query JSON, by CPU", job.spent * 1000, limit.spent * 1000, spared, goal)
    for name in ("say", "employer"):
        rate = jobs[name].rate
        yield Figure(f"pages.{name} to pgbench simple-update", rate, transactions, rate / transactions, "ratio >= 0.5")
    for name, base in (("session", "anonymous"), ("code", "anonymous")):
        cost, of = jobs[name], jobs[base]
        dearer = of.rate / cost.rate
        yield Figure(f"pages.{name} to {base}", cost.rate, of.rate, dearer, "ratio <= 1.15")
        more = cost.spent / of.spent
        yield Figure(f"pages.{name} to {base}, by CPU", cost.spent * 1000, of.spent * 1000, more, "ratio <= 1.15")


def _storm(own_page: Job, *, seconds: int, repeat: int) -> Iterator[Figure]:
    """Members' tails, in peace and while passwords rain at the door."""
    logins = cycle(visitors.password_accounts(STORM_PER_SECOND))
    server, pace = own_page.server, max(1, round(own_page.rate / PACE))
    steady = list(islice(cycle(own_page.asks), pace * seconds))
    quiet, stormy, let_in, refused = [], [], [], []
    for _ in range(repeat):
        quiet.append(_tail(_load(server, steady, each=1, statuses=(OK,), per_second=pace)))
        rain = [visitors.sign_in_asks(login) for login in islice(logins, STORM_PER_SECOND * seconds)]
        storm = _begin(server, rain, each=1, statuses=(MOVED, BUSY), per_second=STORM_PER_SECOND)
        stormy.append(_tail(_load(server, steady, each=1, statuses=(OK,), per_second=pace)))
        done = _end(storm)
        let_in.append(done["statuses"].get(str(MOVED), 0) / done["seconds"])
        refused.append(done["statuses"].get(str(BUSY), 0) / done["seconds"])
        sys.stderr.write(f"storm: {quiet[-1] * 1000:.0f} ms → {stormy[-1] * 1000:.0f} ms, {done['statuses']}\n")
    calm, rough = median(quiet), median(stormy)
    name = f"pages.storm p99 ms of {pace} own pages/s"
    yield Figure(name, rough * 1000, calm * 1000, rough / calm, "ratio < 2")
    yield Figure("pages.storm let in /s", median(let_in))
    yield Figure("pages.storm told to wait /s", median(refused))


def _load(server: Server, asks: list[Asks], **plan: Any) -> dict[str, Any]:
    return _end(_begin(server, asks, **plan))


def _begin(server: Server, asks: list[Asks], **plan: Any) -> "subprocess.Popen[bytes]":
    """A load that runs beside what is done meanwhile."""
    told = {"host": HOST, "port": server.port, "connections": asks, **plan}
    with tempfile.TemporaryFile() as file:
        file.write(json.dumps(told).encode())
        file.seek(0)
        words = [sys.executable, "-m", "bench.load"]
        return subprocess.Popen(words, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _end(load: "subprocess.Popen[bytes]") -> dict[str, Any]:
    """What a load came to, once it is over."""
    said, complaint = load.communicate()
    if load.returncode:
        raise RuntimeError(complaint.decode())
    found: dict[str, Any] = json.loads(said)
    return found


def _tail(done: dict[str, Any]) -> float:
    return _share(sorted(done["times"]), 0.99)


def _share(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))]


def _simple_updates() -> float:
    """Transactions per second of pgbench's simple update, from as many connections."""
    words = [_pgbench(), "-N", "-n", "-c", str(CLIENTS), "-j", "2", "-T", str(PGBENCH_SECONDS)]
    done = subprocess.run([*words, os.environ["NIANGJIA_OWNER_URL"]], check=True, capture_output=True, text=True)
    return next(float(line.split()[2]) for line in done.stdout.splitlines() if line.startswith("tps"))


def _pgbench() -> str:
    return find_binaries(environment().postgres).program("pgbench")


if __name__ == "__main__":
    call_command("migrate", database="owner", verbosity=0)
    scale, repetitions, shape = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    show(measure(requests=scale // ROWS_PER_REQUEST, repeat=repetitions), as_json=shape == "json")
