"""Django's command line for Samtun."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))

if __name__ == "__main__":
    from samtun.config import running

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", running.settings_for(sys.argv))
    with running.prepared(sys.argv):
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line

        try:
            execute_from_command_line(sys.argv)
        except ImproperlyConfigured as fault:
            sys.exit(str(fault))
