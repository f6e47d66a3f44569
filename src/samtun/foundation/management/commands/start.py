"""`make start`: real use on one machine. Asks what it must know the first time, then runs all parts."""

import json
import os
import secrets
import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from samtun.foundation import starting
from samtun.foundation.founding import Answers, found, wrong_with
from samtun.foundation.models import Municipality

QUESTIONS = {
    "municipality": "The municipality's name, as in Dalgrend kommune",
    "host": "The host name people will type (localhost to try it on this machine alone)",
    "language": "Its form of Norwegian, nb or nn",
    "administrator": "Your name; you become the first administrator",
    "email": "Your e-mail address",
    "phone": "Your mobile number",
}
APPOINT = "appoint_administrator"  # in partners/organisations: the ground floor knows no persons


class Command(BaseCommand):
    """Readies and runs Samtun for real; Ctrl-C stops all of it."""

    help = "Run Samtun for real use on this machine: asks for municipality and administrator the first time."
    requires_system_checks: list[str] = []  # noqa: RUF012 -- Django's own form; checked by `make check`

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port; `config.running` has read it before Django was loaded."""
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port: int, **_: Any) -> None:
        """Run until stopped."""
        if settings.DEMO:
            raise CommandError("Real use needs real settings: unset DJANGO_SETTINGS_MODULE.")
        starting.refuse_strange_database()
        starting.ready_tables()
        starting.refuse_mixed(demo=False)
        first = Municipality.objects.order_by("id").first()
        if first is None:
            first = self.begin()
        elif not Path(settings.SAMTUN_KEYS_FILE).exists():
            raise CommandError(
                f"The keys are missing ({settings.SAMTUN_KEYS_FILE}); without them stored secrets cannot be read. "
                "Put back the copy you keep apart from the backup."
            )
        starting.ready_static()
        host = first.host
        starting.serve(
            port, host, lambda: print(f"\nSamtun runs: {address(host, port)}\nCtrl-C stops it.\n", flush=True)
        )

    def begin(self) -> Municipality:
        """Ask, write the keys and the answers, and make municipality and administrator together or not at all."""
        if APPOINT not in get_commands():
            raise CommandError("This copy cannot make an administrator: partners/organisations is missing its command.")
        print("Samtun is new here. Six questions and a password:\n")
        answers = ask()
        starting.ready_keys()
        with transaction.atomic():
            municipality = found(answers)
            call_command(
                APPOINT, host=answers.host, name=answers.administrator, email=answers.email, phone=answers.phone,
                password=answers.password,
            )  # fmt: skip
        write_private(Path(settings.DATA) / "samtun.json", {"secret": secrets.token_urlsafe(50), "host": answers.host})
        return municipality


def address(host: str, port: int) -> str:
    """Return where people find it: on this machine directly, else through the proxy that brings TLS."""
    return f"http://localhost:{port}/" if host == "localhost" else f"https://{host}/ (proxy to 127.0.0.1:{port})"


def ask() -> Answers:
    """Ask each question until the answer will do."""
    told = {name: _until_it_will_do(name, text) for name, text in QUESTIONS.items()}
    return Answers(**told, password=_password())


def _until_it_will_do(name: str, text: str) -> str:
    while True:
        try:
            answer = input(f"{text}: ").strip()
        except EOFError as error:
            raise CommandError("The first start asks questions: run it in a terminal.") from error
        if not (wrong := wrong_with(name, answer)):
            return answer
        print(f"  {wrong}")


def _password() -> str:
    read = getpass if sys.stdin.isatty() else input
    while True:
        try:
            password = read("A password of at least ten characters: ")
        except EOFError as error:
            raise CommandError("The first start asks for a password: run it in a terminal.") from error
        try:
            validate_password(password)
        except ValidationError as fault:
            print(f"  {' '.join(fault.messages)}")
        else:
            return password


def write_private(path: Path, content: dict[str, str]) -> None:
    """Write a file that only we can read; an earlier one is replaced whole."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "w") as file:
        json.dump(content, file)
    fresh.replace(path)
