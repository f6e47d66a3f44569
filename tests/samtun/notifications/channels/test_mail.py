"""E-mail against a real SMTP server."""

import datetime as dt
import email
import socket
import ssl
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from samtun.config import mail
from samtun.kernel import clock
from samtun.notifications.channels.adapters.protocol import Accepted, Fate, Parcel, TurnedDown, Unclear
from samtun.notifications.channels.adapters.smtp import MailGateway


class Post:
    """Takes letters, or answers as told."""

    def __init__(self):
        self.letters, self.rcpt, self.data = [], "250 OK", "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 -- aiosmtpd's name
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        if self.data == "hang up":
            server.transport.abort()
            return "421 gone"
        if self.data.startswith("250"):
            self.letters.append(email.message_from_bytes(envelope.content, policy=default))
        return self.data


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def port(settings):
    found = free_port()
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": found, "timeout": 2},
        }
    }
    settings.DEFAULT_FROM_EMAIL = "samtun@dalgrend.test"
    return found


@pytest.fixture
def post(port):
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler
    controller.stop()


PARCEL = Parcel(
    None, "0192-1", "email", "kari@eksempel.test", "Hei Kari!\nVi ses på Bygdahuset.", "nn",
    sender_name="Samtun i Dalgrend – øvst", subject="Avtalt: laurdag",
)  # fmt: skip


def test_a_letter_arrives_with_our_reference_and_norwegian_letters(post):
    outcome = MailGateway().send(PARCEL)
    assert outcome == Accepted("<0192-1@dalgrend.test>")
    (letter,) = post.letters
    assert letter["Message-ID"] == "<0192-1@dalgrend.test>"
    assert letter["Subject"] == "Avtalt: laurdag"
    assert letter["From"] == "Samtun i Dalgrend – øvst <samtun@dalgrend.test>"
    assert letter["To"] == "kari@eksempel.test"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().strip().replace("\r", "") == PARCEL.text


@pytest.mark.parametrize(
    ("what", "said", "outcome"),
    [
        ("rcpt", "550 no such person", TurnedDown("address_refused", again=False)),
        ("rcpt", "450 try later", TurnedDown("address_refused", again=True)),
        ("data", "554 no", TurnedDown("server_refused", again=False)),
        ("data", "451 later", TurnedDown("server_refused", again=True)),
        ("data", "hang up", Unclear("no_answer")),
    ],
)
def test_what_the_server_says_is_heard(post, what, said, outcome):
    setattr(post, what, said)
    assert MailGateway().send(PARCEL) == outcome
    assert post.letters == []


def test_a_server_that_is_not_there_has_surely_not_sent(port):
    assert MailGateway().send(PARCEL) == TurnedDown("not_reached", again=True)


def test_mail_can_neither_be_asked_nor_tells_doubles_apart():
    gateway = MailGateway()
    assert (gateway.dedupes, gateway.looks_up, gateway.look_up("x")) == (False, False, Fate.CANNOT_TELL)


def test_a_heading_cannot_smuggle_in_another_recipient(post):
    from dataclasses import replace

    with pytest.raises(ValueError, match="linefeed"):
        MailGateway().send(replace(PARCEL, subject="Hei\nBcc: andre@eksempel.test"))
    assert post.letters == []


def test_missing_settings_are_said(settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": {"host": ""}}}
    settings.DEFAULT_FROM_EMAIL = ""
    assert len(MailGateway().check_config()) == 2


@pytest.fixture
def guarded(settings, tmp_path, monkeypatch):
    """A server that asks for TLS and a login; called with the environment's own words."""
    certificate, key = own_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    handler, found = Post(), free_port()

    def login(_server, _session, _envelope, _mechanism, data):
        return AuthResult(success=(data.login, data.password) == (b"samtun", b"open sesame"), handled=False)

    controller = Controller(
        handler, hostname="localhost", port=found, tls_context=context, require_starttls=True,
        authenticator=login, auth_required=True,
    )  # fmt: skip
    controller.start()

    def told(password="open sesame", **more):
        environ = {
            "SAMTUN_SMTP_HOST": "localhost", "SAMTUN_SMTP_PORT": str(found), "SAMTUN_SMTP_USER": "samtun",
            "SAMTUN_SMTP_PASSWORD": password, "SAMTUN_FROM_EMAIL": "samtun@dalgrend.test",
        } | more  # fmt: skip
        settings.MAILERS = mail.mailers(environ)
        settings.DEFAULT_FROM_EMAIL = environ["SAMTUN_FROM_EMAIL"]
        return handler

    yield told
    controller.stop()


def own_certificate(folder):
    """A certificate for localhost that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    day = dt.timedelta(days=1)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(clock.now() - day).not_valid_after(clock.now() + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "cert.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return folder / "cert.pem", folder / "key.pem"


def test_a_server_that_asks_for_a_login_and_tls_gets_both(guarded):
    post = guarded()
    assert MailGateway().send(PARCEL) == Accepted("<0192-1@dalgrend.test>")
    assert len(post.letters) == 1


def test_a_wrong_password_is_told_from_a_server_that_is_away(guarded):
    post = guarded(password="wrong")
    assert MailGateway().send(PARCEL) == TurnedDown("token_refused", again=True)
    assert post.letters == []


def test_a_server_nobody_vouches_for_is_not_spoken_to(guarded, monkeypatch):
    post = guarded()
    monkeypatch.delenv("SSL_CERT_FILE")
    assert MailGateway().send(PARCEL) == TurnedDown("not_reached", again=True)
    assert post.letters == []
