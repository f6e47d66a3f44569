"""`manage.py rotate_keys`: a new master key, while everything runs; `--retire` takes the old ones away."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from samtun.foundation import keys, rotating


class Command(BaseCommand):
    """Two steps, so that a backup made between them can still be read."""

    help = "Change the master key. Run it again if it was stopped; then with --retire when the old key is not needed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which of the two steps it is."""
        parser.add_argument("--retire", action="store_true", help="take the earlier keys out of the file")

    def handle(self, *, retire: bool, **_: Any) -> None:
        """Add and use a new key, or drop the earlier ones."""
        known = keys.masters()
        try:
            if retire:
                self.retire(known)
            elif rotating.is_unfinished():
                self.stdout.write(f"Going on with the change to key {known[-1]} that was begun earlier.")
                self.change(known[-1])
            else:
                self.change(keys.add_master())
        except OSError as error:
            raise CommandError(
                f"The key file {settings.SAMTUN_KEYS_FILE} could not be replaced: {error.strerror}. Nothing is lost; "
                "run the command as the file's owner."
            ) from error
        except KeyError as error:
            raise CommandError(
                f"Something is sealed with key {error.args[0]}, which is not in the key file. Put that key back from "
                "the copy you keep, and run this again."
            ) from error

    def change(self, name: str) -> None:
        """Wrap and seal everything with the key."""
        wrapped, sealed = rotating.wrap_anew(), rotating.seal_anew()
        self.stdout.write(
            f"Key {name} is in use. Municipalities wrapped anew: {wrapped}. Secrets sealed anew: {sealed}."
        )
        self.stdout.write("Copy the key file to where you keep it, apart from the backup.")
        self.stdout.write("The earlier keys are still in it. Later: manage.py rotate_keys --retire")

    def retire(self, known: list[str]) -> None:
        """Take the earlier keys away, once nothing needs them."""
        rotating.wrap_anew()
        rotating.seal_anew()
        if rotating.is_unfinished():
            raise CommandError("Something was sealed with an earlier key just now. Run this again in a minute.")
        keys.drop_masters(but=known[-1])
        gone = ", ".join(known[:-1]) or "none"
        self.stdout.write(
            f"Only key {known[-1]} is left. Taken out: {gone}. Backups from before need the earlier file."
        )
