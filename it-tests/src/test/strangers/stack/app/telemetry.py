"""Spans, log lines and metrics, by hand: what any tracing, logging and metrics library would do.

FAULT names what shall go wrong, for tests; several are separated by commas.
"""

import contextvars
import itertools
import json
import os
import queue
import secrets
import sys
import threading
import time
import urllib.request

SERVICE = os.environ["OTEL_SERVICE_NAME"]
FAULTS = set(filter(None, os.environ.get("FAULT", "").split(",")))
SERVER, CLIENT, PRODUCER, CONSUMER = 2, 3, 4, 5

_current = contextvars.ContextVar("span", default=None)


def now():
    """Seconds since 1970, by this service's own clock."""
    return time.time() + (120 if "clock-skew" in FAULTS else 0)


def log(level, message, **fields):
    """One ECS line on standard output, with the span that it was written in."""
    at = now()
    line = {
        "@timestamp": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(at)) + ".%03dZ" % (at % 1 * 1000),
        "log.level": level,
        "message": message,
        "service.name": SERVICE,
        **fields,
    }
    span = _current.get()
    if span and "no-trace-ids" not in FAULTS:
        span_id = secrets.token_hex(8) if "wrong-span-ids" in FAULTS else span.span_id
        line |= {"trace.id": span.trace_id, "span.id": span_id}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


class Span:
    """A span while it lasts: `with Span(CLIENT, "GET /x") as span:`. Without a remote parent it belongs to the
    span that it is begun in."""

    def __init__(self, kind, name, attributes=None, traceparent=None):
        self.kind, self.name, self.attributes, self.error = kind, name, attributes or {}, False
        parts = (traceparent or "").split("-")
        around = _current.get()
        if len(parts) == 4 and len(parts[1]) == 32 and len(parts[2]) == 16:
            self.trace_id, self.parent_id = parts[1], parts[2]
        elif around:
            self.trace_id, self.parent_id = around.trace_id, around.span_id
        else:
            self.trace_id, self.parent_id = secrets.token_hex(16), ""
        self.span_id = secrets.token_hex(8)

    @property
    def traceparent(self):
        return f"00-{self.trace_id}-{self.span_id}-01"

    def __enter__(self):
        self.start = now()
        self._token = _current.set(self)
        return self

    def __exit__(self, kind, error, stack):
        _current.reset(self._token)
        self.end = now()
        self.error = self.error or error is not None
        exporter.ended(self)

    def otlp(self):
        return {
            "traceId": self.trace_id,
            "spanId": self.span_id,
            "parentSpanId": self.parent_id,
            "kind": self.kind,
            "name": self.name,
            "startTimeUnixNano": str(int(self.start * 1e9)),
            "endTimeUnixNano": str(int(self.end * 1e9)),
            "attributes": _attributes(self.attributes),
            "status": {"code": 2} if self.error else {},
        }


def _attributes(values):
    return [
        {"key": key, "value": {"intValue": str(v)} if isinstance(v, int) else {"stringValue": str(v)}}
        for key, v in values.items()
    ]


class Metrics:
    """Counters, each with the trace that made it rise last as its exemplar."""

    def __init__(self):
        self._lock = threading.Lock()
        self._help = {}
        self._values = {}
        self._exemplars = {}

    def counter(self, name, text, *series):
        """Declares a counter, and shows these series as zero, so that the first event is a rise."""
        with self._lock:
            self._help[name] = text
            for labels in series:
                self._values[name, self._key(labels)] = 0

    def count(self, name, labels, by=1, span=None):
        with self._lock:
            key = name, self._key(labels)
            self._values[key] = self._values.get(key, 0) + by
            if span:
                if "wrong-exemplars" in FAULTS:
                    span = Span(1, "", traceparent=f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01")
                self._exemplars[key] = f'# {{trace_id="{span.trace_id}",span_id="{span.span_id}"}} {by}'

    @staticmethod
    def _key(labels):
        return ",".join(f'{name}="{value}"' for name, value in {"service": SERVICE, **labels}.items())

    def openmetrics(self):
        lines = ["# TYPE process_start_time_seconds gauge", f"process_start_time_seconds {STARTED}"]
        with self._lock:
            for name, text in self._help.items():
                if name == "http_server_requests" and "metric-missing" in FAULTS:
                    continue
                lines += [f"# TYPE {name} counter", f"# HELP {name} {text}"]
                for (of, labels), value in self._values.items():
                    if of == name:
                        exemplar = "" if "no-exemplars" in FAULTS else self._exemplars.get((of, labels), "")
                        lines.append(f"{name}_total{{{labels}}} {value} {exemplar}".rstrip())
        return "\n".join(lines + ["# EOF", ""])


class Exporter:
    """Sends spans that ended to an OTLP/HTTP endpoint, a fifth of a second's worth at a time."""

    def __init__(self, endpoint):
        self._url = endpoint + "/v1/traces"
        self._queue = queue.Queue(4096)
        self._made = 0
        self._sent = itertools.count(1)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def ended(self, span):
        if "makes-no-spans" in FAULTS:
            return
        metrics.count("otel_sdk_span_ended", {})
        self._made += 1
        if "exports-no-spans" in FAULTS or ("drop-tenth" in FAULTS and self._made % 10 == 0):
            return
        self._queue.put(span)

    def close(self):
        self._queue.put(None)
        self._thread.join(2)

    def _run(self):
        more = True
        while more:
            batch = [self._queue.get()]
            until = time.monotonic() + 0.2
            while batch[-1] is not None and time.monotonic() < until:
                try:
                    batch.append(self._queue.get(timeout=max(0.001, until - time.monotonic())))
                except queue.Empty:
                    break
            more = batch[-1] is not None
            spans = [span for span in batch if span is not None]
            if spans:
                sent = self._send(spans)
                metrics.count("otel_sdk_exporter_span_exported", {"result": "success" if sent else "failure"}, len(spans))

    def _send(self, spans):
        if "lose-tenth" in FAULTS:
            spans = [span for span in spans if next(self._sent) % 10]
        resource = {"service.name": SERVICE, "service.instance.id": os.uname().nodename}
        body = {
            "resourceSpans": [
                {
                    "resource": {"attributes": _attributes(resource)},
                    "scopeSpans": [{"scope": {"name": "stranger"}, "spans": [span.otlp() for span in spans]}],
                }
            ]
        }
        request = urllib.request.Request(self._url, json.dumps(body).encode(), {"Content-Type": "application/json"})
        for attempt in range(4):
            try:
                urllib.request.urlopen(request, timeout=2).close()
                return True
            except OSError as e:
                why = e
                time.sleep(0.1 * 2**attempt)
        log("WARN", f"{len(spans)} spans lost: {why}")
        return False


STARTED = time.time()
metrics = Metrics()
metrics.counter("otel_sdk_span_ended", "Spans that ended.", {})
metrics.counter(
    "otel_sdk_exporter_span_exported", "Spans that were sent.", {"result": "success"}, {"result": "failure"}
)
exporter = Exporter(os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"])
