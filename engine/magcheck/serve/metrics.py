"""What is counted? How many requests, how long they took, how many reports were complete; no person."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.metrics_core import Metric

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Environment variable: where several processes keep their figures, so that each can tell all of them."""
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "magcheck_requests", "Answered requests.", ["method", "route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "magcheck_request_seconds",
            "From the head of a request to the end of its answer.",
            ["route"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._reports = Counter(
            "magcheck_reports",
            "Reports, by whether everything could be checked.",
            ["complete"],
            registry=self._registry,
        )
        self._work = Counter(
            "magcheck_work_processor_seconds",
            "Processor time of checks and plans; what the process took besides is the way of requests.",
            ["pool"],
            registry=self._registry,
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def reported(self, *, complete: bool) -> None:
        self._reports.labels(str(complete).lower()).inc()

    def worked(self, pool: str, seconds: float) -> None:
        self._work.labels(pool).inc(seconds)

    def text(self, rules: tuple[str, str] | None) -> bytes:
        """Everything in the text format of Prometheus. `rules`: their version and digest; None: not ready."""
        registry = self._registry
        if os.environ.get(SHARED_FOLDER):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        standing = CollectorRegistry()
        standing.register(_Standing(rules))
        return generate_latest(registry) + generate_latest(standing)


class _Standing(Collector):
    """Is this process ready, and with which rules?"""

    def __init__(self, rules: tuple[str, str] | None) -> None:
        self._rules = rules

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily(
            "magcheck_ready", "1 where there are usable rules.", value=float(bool(self._rules))
        )
        if self._rules:
            info = GaugeMetricFamily("magcheck_rules", "The rules in use.", labels=["version", "digest"])
            info.add_metric(self._rules, 1)
            yield info
