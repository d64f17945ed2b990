"""Two small services in one program, by OTEL_SERVICE_NAME:

notes   POST /notes {"text", "pin"}, GET /notes/ID; asks stamps for a stamp, and publishes notes.written
stamps  POST /stamps; and handles notes.written
"""

import http.client
import itertools
import json
import os
import re
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from surroundings import ID, Config, Nats, Registration
from telemetry import CLIENT, CONSUMER, FAULTS, PRODUCER, SERVER, SERVICE, Span, exporter, log, metrics

WRITTEN = "notes.written"
numbers = itertools.count(1)


class Notes:
    def __init__(self):
        self.routes = [("POST", "/notes", self.write), ("GET", "/notes", self.all), ("GET", "/notes/{id}", self.read)]
        self.nats = Nats()
        self._notes = {}

    def write(self, body):
        note = {"id": str(next(numbers)), "text": body["text"], "stamp": self._stamp(body["text"])}
        self._notes[note["id"]] = note
        self._notes.pop(str(int(note["id"]) - 1000), None)  # it is not meant to remember for ever
        self._tell(note)
        if "log-secret" in FAULTS:
            log("INFO", f"wrote {json.dumps(body)}")
        return 201, note

    def all(self, body):
        return 200, {"notes": list(self._notes.values())[-20:]}

    def read(self, body, note):
        return (200, self._notes[note]) if note in self._notes else (404, {"title": f"no note {note}"})

    def _stamp(self, text):
        host = urlsplit(os.environ["STAMPS_URL"]).netloc
        with Span(CLIENT, "POST", {"http.request.method": "POST", "server.address": host}) as span:
            headers = {} if "no-propagation" in FAULTS else {"traceparent": span.traceparent}
            connection = http.client.HTTPConnection(host, timeout=3)
            connection.request("POST", "/stamps", json.dumps({"for": text}), headers)
            answer = connection.getresponse()
            span.attributes["http.response.status_code"] = answer.status
            stamp = json.load(answer)["stamp"]
            connection.close()
            return stamp

    def _tell(self, note):
        destination = {"messaging.system": "nats", "messaging.destination.name": WRITTEN}
        with Span(PRODUCER, f"send {WRITTEN}", {**destination, "messaging.operation.type": "send"}) as span:
            headers = {} if "no-broker-propagation" in FAULTS else {"traceparent": span.traceparent}
            self.nats.publish(WRITTEN, json.dumps({"id": note["id"]}).encode(), headers)


class Stamps:
    def __init__(self):
        self.routes = [("POST", "/stamps", self.stamp)]
        metrics.counter("messages_handled", "Messages that were handled.", {"subject": WRITTEN})
        self.nats = Nats(WRITTEN, self.written)

    def stamp(self, body):
        return 201, {"stamp": f"no. {next(numbers)}"}

    def written(self, headers, payload):
        destination = {"messaging.system": "nats", "messaging.destination.name": WRITTEN}
        kind = {**destination, "messaging.operation.type": "process"}
        with Span(CONSUMER, f"process {WRITTEN}", kind, headers.get("traceparent")) as span:
            log("INFO", f"heard of note {json.loads(payload)['id']}")
            metrics.count("messages_handled", {"subject": WRITTEN}, span=span)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer is one packet

    def handle_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.answer(json.loads(self.rfile.read(length) or b"{}"))

    do_GET = do_POST = handle_any

    def reply(self, status, body, kind="application/json"):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *ignored):
        pass


class Api(Handler):
    """Each request is a span, a line and a count."""

    def answer(self, body):
        route, act, arguments = self._route()
        begin = time.monotonic()
        attributes = {"http.request.method": self.command, "http.route": route, "url.path": self.path}
        with Span(SERVER, f"{self.command} {route}", attributes, self.headers.get("traceparent")) as span:
            try:
                status, answer = act(body, *arguments)
            except (OSError, KeyError, ValueError) as e:
                status, answer = 503, {"title": repr(e)}
            span.attributes["http.response.status_code"] = status
            span.error = status >= 500
            metrics.count(
                "http_server_requests", {"route": route, "method": self.command, "status": status}, span=span
            )
            log("INFO", f"{self.command} {route} {status} in {(time.monotonic() - begin) * 1000:.0f} ms")
        self.reply(status, answer)

    def _route(self):
        for method, route, act in role.routes:
            match = re.fullmatch(re.sub(r"\{\w+\}", "([^/]+)", route), urlsplit(self.path).path)
            if method == self.command and match:
                return route, act, match.groups()
        return "none", lambda body: (404, {"title": "nothing here"}), ()


class Admin(Handler):
    def answer(self, body):
        url = urlsplit(self.path)
        if url.path == "/metrics":
            kind = "application/openmetrics-text; version=1.0.0; charset=utf-8"
            self.reply(200, metrics.openmetrics().encode(), kind)
        elif url.path == "/config":
            self.reply(200, config.values)
        elif url.path == "/healthz":
            self.reply(200, {"alive": True})
        elif url.path == "/readyz":
            for_us = parse_qs(url.query).get("instance", [ID]) == [ID]
            ready = for_us and registration.done.is_set() and role.nats.connected.is_set()
            self.reply(200 if ready else 503, {"ready": ready})
        else:
            self.reply(404, {"title": "nothing here"})


def serve(port, handler):
    server = ThreadingHTTPServer(("0.0.0.0", port), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


stopped = threading.Event()
signal.signal(signal.SIGTERM, lambda *ignored: stopped.set())
signal.signal(signal.SIGINT, lambda *ignored: stopped.set())

role = {"notes": Notes, "stamps": Stamps}[SERVICE]()
metrics.counter(
    "http_server_requests",
    "HTTP requests, by how they ended.",
    *({"route": route, "method": method, "status": 201} for method, route, act in role.routes if method == "POST"),
)
config = Config()
serve(8080, Api)
registration = Registration()
serve(9464, Admin)
log("INFO", f"{SERVICE} serves")
stopped.wait()
registration.close()
exporter.close()
log("INFO", f"{SERVICE} stops")
sys.exit(0)
