"""What does HTTP cost beside the check itself? `python -m benchmarks.serve`; needs wrk (Debian: apt install wrk).

Everything is measured against the same checks in this process and against `/health`, on one machine in one run,
and counted in processor seconds wherever others may be busy on the machine. One worker.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import httpx
from benchmarks.findings import SEED, Crowd
from tests.serve.running import Running, service

from magcheck.checker import default_checker
from magcheck.cli.profile_file import read_profile
from magcheck.profile import Profile

PEOPLE = Path(__file__).parents[1] / "tests" / "people" / "profiles"
SCRIPT = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local bodies, at = {}, 0
for line in io.lines("%s") do bodies[#bodies + 1] = line end
request = function()
  at = at + 1
  local body = bodies[(at - 1) %% #bodies + 1]:gsub("NUMBER", os.time() .. "-" .. at)
  return wrk.format(nil, "/check", nil, body)
end
"""
"""NUMBER in a body is another one in each request, so that what is remembered of names would be seen to grow."""
CROWD, FEW = 20_000, 3
"""Different people for the memory, and how much they take; each fiftieth takes something that nobody else does."""
TICKS = os.sysconf("SC_CLK_TCK")
_UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3}


class Load(NamedTuple):
    """What one run of wrk did to the service."""

    requests: int
    seconds: float
    cpu_seconds: float
    checking_seconds: float
    """Of the processor time, what the checks themselves took, as the service tells it."""
    p50_ms: float
    p99_ms: float
    failed: int

    @property
    def cpu_ms(self) -> float:
        return self.cpu_seconds / self.requests * 1000

    @property
    def beside_ms(self) -> float:
        """The way of a request, without its check."""
        return (self.cpu_seconds - self.checking_seconds) / self.requests * 1000

    @property
    def share(self) -> float:
        """Of the processor time, what the checks took."""
        return self.checking_seconds / self.cpu_seconds


class Alone(NamedTuple):
    """The same checks without HTTP."""

    cpu_ms: float
    p99_ms: float


def bodies() -> list[str]:
    return [read_profile(str(path)).model_dump_json(exclude_unset=True) for path in sorted(PEOPLE.glob("*.yaml"))]


def crowd_bodies(count: int = CROWD) -> list[str]:
    """Synthetic people who take little, the same at every run: what counts is how many there are."""
    crowd, bodies_of_crowd = Crowd(SEED), list[str]()
    while len(bodies_of_crowd) < count:
        person = crowd.anybody()
        if len(person["medications"]) + len(person["supplements"]) <= FEW:
            person["medications"] += ["qxz NUMBER"] * (len(bodies_of_crowd) % 50 == 0)
            bodies_of_crowd.append(json.dumps(person))
    return bodies_of_crowd


def alone(texts: list[str], rounds: int) -> Alone:
    """From a profile to the JSON of its report."""
    checker = default_checker()
    profiles = [Profile.model_validate(json.loads(text)) for text in texts]
    for profile in profiles:
        checker.check(profile)
    times: list[float] = []
    cpu = time.process_time()
    for profile in profiles * rounds:
        began = time.perf_counter()
        checker.check(profile).model_dump_json()
        times.append(time.perf_counter() - began)
    spent = time.process_time() - cpu
    return Alone(spent / len(times) * 1000, statistics.quantiles(times, n=100)[98] * 1000)


def cpu_seconds(running: Running) -> float:
    fields = Path(f"/proc/{running.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def checking_seconds(running: Running) -> float:
    text = httpx.get(f"{running.url}/metrics", timeout=60).raise_for_status().text
    told = re.findall(r'magcheck_work_processor_seconds_total\{pool="check"\} (\S+)', text)
    return float(told[0]) if told else 0.0


def resident_mb(running: Running) -> float:
    status = Path(f"/proc/{running.process.pid}/status").read_text(encoding="ascii")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


def load(running: Running, connections: int, seconds: float, script: Path | None, path: str = "/check") -> Load:
    command = ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds:.0f}s", "--latency", "--timeout", "60s"]
    command += ["-s", str(script)] if script else []
    checked, before, began = checking_seconds(running), cpu_seconds(running), time.perf_counter()
    done = subprocess.run([*command, f"{running.url}{path}"], capture_output=True, text=True, check=True)
    spent, took = cpu_seconds(running) - before, time.perf_counter() - began
    checked = checking_seconds(running) - checked
    requests = int(re.findall(r"(\d+) requests in", done.stdout)[0])
    wrong = sum(int(count) for count in re.findall(r"Non-2xx or 3xx responses: (\d+)", done.stdout))
    return Load(requests, took, spent, checked, _percentile(done.stdout, 50), _percentile(done.stdout, 99), wrong)


def _percentile(printed: str, percent: int) -> float:
    figure, unit = re.findall(rf"{percent}%\s+([\d.]+)(us|ms|s)", printed)[0]
    return float(figure) * _UNITS[unit]


class Health(NamedTuple):
    """Milliseconds until `/health` answered, again and again, while so many connections asked for checks."""

    busy: list[float]
    idle: list[float]
    """Of a service that nobody else asked, in turns with the other: what the machine itself takes."""


