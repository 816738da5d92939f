"""Web Push: a payload that only the browser can read (RFC 8291), signed by us (RFC 8292).

The push service learns that a browser of somebody gets something, how long that is of use and how
urgent it is: nothing else.
"""

import base64
import http.client
import json
import os
import ssl
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from service.notices.outcomes import Handed, NotHanded, Outcome
from service.notices.states import DeliveryProblem

SECONDS = 15
CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_RECORD = 4096
MOST_BYTES = _RECORD - 86 - 17  # of the body: its header, the tag and the delimiter
_TOKEN_HOLDS = timedelta(hours=12)
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a browser is reached, and the keys it gave with that."""

    endpoint: str = field(repr=False)
    public_key: bytes = field(repr=False)
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Push:
    """What is sent: at most some hundred bytes, of use for `seconds`; one per `topic` waits."""

    payload: bytes = field(repr=False)
    seconds: int
    urgent: bool
    topic: str


def signing_key(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the installation's key for push services, always the same for its 32-byte secret."""
    return ec.derive_private_key(int.from_bytes(secret, "big") % (_ORDER - 1) + 1, CURVE)


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the 65 bytes by which browsers and push services know a key."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def push(
    message: Push,
    browser: Browser,
    *,
    key: ec.EllipticCurvePrivateKey,
    contact: str,
    now: datetime,
) -> Outcome:
    """Hand a push to the browser's push service; blocks for some seconds, raises nothing.

    `contact` is an address by which a push service reaches whoever runs this: mailto: or https:.
    """
    parts = urlsplit(browser.endpoint)
    headers = {
        "Authorization": authorization(browser.endpoint, key=key, contact=contact, now=now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(message.seconds),
        "Topic": message.topic,
        "Urgency": "high" if message.urgent else "normal",
    }
    try:
        body = encrypted(message.payload, browser)
        connection = _connection(parts.scheme, parts.netloc)
        try:
            target = f"{parts.path}?{parts.query}" if parts.query else parts.path
            connection.request("POST", target, body=body, headers=headers)
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, http.client.HTTPException):
        return NotHanded(DeliveryProblem.UNREACHABLE, again=True)
    except ValueError:  # a key that is no point of the curve
        return NotHanded(DeliveryProblem.GONE, again=False)
    return _outcome(status)


def encrypted(
    payload: bytes,
    browser: Browser,
    *,
    key: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Return the body of a push: one record of aes128gcm for the browser alone.

    `key` and `salt` are made anew each time; a test gives those of the RFC. Raises `ValueError`
    for a public key that is none, or a payload that is too long for one record.
    """
    if len(payload) > MOST_BYTES:
        raise ValueError(f"a push holds at most {MOST_BYTES} bytes, not {len(payload)}")
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, browser.public_key)
    key = key or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(16)
    ours = public_bytes(key)
    shared = _extracted(key.exchange(ec.ECDH(), theirs), salt=browser.secret)
    material = _expanded(shared, b"WebPush: info\0" + browser.public_key + ours, length=32)
    pseudorandom = _extracted(material, salt=salt)
    content_key = _expanded(pseudorandom, b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _expanded(pseudorandom, b"Content-Encoding: nonce\0", length=12)
    header = salt + _RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return header + AESGCM(content_key).encrypt(nonce, payload + b"\2", None)


def authorization(
    endpoint: str, *, key: ec.EllipticCurvePrivateKey, contact: str, now: datetime
) -> str:
    """Return the header that tells a push service who sends: a token for its host alone."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + _TOKEN_HOLDS).timestamp()),
        "sub": contact,
    }
    signed = ".".join(
        base64url(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims)
    )
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    signature = base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={base64url(public_bytes(key))}"


def base64url(content: bytes) -> str:
    """Return bytes as browsers write them: base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Return the bytes of such a text; raises `ValueError`."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _extracted(material: bytes, *, salt: bytes) -> bytes:
    mac = hmac.HMAC(salt, hashes.SHA256())
    mac.update(material)
    return mac.finalize()


def _expanded(material: bytes, info: bytes, *, length: int) -> bytes:
    return HKDFExpand(algorithm=hashes.SHA256(), length=length, info=info).derive(material)


def _connection(scheme: str, host: str) -> http.client.HTTPConnection:
    if scheme == "http":  # only ever this machine: `browsers` refuses others
        return http.client.HTTPConnection(host, timeout=SECONDS)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(host, timeout=SECONDS, context=context)


def _outcome(status: int) -> Outcome:
    if 200 <= status < 300:
        return Handed()
    if status in _GONE:
        return NotHanded(DeliveryProblem.GONE, again=False)
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500:
        return NotHanded(DeliveryProblem.PUT_OFF, again=True)
    return NotHanded(DeliveryProblem.REFUSED, again=False)
