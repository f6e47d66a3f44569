"""E-mail against a real SMTP server."""

import email
import socket
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

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