def health_while(
    running: Running, idle: Running, connections: int, seconds: float, script: Path
) -> tuple[Health, Load]:
    results: list[Load] = []
    crowd = threading.Thread(target=lambda: results.append(load(running, connections, seconds, script)))
    crowd.start()
    time.sleep(1)
    times = Health([], [])
    with (
        httpx.Client(base_url=running.url, timeout=60) as busy_client,
        httpx.Client(base_url=idle.url, timeout=60) as idle_client,
    ):
        while crowd.is_alive():
            for client, kept in ((busy_client, times.busy), (idle_client, times.idle)):
                began = time.perf_counter()
                client.get("/health").raise_for_status()
                kept.append((time.perf_counter() - began) * 1000)
                time.sleep(0.01)
    crowd.join()
    return times, results[0]


def memory(running: Running, requests: int, script: Path) -> list[tuple[int, float]]:
    """(requests answered, megabytes resident), about ten times on the way."""
    answered, seconds, seen = 0, 10.0, list[tuple[int, float]]()
    while answered < requests:
        done = load(running, 8, seconds, script).requests
        answered += done
        seconds = max(10.0, min(600.0, seconds * requests / 10 / max(done, 1)))
        seen.append((answered, resident_mb(running)))
        print(f"{answered:,} requests, {seen[-1][1]:.0f} MB", file=sys.stderr, flush=True)
    return seen


class Round(NamedTuple):
    """The same work without HTTP and with it, one directly after the other."""

    alone: Alone
    trivial: Load
    one: Load
    eight: Load


def measured(texts: list[str], running: Running, script: Path, seconds: float) -> Round:
    return Round(
        alone(texts, max(1, int(seconds / 2))),
        load(running, 1, seconds / 2, None, "/health"),
        load(running, 1, seconds, script),
        load(running, 8, seconds, script),
    )


def table(texts: list[str], running: Running, folder: Path, arguments: argparse.Namespace) -> list[str]:
    """Of each figure the best of several rounds: other programs on the machine can only make it worse."""
    script, crowd_script = script_of(texts, folder / "people"), script_of(crowd_bodies(), folder / "crowd")
    load(running, 8, 3, script)  # warm
    rounds = [measured(texts, running, script, arguments.seconds) for _ in range(arguments.rounds)]
    check, trivial = min(r.alone.cpu_ms for r in rounds), min(r.trivial.cpu_ms for r in rounds)
    one, eight = min(r.one.cpu_ms for r in rounds), min(r.eight.cpu_ms for r in rounds)
    p99, p99_of_eight = min(r.alone.p99_ms for r in rounds), min(r.eight.p99_ms for r in rounds)
    with service() as idle:
        health, crowd = health_while(running, idle, 64, arguments.seconds, script)
    megabytes = memory(running, arguments.requests, crowd_script)
    (warm, warm_mb), (last, last_mb) = megabytes[0], megabytes[-1]
    failed = sum(r.one.failed + r.eight.failed for r in rounds) + crowd.failed
    way, share = min(r.eight.beside_ms for r in rounds), max(r.eight.share for r in rounds)
    return [
        "| measured | here | aim |",
        "|---|---|---|",
        f"| processor time of a check alone | {check:.2f} ms | |",
        f"| of a trivial request (`GET /health`) | {trivial:.2f} ms | |",
        f"| of `POST /check`; 1 connection, 8 connections | {one:.2f}, {eight:.2f} ms | |",
        f"| of that beside the check | {way:.2f} ms = {way / trivial:.1f} trivial requests | at most 1 ms |",
        f"| checks a processor second, to those without requests | {check / eight:.2f} | at least 0.7 |",
        f"| share of the service's processor time that checks take | {share:.2f} | |",
        f"| p99 alone; 8 connections | {p99:.0f}, {p99_of_eight:.0f} ms: {p99_of_eight / p99:.1f} x | at most 3 |",
        f"| `/health` at 64 connections: median, p99 | {shown(health.busy)} | under 50 ms |",
        f"| of a service that nobody else asks, in the same seconds | {shown(health.idle)} | |",
        f"| memory after {warm:,} and {last:,} requests | {warm_mb:.0f}, {last_mb:.0f} MB | flat |",
        f"| answers that were not 200 | {failed} | 0 |",
    ]


def shown(times: list[float]) -> str:
    return f"{statistics.median(times):.0f}, {statistics.quantiles(times, n=100)[98]:.0f} ms"


def script_of(texts: list[str], file: Path) -> Path:
    """For wrk: these bodies, one after the other."""
    file.write_text("\n".join(texts) + "\n", encoding="utf-8")
    script = file.with_suffix(".lua")
    script.write_text(SCRIPT % file, encoding="utf-8")
    return script


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15, help="of each run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--requests", type=int, default=20_000, help="for the memory")
    arguments = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("This needs wrk. Debian: apt install wrk")
    texts = bodies()
    with TemporaryDirectory() as folder, service() as running:
        print("\n".join(table(texts, running, Path(folder), arguments)))


if __name__ == "__main__":
    main()
