"""`manage.py appoint_administrator`: the first who sets up a municipality, or one more when nobody else can."""

import sys
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from samtun.foundation.founding import wrong_with
from samtun.foundation.models import Municipality
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.kernel.phones import tidy
from samtun.partners.organisations.actions import appoint_administrator


class Command(BaseCommand):
    """Asks for the password itself: on a command line everyone on the machine could read it."""

    help = "Let a person set up the municipality of a host name: makes the login, and asks for its password."
    stealth_options = ("password",)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take who it is, and where."""
        parser.add_argument("--host", required=True, help="the municipality's host name")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument("--email", required=True)
        parser.add_argument("--phone", required=True, help="mobile number")

    def handle(self, *, host: str, name: str, email: str, phone: str, password: str = "", **_: Any) -> None:
        """Appoint, or refuse in one line."""
        municipality = Municipality.objects.filter(host=host).first()
        if municipality is None:
            raise CommandError(f"There is no municipality with the host name {host}.")
        for question, answer in (("administrator", name), ("email", email), ("phone", phone)):
            if wrong := wrong_with(question, answer):
                raise CommandError(f"{answer!r} will not do. {wrong}")
        password = password or asked()
        try:
            with open_scope(municipality.id):
                appoint_administrator(
                    name=name, email=email.strip().lower(), phone=tidy(phone), password=password,
                    by=Viewer.system(municipality.id), at=clock.now(),
                )  # fmt: skip
        except ValidationError as weak:
            raise CommandError(f"The password will not do. {' '.join(weak.messages)}") from weak
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{name} now sets up {municipality.name}. Log in at /inn/passord/ with {email}.")


def asked() -> str:
    """Return the password, typed unseen in a terminal, else the next line of what comes in."""
    read = getpass if sys.stdin.isatty() else input
    try:
        return read("A password of at least ten characters: ")
    except EOFError as error:
        raise CommandError("The command asks for a password: run it in a terminal.") from error
