"""Secrets kept in the database: AES-256-GCM with a data key for each municipality (decisions 24).

The master key stands in the file named by `SAMTUN_KEYS_FILE` (mode 0400, JSON of key id → base64 of 32 bytes; the
last one is in use). A separate key signs task links. Associated data ties a secret to its place.
"""

import base64
import functools
import hashlib
import hmac
import json
import os
import stat
import uuid
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from samtun.foundation.models.runtime import DataKey
from samtun.kernel import clock

NONCE = 12


@functools.cache
def _masters(path: str) -> dict[str, bytes]:
    file = Path(path)
    try:
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & 0o077:
            raise ImproperlyConfigured("The key file can be read by others: set its mode to 0400.")
        return {k: base64.b64decode(v) for k, v in json.loads(file.read_text()).items()}
    except OSError as error:
        raise ImproperlyConfigured("The key file cannot be read: set SAMTUN_KEYS_FILE.") from error


def write_key_file(path: Path) -> None:
    """Make a new key file (mode 0400) with one master key and one link key."""
    fresh = {"1": base64.b64encode(os.urandom(32)).decode(), "link": base64.b64encode(os.urandom(32)).decode()}
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w") as file:
        json.dump(fresh, file)


def _master() -> tuple[str, bytes]:
    keys = {k: v for k, v in _masters(settings.SAMTUN_KEYS_FILE).items() if k != "link"}
    name = list(keys)[-1]
    return name, keys[name]


def _data_key(tenant: uuid.UUID) -> bytes:
    row = DataKey.objects.filter(tenant_id=tenant).first()
    if row is None:
        name, master = _master()
        key, nonce = os.urandom(32), os.urandom(NONCE)
        wrapped = nonce + AESGCM(master).encrypt(nonce, key, tenant.bytes)
        row, _ = DataKey.objects.get_or_create(
            tenant_id=tenant, defaults={"master": name, "wrapped": wrapped, "made_at": clock.now()}
        )
    master = _masters(settings.SAMTUN_KEYS_FILE)[row.master]
    wrapped = bytes(row.wrapped)
    return AESGCM(master).decrypt(wrapped[:NONCE], wrapped[NONCE:], tenant.bytes)


def seal_secret(plain: bytes, *, tenant: uuid.UUID, table: str, column: str, row: uuid.UUID) -> bytes:
    """Encrypt a secret for one place; it can be read back only there."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_data_key(tenant)).encrypt(nonce, plain, _place(tenant, table, column, row))


def open_secret(sealed: bytes, *, tenant: uuid.UUID, table: str, column: str, row: uuid.UUID) -> bytes:
    """Decrypt a secret from its place; cryptography's InvalidTag when it was moved or changed."""
    sealed = bytes(sealed)
    return AESGCM(_data_key(tenant)).decrypt(sealed[:NONCE], sealed[NONCE:], _place(tenant, table, column, row))


def _place(tenant: uuid.UUID, table: str, column: str, row: uuid.UUID) -> bytes:
    return f"{tenant}|{table}|{column}|{row}".encode()


def global_seal(plain: bytes, *, table: str, column: str, row: uuid.UUID) -> bytes:
    """Encrypt a secret of a global row (an account's one-time-code key) with the master key itself."""
    name, master = _master()
    nonce = os.urandom(NONCE)
    return name.encode() + b"|" + nonce + AESGCM(master).encrypt(nonce, plain, f"{table}|{column}|{row}".encode())


def global_open(sealed: bytes, *, table: str, column: str, row: uuid.UUID) -> bytes:
    """Decrypt a secret of a global row."""
    name, _, rest = bytes(sealed).partition(b"|")
    master = _masters(settings.SAMTUN_KEYS_FILE)[name.decode()]
    return AESGCM(master).decrypt(rest[:NONCE], rest[NONCE:], f"{table}|{column}|{row}".encode())


def keyed_hash(text: str, *, purpose: str) -> str:
    """Return a look-up hash that says nothing without the key (telephone numbers, link tokens): 43 characters."""
    key = _masters(settings.SAMTUN_KEYS_FILE)["link"]
    mac = hmac.new(key, f"{purpose}|{text}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def rotate(tenant: uuid.UUID) -> None:
    """Wrap a municipality's data key with the newest master key; what it has encrypted stays as it is."""
    row = DataKey.objects.select_for_update(of=("self",)).get(tenant_id=tenant)
    key = _data_key(tenant)
    name, master = _master()
    nonce = os.urandom(NONCE)
    row.master, row.wrapped = name, nonce + AESGCM(master).encrypt(nonce, key, tenant.bytes)
    row.save(update_fields=["master", "wrapped"])
