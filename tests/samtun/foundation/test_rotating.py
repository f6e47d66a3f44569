"""A new master key: what was sealed still opens, the old key is not needed, and a stop in the middle does no harm."""

import ast
import io
import json
import stat

import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict

from samtun.foundation import keys, rotating
from samtun.foundation.keeping import keep_form, kept_form
from samtun.foundation.models import DataKey
from samtun.kernel.ids import uuid7
from samtun.people.accounts.actions import ask_code
from samtun.people.accounts.models import Account
from samtun.people.accounts.queries import address_typed, secret_of
from tests.architecture.source import SAMTUN, python_files, tree
from tests.samtun.people.login import an_account

PLACE = {"table": "inbound", "column": "text", "row": uuid7()}
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def key_file(settings, tmp_path):
    path = tmp_path / "keys.json"
    keys.write_key_file(path)
    settings.SAMTUN_KEYS_FILE = str(path)
    return path


def rotate(**how):
    said = io.StringIO()
    call_command("rotate_keys", stdout=said, **how)
    return said.getvalue()


def names(key_file):
    return [k for k in json.loads(key_file.read_text()) if k != "link"]


@pytest.fixture
def world(municipality, neighbour, key_file, scope_of, now):
    """Secrets of every kind, sealed with the first key."""
    found = {
        "one": keys.seal_secret(b"one", tenant=municipality.id, **PLACE),
        "two": keys.seal_secret(b"two", tenant=neighbour.id, **PLACE),
        "hash": keys.keyed_hash("+4790000001", purpose="phone"),
    }
    found["accounts"] = [an_account(email=f"{n}@eksempel.test", secret=SECRET) for n in range(5)]
    an_account(email="without@eksempel.test")
    with scope_of(municipality):
        found["code"] = ask_code(
            way="phone", address="+4790000001", browser="b", remote="127.0.0.1", known=False, at=now
        )
    account = found["accounts"][0].id
    found["form"] = keep_form(account=account, path="/", body=QueryDict("a=b"), at=now)
    return found


def everything_opens(world, municipality, neighbour, now):
    assert keys.open_secret(world["one"], tenant=municipality.id, **PLACE) == b"one"
    assert keys.open_secret(world["two"], tenant=neighbour.id, **PLACE) == b"two"
    assert {secret_of(a) for a in Account.objects.exclude(totp_secret=None)} == {SECRET}
    world["code"].refresh_from_db()
    assert address_typed(world["code"]) == "+4790000001"
    assert kept_form(key=world["form"], account=world["accounts"][0].id, at=now) == ("/", [["a", "b"]])
    assert keys.keyed_hash("+4790000001", purpose="phone") == world["hash"], "links and look-ups stay"


def test_everything_opens_with_the_new_key_alone(world, municipality, neighbour, key_file, now):
    said = rotate()
    assert "Key 2 is in use. Municipalities wrapped anew: 2. Secrets sealed anew: 7." in said
    assert names(key_file) == ["1", "2"]
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o400
    everything_opens(world, municipality, neighbour, now)
    assert "Taken out: 1." in rotate(retire=True)
    assert names(key_file) == ["2"]
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o400
    everything_opens(world, municipality, neighbour, now)
    assert [p.name for p in key_file.parent.iterdir()] == [key_file.name], "nothing is left lying about"


def test_the_old_key_alone_opens_nothing_afterwards(world, municipality, neighbour, key_file, now):
    old = key_file.read_text()
    rotate()
    key_file.unlink()
    key_file.write_text(old)
    key_file.chmod(0o400)
    with pytest.raises(KeyError):
        everything_opens(world, municipality, neighbour, now)
    with pytest.raises(CommandError, match="sealed with key 2, which is not in the key file"):
        rotate()


def test_stopped_in_the_middle_it_goes_on_with_the_same_key(world, municipality, neighbour, key_file, now, monkeypatch):
    monkeypatch.setattr(rotating, "BATCH", 2)
    real, calls = rotating._seal_batch, []

    def breaks(*given):
        calls.append(given)
        if len(calls) == 3:
            raise ConnectionError("the plug is pulled")
        return real(*given)

    monkeypatch.setattr(rotating, "_seal_batch", breaks)
    with pytest.raises(CommandError):
        rotate()
    everything_opens(world, municipality, neighbour, now)
    assert rotating.is_unfinished()
    monkeypatch.setattr(rotating, "_seal_batch", real)
    said = rotate()
    assert "Going on with the change to key 2" in said
    assert names(key_file) == ["1", "2"], "no third key"
    assert not rotating.is_unfinished()
    rotate(retire=True)
    everything_opens(world, municipality, neighbour, now)


def test_once_more_takes_a_third_key(world, key_file):
    rotate()
    rotate()
    assert names(key_file) == ["1", "2", "3"]
    assert set(DataKey.objects.values_list("master", flat=True)) == {"3"}


def test_a_folder_that_cannot_be_written_is_said_and_the_file_stands(world, key_file, monkeypatch):
    before = key_file.read_text()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keys, "_write", full)
    with pytest.raises(CommandError, match="No space left on device"):
        rotate()
    assert key_file.read_text() == before


def test_every_place_with_a_global_secret_is_known():
    """Whoever seals with the master key itself has said where: else a change of key would lose it."""
    sealed = {
        (words["table"], words["column"])
        for path in python_files(SAMTUN)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "global_seal"
        for words in [{k.arg: getattr(k.value, "value", "a constant") for k in node.keywords if k.arg}]
    }
    in_the_session = {("account", "a constant")}  # an app being set up: begun anew when it cannot be read
    assert sealed - in_the_session == {(p.table, p.column) for p in rotating._places}
