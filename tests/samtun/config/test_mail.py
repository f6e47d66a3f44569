"""The e-mail server's settings: what does not fit together is said in one sentence, before anything starts."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from samtun.config.mail import mailers
from tests.architecture.source import ROOT

LOGIN = {
    "SAMTUN_SMTP_HOST": "mail.dalgrend.no", "SAMTUN_FROM_EMAIL": "samtun@dalgrend.no", "SAMTUN_SMTP_USER": "samtun",
    "SAMTUN_SMTP_PASSWORD": "open sesame",
}  # fmt: skip


def options(**environ):
    return mailers(environ)["default"]["OPTIONS"]


@pytest.mark.parametrize(
    ("more", "port", "starttls", "tls"),
    [
        ({}, 587, True, False),
        ({"SAMTUN_SMTP_TLS": "tls"}, 465, False, True),
        ({"SAMTUN_SMTP_PORT": "465"}, 465, False, True),
        ({"SAMTUN_SMTP_PORT": "2525", "SAMTUN_SMTP_TLS": "starttls"}, 2525, True, False),
    ],
)
def test_a_login_is_protected_and_the_port_follows(more, port, starttls, tls):
    found = options(**LOGIN | more)
    assert (found["port"], found["use_tls"], found["use_ssl"]) == (port, starttls, tls)
    assert (found["username"], found["password"]) == ("samtun", "open sesame")


def test_without_anything_no_mail_goes_and_nothing_is_wrong():
    assert (options()["host"], options()["port"], options()["use_tls"]) == ("", 25, False)


def test_the_password_may_stand_in_a_file_of_our_own(tmp_path):
    file = tmp_path / "password"
    file.write_text("open sesame\n")
    file.chmod(0o400)
    assert options(**LOGIN | {"SAMTUN_SMTP_PASSWORD": "", "SAMTUN_SMTP_PASSWORD_FILE": str(file)})["password"] == (
        "open sesame"
    )
    file.chmod(0o440)
    with pytest.raises(ImproperlyConfigured, match="0400"):
        options(**LOGIN | {"SAMTUN_SMTP_PASSWORD": "", "SAMTUN_SMTP_PASSWORD_FILE": str(file)})


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"SAMTUN_SMTP_PORT": "abc"}, "SAMTUN_SMTP_PORT is 'abc'"),
        ({"SAMTUN_SMTP_PORT": "70000"}, "between 1 and 65535"),
        ({"SAMTUN_SMTP_PASSWORD": ""}, "SAMTUN_SMTP_PASSWORD_FILE, or neither"),
        ({"SAMTUN_SMTP_USER": ""}, "SAMTUN_SMTP_USER"),
        ({"SAMTUN_SMTP_TLS": "yes"}, "choose starttls, tls or none"),
        ({"SAMTUN_SMTP_TLS": "none"}, "unprotected"),
        ({"SAMTUN_SMTP_HOST": ""}, "set SAMTUN_SMTP_HOST"),
        ({"SAMTUN_FROM_EMAIL": "samtun"}, "SAMTUN_FROM_EMAIL"),
        ({"SAMTUN_SMTP_PASSWORD_FILE": "/nowhere"}, "not both"),
        ({"SAMTUN_SMTP_PASSWORD": "", "SAMTUN_SMTP_PASSWORD_FILE": "/nowhere"}, "cannot be read"),
    ],
)
def test_what_does_not_fit_is_said(more, says):
    with pytest.raises(ImproperlyConfigured, match=says) as fault:
        options(**LOGIN | more)
    assert "open sesame" not in str(fault.value)


def test_a_command_says_it_in_one_line():
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "check"], capture_output=True, text=True, check=False,
        env=os.environ | LOGIN | {"SAMTUN_SMTP_PORT": "abc"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        1, "SAMTUN_SMTP_PORT is 'abc': write a number between 1 and 65535.\n"
    )  # fmt: skip
