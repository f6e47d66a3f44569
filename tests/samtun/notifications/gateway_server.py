"""A real HTTP gateway on 127.0.0.1 that can be told to lose answers, answer late, twice, 5xx, 429, or reset."""

import json
import random
import socket
import struct
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class GatewayServer:
    """`mode` holds for the posts that come; look-ups are answered unless the whole gateway is `down`.

    `got` counts what it has taken, by reference: more than one is a second SMS on somebody's telephone.
    """

    def __init__(self, *, late=0.5, seed=7):
        self.mode, self.late, self.random = "ok", late, random.Random(seed)
        self.got, self.texts, self.posts, self.asked = Counter(), {}, Counter(), Counter()
        self.in_hand = Counter()  # by the first part of the path: what a caller waits for an answer about
        self.lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args):
                pass

            def do_POST(self):
                outer.post(self)

            def do_GET(self):
                outer.look_up(self)

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, request, client_address):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)

    def take(self, told):
        with self.lock:
            self.got[told["reference"]] += 1
            self.texts[told["reference"]] = told["text"]

    def post(self, handler):
        told = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        reference = told["reference"]
        with self.lock:
            self.posts[reference] += 1
            first = self.posts[reference] == 1
            dice = self.random.random()
        if handler.headers["Authorization"] != "Bearer a token of twenty-four signs":
            return self.answer(handler, 401, {})
        mode = self.mode if first or dice < 0.2 else "ok"  # troubles pass
        return getattr(self, f"_{mode}")(handler, told)

    def _ok(self, handler, told):
        self.take(told)
        self.answer(handler, 202, {"id": told["reference"][-8:]})

    def _thinking(self, handler, told):
        """Taken at once; the answer takes a moment, in which the caller may die."""
        caller = handler.path.split("/")[1]
        self.take(told)
        with self.lock:
            self.in_hand[caller] += 1
        time.sleep(0.05)
        with self.lock:
            self.in_hand[caller] -= 1
        self.answer(handler, 202, {"id": told["reference"][-8:]})

    def _lost(self, handler, told):
        """Taken, but the answer never comes."""
        self.take(told)
        self.hang_up(handler)

    def _late(self, handler, told):
        """Taken at once; the answer comes after the caller has given up."""
        self.take(told)
        time.sleep(self.late)
        self.answer(handler, 202, {"id": "late"})

    def _slow(self, handler, told):
        """Nothing happens until the caller has given up; then it is taken after all."""
        time.sleep(self.late)
        self.take(told)
        self.answer(handler, 202, {"id": "slow"})

    def _twice(self, handler, told):
        """Taken, and the same answer is written twice."""
        self.take(told)
        self.answer(handler, 202, {"id": "twice"})
        self.answer(handler, 202, {"id": "twice"})

    def _broken(self, handler, told):
        """5xx: half of them had taken it."""
        if int(told["reference"][-1], 16) % 2:
            self.take(told)
        self.answer(handler, 503, {})

    def _busy(self, handler, told):
        self.answer(handler, 429, {}, {"Retry-After": "1"})

    def _reset(self, handler, told):
        """Half of them had taken it before the connection was reset."""
        if int(told["reference"][-1], 16) % 2:
            self.take(told)
        self.hang_up(handler, reset=True)

    def look_up(self, handler):
        reference = handler.path.rsplit("/", 1)[1]
        with self.lock:
            self.asked[reference] += 1
            known = self.got[reference] > 0
        self.answer(handler, 200 if known else 404, {"reference": reference})

    def answer(self, handler, status, told, headers=None):
        body = json.dumps(told).encode()
        try:
            handler.send_response(status)
            for name, value in (headers or {}).items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)
            handler.wfile.flush()
        except OSError:
            handler.close_connection = True

    def hang_up(self, handler, *, reset=False):
        handler.close_connection = True
        if reset:
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.shutdown(socket.SHUT_RDWR) if not reset else None
        handler.connection.close()
