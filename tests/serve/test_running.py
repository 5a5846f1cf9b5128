"""The service as a process: it finishes what it holds, ends when told twice, and survives a dead worker."""

from __future__ import annotations

import os
import re
import signal
import socket
import statistics
import threading
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from magcheck import Profile
from tests.serve.calling import JSON
from tests.serve.running import PATIENCE_SECONDS, service
from tests.support import child

if TYPE_CHECKING:
    from pathlib import Path

    from magcheck import Checker

pytestmark = pytest.mark.thorough
HEAD = b"POST /check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
BODY = b'{"medications": ["cipro"], "supplements": ["magnesium citrate 200 mg"]}'


def _asking(url: str, answers: list[object], stop: threading.Event) -> None:
    """Ask until told to stop, and keep the status of each answer, or the kind of what went wrong."""
    with httpx.Client(base_url=url, timeout=PATIENCE_SECONDS) as client:
        while not stop.is_set():
            try:
                answers.append(client.post("/check", content=BODY, headers=JSON).status_code)
            except httpx.HTTPError as error:
                answers.append(type(error).__name__)
                time.sleep(0.05)


def _crowd(url: str, many: int, stop: threading.Event) -> tuple[list[threading.Thread], list[object]]:
    answers: list[object] = []
    threads = [threading.Thread(target=_asking, args=(url, answers, stop), daemon=True) for _ in range(many)]
    for thread in threads:
        thread.start()
    return threads, answers


def test_it_answers_as_the_library_does_and_ends_when_told(checker: Checker) -> None:
    with service() as running:
        response = httpx.post(f"{running.url}/check", content=BODY, headers=JSON, timeout=PATIENCE_SECONDS)
        assert response.content == checker.check(Profile.model_validate_json(BODY)).model_dump_json().encode()
        assert "server" not in response.headers
        running.process.terminate()
        assert running.end() in (0, -signal.SIGTERM)


def test_the_first_sigterm_finishes_what_is_held() -> None:
    with service() as running:
        host, port = running.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as held:
            held.sendall(HEAD % len(BODY) + BODY[:10])
            httpx.get(f"{running.url}/health", timeout=PATIENCE_SECONDS)  # by now the head was read
            running.process.terminate()
            time.sleep(0.5)
            with pytest.raises(OSError):  # noqa: PT011 - refused or reset
                socket.create_connection((host, int(port)), timeout=2).recv(1)
            held.sendall(BODY[10:])
            assert held.recv(100).startswith(b"HTTP/1.1 200")
        assert running.end() in (0, -signal.SIGTERM)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_second_sigterm_ends_at_once(workers: str) -> None:
    with service("--workers", workers) as running:
        host, port = running.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as held:
            held.sendall(HEAD % 99 + b"{")
            httpx.get(f"{running.url}/health", timeout=PATIENCE_SECONDS)
            running.process.terminate()
            time.sleep(1)
            assert running.process.poll() is None
            running.process.terminate()
            assert running.end(20) == 128 + signal.SIGTERM


def test_a_killed_worker_loses_only_what_it_held_and_is_replaced() -> None:
    with service("--workers", "2") as running:
        until = time.monotonic() + PATIENCE_SECONDS
        while len(running.workers()) < 2 and time.monotonic() < until:
            time.sleep(0.1)
        stop = threading.Event()
        threads, answers = _crowd(running.url, 6, stop)
        time.sleep(2)
        os.kill(min(running.workers()), signal.SIGKILL)
        while len(running.workers()) < 3 and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(1)
        stop.set()
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
        failed = [answer for answer in answers if answer != 200]
        assert len(running.workers()) == 3
        assert len(failed) <= len(threads)
        assert set(failed) <= {"ReadError", "RemoteProtocolError", "ConnectError", "WriteError"}
        assert answers.count(200) > len(threads)
        text = httpx.get(f"{running.url}/metrics", timeout=PATIENCE_SECONDS).text
        (counted,) = re.findall(r'requests_total\{method="POST",route="/check",status="200"\} (\d+)', text)
        assert int(counted) >= answers.count(200)  # of both processes, and of the dead one


def test_health_answers_while_all_places_are_taken() -> None:
    with service() as running:
        stop = threading.Event()
        threads, answers = _crowd(running.url, 24, stop)
        times: list[float] = []
        with httpx.Client(base_url=running.url, timeout=PATIENCE_SECONDS) as client:
            for _ in range(30):
                began = time.perf_counter()
                assert client.get("/health").status_code == 200
                times.append(time.perf_counter() - began)
                time.sleep(0.05)
        stop.set()
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
        assert set(answers) == {200}
        checks = [event["ms"] / 1000 for event in running.events() if event.get("route") == "/check"]
        assert statistics.median(times) < statistics.median(
            checks
        )  # a ratio; the time itself is measured elsewhere


def test_a_head_without_end_and_what_is_no_http_are_refused() -> None:
    with service() as running:
        host, port = running.url.removeprefix("http://").split(":")
        for sent, status in (
            (b"GET / HTTP/1.1\r\nX: " + b"a" * 100_000, b"431"),
            (b"\x16\x03\x01\r\n\r\n", b"400"),
        ):
            with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as connection:
                connection.sendall(sent)
                answer = connection.recv(1000)
            assert answer.split(b" ")[1] == status
            assert b"application/problem+json" in answer
        assert httpx.get(f"{running.url}/health", timeout=PATIENCE_SECONDS).status_code == 200


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--port", "0", "--host", "256.1.1.1"], "cannot be listened on"),
        (["--token-file", "nowhere"], "the token cannot be read"),
        (["--workers", "0"], "--workers"),
        (["--port", "70000"], "--port"),
        (["--rules", "a", "--only-rules", "b"], "Write one of them"),
    ],
)
def test_wrong_options_end_with_a_sentence(options: list[str], says: str) -> None:
    done = child("-m", "magcheck.cli.start", "serve", *options)
    assert done.returncode == 2
    assert says in done.stderr


def test_a_short_token_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "token"
    for token in ("", "short", "two words of which each is long enough"):
        file.write_text(token, encoding="ascii")
        done = child("-m", "magcheck.cli.start", "serve", "--token-file", str(file))
        assert done.returncode == 2
        assert "openssl rand" in done.stderr


def test_without_the_extra_a_sentence_says_how_to_get_it() -> None:
    blocked = "import sys; sys.modules['uvicorn'] = None; from magcheck.cli.app import main; main(['serve'])"
    done = child("-c", blocked)
    assert done.returncode == 2
    assert done.stderr.strip() == "To get the web service, install what it needs: pip install 'magcheck[serve]'"


@pytest.mark.parametrize(("command", "run"), [("serve", "serve.run.run"), ("mcp", "mcp.run.run_stdio")])
def test_what_lives_long_collects_its_garbage(command: str, run: str) -> None:
    """Without it each request leaves 5 kB behind; `make serve-benchmark` measures the memory itself."""
    module, _, name = f"magcheck.{run}".rpartition(".")
    watching = f"import gc, {module} as listening; listening.{name} = lambda *_: print(gc.isenabled())"
    done = child("-c", f"{watching}; from magcheck.cli.app import main; main(['{command}'])")
    assert (done.returncode, done.stdout) == (0, "True\n"), done.stderr
