"""What the guide counts for Prometheus: numbers from closed lists, never words, ids or addresses."""

from __future__ import annotations

from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from safeguarding.store import EscalationStore

FALLBACKS = frozenset({"not_understood", "out_of_scope", "which_one", "service_problem"})
"""Answers that say that the guide did not know, or could not."""

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.2, 5.0)
"""Bounds of the latency: the deadline of a turn, 3.2 s, is one of them."""


class Counters:
    """The counters of one server process, in a registry of their own."""

    def __init__(self, store: EscalationStore) -> None:
        """Make them; the length of the spool is read when somebody asks."""
        self.registry = CollectorRegistry()
        self._messages = self._counter("guide_messages", "Messages answered, typed or chosen.", "kind")
        self._answers = self._counter("guide_answers", "Answers given, by id.", "answer")
        self._fallbacks = self._counter("guide_fallbacks", "Answers that say that the guide did not know.", "answer")
        self._hand_offs = self._counter("guide_hand_offs", "Hand-offs counted, by route.", "route")
        self._refusals = self._counter("guide_refusals", "Requests refused, by code.", "code")
        self._emergencies = Counter("guide_emergencies", "Replies that lead with the emergency answer.", registry=self.registry)
        self._faults = Counter("guide_faults", "Requests in which something broke.", registry=self.registry)
        self._seconds = Histogram("guide_reply_seconds", "Seconds from request to reply.", buckets=SECONDS, registry=self.registry)
        spool = Gauge("guide_spool_lines", "Hand-offs on disk or in memory that wait for the database.", registry=self.registry)
        spool.set_function(store.waiting)
        Gauge("guide_started_seconds", "When this process started, in seconds since 1970.", registry=self.registry).set_to_current_time()
        faults = Gauge("guide_record_faults", "Faults of spool or database since the start.", registry=self.registry)
        faults.set_function(lambda: store.faults)
        lost = Gauge("guide_record_lost", "Hand-offs lost since the start: neither disk nor memory took them.", registry=self.registry)
        lost.set_function(lambda: store.lost)

    def count_reply(self, kind: str, reply: dict[str, Any], seconds: float) -> None:
        """One message was answered; `kind` is “text” or “choice”."""
        self._messages.labels(kind).inc()
        self._seconds.observe(seconds)
        for answer in (message["answer"] for message in reply["messages"]):
            self._answers.labels(answer).inc()
            if answer in FALLBACKS:
                self._fallbacks.labels(answer).inc()
        if reply["emergency"]:
            self._emergencies.inc()

    def count_hand_off(self, route: str) -> None:
        """One hand-off is on disk."""
        self._hand_offs.labels(route).inc()

    def count_refusal(self, code: str) -> None:
        """One request was refused."""
        self._refusals.labels(code).inc()

    def count_fault(self) -> None:
        """One request broke and got the contacts."""
        self._faults.inc()

    def page(self) -> bytes:
        """All of them in the text format of Prometheus."""
        return generate_latest(self.registry)

    def _counter(self, name: str, what: str, label: str) -> Counter:
        return Counter(name, what, (label,), registry=self.registry)
