"""Consul and NATS, each spoken to in its own plain protocol."""

import base64
import json
import os
import socket
import threading
import time
import urllib.error
import urllib.request

from telemetry import FAULTS, SERVICE, log

CONSUL = os.environ["CONSUL_URL"]
HOST = os.uname().nodename
ID = f"{SERVICE}-{HOST}"


class Registration:
    """Enters this service into Consul once, and takes it out at the end."""

    def __init__(self):
        self.done = threading.Event()
        threading.Thread(target=self._enter, daemon=True).start()

    def _enter(self):
        entry = {
            "ID": ID,
            "Name": SERVICE + ("-elsewhere" if "registers-elsewhere" in FAULTS else ""),
            "Address": socket.gethostbyname(HOST),
            "Port": 8080,
            "Check": {
                "HTTP": f"http://{socket.gethostbyname(HOST)}:9464/readyz?instance={ID}",
                "Interval": "1s",
                "Timeout": "1s",
                "Status": "passing",
                "DeregisterCriticalServiceAfter": "1m",
            },
        }
        while not self.done.is_set():
            try:
                _put("/v1/agent/service/register", json.dumps(entry).encode())
                self.done.set()
                log("INFO", f"registered as {ID}")
            except OSError as e:
                log("WARN", f"consul does not answer, trying on: {e}")
                time.sleep(1)

    def close(self):
        try:
            _put(f"/v1/agent/service/deregister/{ID}")
        except OSError as e:
            log("WARN", f"not taken out of the registry: {e}")


class Config:
    """The service's keys in Consul's key-value store, as they are now."""

    def __init__(self):
        self.values = {}
        if "kv-deaf" not in FAULTS:
            threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self):
        prefix, index = f"config/{SERVICE}/", "0"
        while True:
            try:
                answer = _ask(f"/v1/kv/{prefix}?recurse&wait=30s&index={index}")
                index = answer.headers["X-Consul-Index"]
                entries = json.load(answer) if answer.status == 200 else []
                self.values = {
                    e["Key"].removeprefix(prefix): base64.b64decode(e["Value"] or "").decode() for e in entries
                }
            except OSError:
                index = "0"
                time.sleep(1)


def _put(path, body=b""):
    urllib.request.urlopen(urllib.request.Request(CONSUL + path, body, method="PUT"), timeout=3).close()


def _ask(path):
    try:
        return urllib.request.urlopen(CONSUL + path, timeout=40)
    except urllib.error.HTTPError as e:
        if e.code == 404:  # no key at all
            return e
        raise


class Nats:
    """One connection to NATS that comes back by itself; messages have headers."""

    def __init__(self, subject=None, on_message=None):
        self.connected = threading.Event()
        self._subject, self._on_message = subject, on_message
        self._lock = threading.Lock()
        threading.Thread(target=self._keep, daemon=True).start()

    def publish(self, subject, payload, headers):
        head = ("NATS/1.0\r\n" + "".join(f"{k}: {v}\r\n" for k, v in headers.items()) + "\r\n").encode()
        if not self.connected.wait(2):
            raise OSError("nats does not answer")
        self._send(f"HPUB {subject} {len(head)} {len(head) + len(payload)}\r\n".encode() + head + payload + b"\r\n")

    def _send(self, data):
        with self._lock:
            self._socket.sendall(data)

    def _keep(self):
        host, port = os.environ["NATS_ADDRESS"].split(":")
        while True:
            try:
                self._socket = socket.create_connection((host, int(port)), timeout=3)
                self._socket.settimeout(None)
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._listen(self._socket.makefile("rb"))
            except (OSError, ValueError) as e:
                log("WARN", f"nats went away, trying on: {e}")
            self.connected.clear()
            time.sleep(1)

    def _listen(self, stream):
        while line := stream.readline():
            word, *words = line.decode().split()
            if word == "INFO":
                hello = {"verbose": False, "pedantic": False, "headers": True, "name": SERVICE, "lang": "python", "version": "1"}
                self._send(b"CONNECT " + json.dumps(hello).encode() + b"\r\n")
                if self._subject:
                    self._send(f"SUB {self._subject} {SERVICE} 1\r\n".encode())
                self._send(b"PING\r\n")
            elif word == "PONG":
                self.connected.set()
            elif word == "PING":
                self._send(b"PONG\r\n")
            elif word in ("MSG", "HMSG"):
                data = stream.read(int(words[-1]))
                stream.read(2)
                head = int(words[-2]) if word == "HMSG" else 0
                self._on_message(_headers(data[:head].decode()), data[head:])
            elif word == "-ERR":
                raise OSError(line.decode().strip())
        raise OSError("it closed the connection")


def _headers(text):
    pairs = (line.partition(":") for line in text.split("\r\n")[1:] if line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
