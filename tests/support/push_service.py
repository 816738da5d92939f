"""A push service and a browser for tests: takes pushes on a real socket, and can read them."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

POINT = (Encoding.X962, PublicFormat.UncompressedPoint)


@dataclass
class Received:
    """One push as the push service got it."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """Answers 201 until told otherwise."""

    port: int = 0
    status: int = 201
    received: list[Received] = field(default_factory=list)

    def endpoint(self, name: str = "browser-1") -> str:
        return f"http://127.0.0.1:{self.port}/push/{name}?v=1"


@dataclass
class TestBrowser:
    """The keys of a browser, and how it reads what was encrypted for it."""

    __test__ = False
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    secret: bytes = b"0123456789abcdef"

    @property
    def public_key(self) -> bytes:
        return self.key.public_key().public_bytes(*POINT)

    def read(self, body: bytes) -> bytes:
        """Decrypt as RFC 8291 and RFC 8188 tell a browser to."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        theirs, content = body[21 : 21 + length], body[21 + length :]
        assert len(body) <= size
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        )
        info = b"WebPush: info\0" + self.public_key + theirs
        material = _derived(shared, salt=self.secret, info=info, length=32)
        key = _derived(material, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
        nonce = _derived(material, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
        padded = AESGCM(key).decrypt(nonce, content, None)
        assert padded.endswith(b"\2"), "the last record ends with its delimiter"
        return padded[:-1]

    def read_json(self, body: bytes) -> Any:
        return json.loads(self.read(body))


def _derived(material: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(material)


@contextmanager
def push_service() -> Iterator[PushService]:
    """A push service on a port of its own."""
    service = PushService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.received.append(Received(self.path, dict(self.headers), body))
            self.send_response(service.status)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
