"""`make start`: real use on one machine. Production's settings; what they ask for was made by the first start.

`samtun.json` in the data folder (mode 0400) holds the secret and the host name. With the host name `localhost` the
browser talks plain HTTP with this machine only; with any other, a proxy in front brings TLS.
"""

import json
import os
import secrets
from pathlib import Path

from samtun.config import embedded

ROOT = Path(__file__).resolve().parents[4]
ANSWERS = embedded.data_folder(ROOT) / "samtun.json"


def _answers() -> dict[str, str]:
    """Read what the first start was told; before it has been, only a secret that lasts as long as this process."""
    if ANSWERS.exists():
        return dict(json.loads(ANSWERS.read_text()))
    return {"secret": secrets.token_urlsafe(50), "host": "localhost"}


_told = _answers()
HOST = _told["host"]
os.environ.setdefault("SAMTUN_SECRET_KEY", _told["secret"])
os.environ.setdefault("SAMTUN_KEYS_FILE", str(ANSWERS.with_name("keys.json")))
os.environ.setdefault("SAMTUN_HOSTS", HOST)

from samtun.config.settings.prod import *  # noqa: E402, F403 -- production reads the environment set above

if HOST == "localhost":
    ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    HOST_ALIASES = {"127.0.0.1": "localhost"}
    SECURE_SSL_REDIRECT = False
    SECURE_HSTS_SECONDS = 0
    SESSION_COOKIE_NAME, SESSION_COOKIE_SECURE = "samtun", False
    CSRF_COOKIE_NAME, CSRF_COOKIE_SECURE = "samtun-csrf", False
