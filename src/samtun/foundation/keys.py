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


LINK = "link"


def _masters(path: str) -> dict[str, bytes]:
    """Return all keys. A file that was replaced is read anew, so that running processes know a new key at once."""
    try:
        now = Path(path).stat()
        if stat.S_IMODE(now.st_mode) & 0o077:
            raise ImproperlyConfigured("The key file can be read by others: set its mode to 0400.")
        return _read(path, (now.st_ino, now.st_size, now.st_mtime_ns))
    except OSError as error:
        raise ImproperlyConfigured("The key file cannot be read: set SAMTUN_KEYS_FILE.") from error


@functools.lru_cache(maxsize=4)
def _read(path: str, _stamp: tuple[int, int, int]) -> dict[str, bytes]:
    return {k: base64.b64decode(v) for k, v in json.loads(Path(path).read_text()).items()}


def write_key_file(path: Path) -> None:
    """Make a new key file (mode 0400) with one master key and one link key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, {"1": os.urandom(32), LINK: os.urandom(32)})


def _write(path: Path, keys: dict[str, bytes]) -> None:
    """Write keys to a file that is not there; FileExistsError when it is."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w") as file:
        json.dump({name: base64.b64encode(key).decode() for name, key in keys.items()}, file)
        file.flush()
        os.fsync(file.fileno())


def masters() -> list[str]:
    """Return the names of the master keys, the one in use last."""
    return [name for name in _masters(settings.SAMTUN_KEYS_FILE) if name != LINK]


def add_master() -> str:
    """Put a new master key into the key file, in use from now on, and return its name."""
    known = _masters(settings.SAMTUN_KEYS_FILE)
    name = str(max((int(n) for n in known if n.isdecimal()), default=0) + 1)
    _replace(known | {name: os.urandom(32)})
    return name


def drop_masters(*, but: str) -> None:
    """Take all master keys but one out of the key file: what they have sealed can then never be read again."""
    known = _masters(settings.SAMTUN_KEYS_FILE)
    _replace({name: key for name, key in known.items() if name in {but, LINK}})


def _replace(keys: dict[str, bytes]) -> None:
    """Put another key file in the old one's place, whole or not at all, with the same owner."""
    path = Path(settings.SAMTUN_KEYS_FILE)
    fresh, owner = path.with_name(f"{path.name}.{os.getpid()}"), path.stat()
    _write(fresh, keys)
    try:
        if os.geteuid() == 0:
            os.chown(fresh, owner.st_uid, owner.st_gid)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _master() -> tuple[str, bytes]:
    name = masters()[-1]
    return name, _masters(settings.SAMTUN_KEYS_FILE)[name]


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


def sealed_with(sealed: bytes) -> str:
    """Return the name of the master key that a global row's secret was sealed with."""
    return bytes(sealed).partition(b"|")[0].decode()


def global_open(sealed: bytes, *, table: str, column: str, row: uuid.UUID) -> bytes:
    """Decrypt a secret of a global row."""
    rest = bytes(sealed).partition(b"|")[2]
    master = _masters(settings.SAMTUN_KEYS_FILE)[sealed_with(sealed)]
    return AESGCM(master).decrypt(rest[:NONCE], rest[NONCE:], f"{table}|{column}|{row}".encode())


def keyed_hash(text: str, *, purpose: str) -> str:
    """Return a look-up hash that says nothing without the key (telephone numbers, link tokens): 43 characters."""
    key = _masters(settings.SAMTUN_KEYS_FILE)[LINK]
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
