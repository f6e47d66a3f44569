"""Secrets: bound to their place, unreadable with another key, and readable after the master key has changed."""

import base64
import json
import os
import stat

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured

from samtun.foundation import keys
from samtun.foundation.models import DataKey
from samtun.kernel.ids import uuid7

PLACE = {"table": "inbound", "column": "text"}


@pytest.fixture
def key_file(settings, tmp_path):
    """A key file of this test's own."""
    path = tmp_path / "keys.json"
    keys.write_key_file(path)
    settings.SAMTUN_KEYS_FILE = str(path)
    return path


def test_a_secret_comes_back_from_its_place_only(municipality, neighbour, key_file):
    row, other = uuid7(), uuid7()
    sealed = keys.seal_secret(b"Kan ikkje kome", tenant=municipality.id, row=row, **PLACE)
    assert keys.open_secret(sealed, tenant=municipality.id, row=row, **PLACE) == b"Kan ikkje kome"
    moves = [
        {"tenant": municipality.id, "row": other, **PLACE},
        {"tenant": municipality.id, "row": row, "table": "message", "column": "text"},
        {"tenant": municipality.id, "row": row, "table": "inbound", "column": "phone"},
        {"tenant": neighbour.id, "row": row, **PLACE},
    ]
    for place in moves:
        with pytest.raises(InvalidTag):
            keys.open_secret(sealed, **place)


def test_a_changed_secret_is_refused(municipality, key_file):
    row = uuid7()
    sealed = bytearray(keys.seal_secret(b"secret", tenant=municipality.id, row=row, **PLACE))
    sealed[-1] ^= 1
    with pytest.raises(InvalidTag):
        keys.open_secret(bytes(sealed), tenant=municipality.id, row=row, **PLACE)


def test_the_same_words_look_different_each_time(municipality, key_file):
    row = uuid7()
    assert len({keys.seal_secret(b"x", tenant=municipality.id, row=row, **PLACE) for _ in range(3)}) == 3


def test_a_new_master_key_opens_what_the_old_one_wrapped(municipality, key_file):
    row = uuid7()
    sealed = keys.seal_secret(b"secret", tenant=municipality.id, row=row, **PLACE)
    told = json.loads(key_file.read_text())
    key_file.chmod(0o600)
    key_file.write_text(json.dumps(told | {"2": base64.b64encode(os.urandom(32)).decode()}))
    keys.rotate(municipality.id)
    assert DataKey.objects.get(tenant=municipality).master == "2"
    assert keys.open_secret(sealed, tenant=municipality.id, row=row, **PLACE) == b"secret"
    key_file.write_text(json.dumps({k: v for k, v in json.loads(key_file.read_text()).items() if k != "1"}))
    assert keys.open_secret(sealed, tenant=municipality.id, row=row, **PLACE) == b"secret", "the old one is not needed"


def test_a_secret_of_a_global_row_is_bound_to_its_row(key_file):
    row = uuid7()
    sealed = keys.global_seal(b"totp", table="account", column="totp", row=row)
    assert keys.global_open(sealed, table="account", column="totp", row=row) == b"totp"
    with pytest.raises(InvalidTag):
        keys.global_open(sealed, table="account", column="totp", row=uuid7())


def test_a_look_up_hash_needs_the_key_and_the_purpose(key_file, settings, tmp_path):
    first = keys.keyed_hash("+4790000001", purpose="phone")
    assert first == keys.keyed_hash("+4790000001", purpose="phone")
    assert first != keys.keyed_hash("+4790000001", purpose="link")
    other = tmp_path / "other.json"
    keys.write_key_file(other)
    settings.SAMTUN_KEYS_FILE = str(other)
    assert first != keys.keyed_hash("+4790000001", purpose="phone")


def test_the_key_file_is_for_us_alone(key_file, settings):
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o400
    with pytest.raises(FileExistsError):
        keys.write_key_file(key_file)
    key_file.chmod(0o440)
    with pytest.raises(ImproperlyConfigured, match="0400"):
        keys.keyed_hash("x", purpose="y")
    settings.SAMTUN_KEYS_FILE = str(key_file.with_name("gone.json"))
    with pytest.raises(ImproperlyConfigured, match="SAMTUN_KEYS_FILE"):
        keys.keyed_hash("x", purpose="y")
