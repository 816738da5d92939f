"""The way to the mail server is closed before a password goes through, to a server we know."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from service.notices.mailing import code_mail, hand_over
from service.notices.outcomes import Handed, NotHanded, Outcome
from service.notices.states import DeliveryProblem
from service.outgoing import MailSettings, Security
from tests.support.smtp import mail_server

pytestmark = pytest.mark.anyio


def certified(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS for 'localhost', and the file by which it is trusted."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "certificate.pem", folder / "key.pem"
    pem.write_bytes(certificate.public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    return context, pem


@pytest.mark.parametrize(
    ("password", "trusted", "outcome"),
    [
        ("right", True, Handed()),
        ("wrong", True, NotHanded(DeliveryProblem.REFUSED, again=True)),
        ("right", False, NotHanded(DeliveryProblem.UNREACHABLE, again=True)),
    ],
)
async def test_the_password_goes_through_tls_to_a_server_that_is_known(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    password: str,
    trusted: bool,
    outcome: Outcome,
) -> None:
    context, pem = certified(tmp_path)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    async with mail_server(tls=context, password="right") as server:
        mail = MailSettings(
            host="localhost",
            port=server.port,
            security=Security.STARTTLS,
            sender="rounds@example.be",
            user="rounds",
            password=password,
        )
        message = code_mail("123456", to="amina@example.org", account=1, mail=mail)
        assert await asyncio.to_thread(hand_over, message, mail) == outcome
    assert len(server.taken) == (outcome == Handed())
    assert ("AUTH" in server.seen) is trusted, "no password to a server that is not known"
