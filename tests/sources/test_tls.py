"""Only a server that proves its name is spoken to, and no handshake holds a visit up."""

import contextlib
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sources.capture import Capture
from sources.guard import Guard
from sources.http.limits import Limits
from sources.web import Failure, NotModified, Web, WebRequest, fetch_web, open_web
from tests.sources.hostile_answers import BEHAVIOURS, BODY
from tests.sources.hostile_server import HostileServer, whole
from tests.sources.patience import HASTY, PATIENT


def new_web(port: int, folder: Path, ca_file: str | None = None, limits: Limits = PATIENT) -> Web:
    guard = Guard(allowed=frozenset({("127.0.0.1", port)}))
    return open_web(folder, contact="", guard=guard, limits=limits, pace=0.0, draw=lambda: 0.0, ca_file=ca_file)


def visit(url: str, web: Web) -> Capture | NotModified | Failure:
    return fetch_web(WebRequest(url, "test", "ref", "name"), web)


@dataclass(frozen=True)
class Authority:
    """A certificate authority of the test's own; `issue` writes a server's key and certificate."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def file(self) -> str:
        path = self.folder / "authority.pem"
        path.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        return str(path)

    def issue(self, *, address: str = "127.0.0.1", ends: int = 1) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = build(key, self.certificate.subject, self.key, ends, address)
        path = self.folder / f"{address}-{ends}.pem"
        pem = serialization.Encoding.PEM
        secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        path.write_bytes(secret + certificate.public_bytes(pem))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def build(
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    signer: ec.EllipticCurvePrivateKey,
    ends: int,
    address: str | None = None,
) -> x509.Certificate:
    """A certificate for a server at `address`, or for an authority, strict enough for any OpenSSL (RFC 5280)."""
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().issuer_name(issuer).public_key(key.public_key())
    builder = builder.subject_name(named(address) if address else issuer)
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=30)).not_valid_after(now + timedelta(days=ends))
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    known = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    builder = builder.add_extension(known, critical=False)
    if address is None:
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        builder = builder.add_extension(usage, critical=True)
    else:
        names = [x509.IPAddress(ipaddress.ip_address(address))]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(signer, hashes.SHA256())


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def found_authority(folder: Path) -> Authority:
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    return Authority(folder, key, build(key, named("authority"), key, 365))


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return found_authority(tmp_path / "authority")


def test_a_trusted_server_is_read_over_tls(authority: Authority, tmp_path: Path) -> None:
    server = HostileServer(BEHAVIOURS, tls=authority.issue())
    web = new_web(server.port, tmp_path / "hosts", authority.file)

    capture = visit(server.url("/fine"), web)
    again = visit(server.url("/fine_chunked"), web)

    web.close()
    server.close()
    assert isinstance(capture, Capture) and capture.body == BODY
    assert isinstance(again, Capture) and again.body == b"hello"
    assert server.connections == 1


def _handshake(kind: str) -> Callable[[socket.socket], None]:
    def silent(sock: socket.socket) -> None:
        while sock.recv(4_096):
            pass

    def hangs_up(sock: socket.socket) -> None:
        sock.recv(4_096)

    def plain(sock: socket.socket) -> None:
        sock.recv(4_096)
        sock.sendall(whole(BODY))

    def drips(sock: socket.socket) -> None:
        sock.recv(4_096)
        while True:  # until whoever asked has gone
            sock.sendall(b"\x16")
            time.sleep(0.1)

    return {"silent": silent, "hangs_up": hangs_up, "plain_http": plain, "drips": drips}[kind]


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("expired", "expired"),
        ("another name", "mismatch"),
        ("unknown authority", "certificate"),
        ("default trust", "certificate"),
    ],
)
def test_a_certificate_that_proves_nothing(kind: str, why: str, authority: Authority, tmp_path: Path) -> None:
    address = "127.0.0.9" if kind == "another name" else "127.0.0.1"
    server = HostileServer(BEHAVIOURS, tls=authority.issue(address=address, ends=-1 if kind == "expired" else 1))
    trusted = found_authority(tmp_path / "other") if kind == "unknown authority" else authority
    web = new_web(server.port, tmp_path / "hosts", None if kind == "default trust" else trusted.file)

    result = visit(server.url("/fine"), web)

    web.close()
    server.close()
    assert isinstance(result, Failure) and why in result.reason
    assert server.hits == [], "nothing was said to a stranger"
    assert server.connections == 1, "a bad certificate is not tried again"


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("silent", "handshake was not finished"),
        ("drips", "TLS"),
        ("hangs_up", "TLS handshake|connection broke"),
        ("plain_http", "TLS"),
    ],
)
def test_a_handshake_that_leads_nowhere(kind: str, why: str, tmp_path: Path) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    threading.Thread(target=serve, args=(listener, _handshake(kind)), daemon=True).start()
    web = new_web(port, tmp_path, limits=HASTY if kind == "silent" else PATIENT)

    result = visit(f"https://127.0.0.1:{port}/", web)

    listener.close()
    assert isinstance(result, Failure) and re.search(why, result.reason), result


def serve(listener: socket.socket, handshake: Callable[[socket.socket], None]) -> None:
    with contextlib.suppress(OSError):
        while True:
            sock, _ = listener.accept()
            with sock, contextlib.suppress(OSError):
                handshake(sock)
