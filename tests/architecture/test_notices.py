"""Every notice has its texts, in all three languages, for every channel it says it has (convention 22)."""

from pathlib import Path

import pytest

from samtun.foundation.notices import all_notices
from tests.architecture.source import SAMTUN

LANGUAGES = ("nb", "nn", "en")
CHANNELS = ("sms", "email", "letter", "call")
# E-mail and letter may share a text; a call may say what the SMS says.
STANDS_IN = {"sms": ("sms",), "email": ("email", "letter"), "letter": ("letter", "email"), "call": ("call", "sms")}


def incomplete(folder: Path, channels: tuple[str, ...]) -> list[str]:
    """Texts that are missing or empty."""

    def there(channel: str, language: str) -> bool:
        path = folder / f"{channel}.{language}.txt"
        return path.exists() and bool(path.read_text().strip())

    missing = [
        f"{channel}.{language}"
        for channel in channels
        for language in LANGUAGES
        if not any(there(c, language) for c in STANDS_IN[channel])
    ]
    uneven = [
        f"{channel}.{language}"
        for channel in CHANNELS
        for language in LANGUAGES
        if any(there(channel, other) for other in LANGUAGES) and not there(channel, language)
    ]
    return sorted(set(missing + uneven))


def folders() -> dict[str, Path]:
    """Every folder of texts, by its name for Django."""
    return {
        "/".join(p.parts[p.parts.index("templates") + 1 :]): p for p in SAMTUN.rglob("templates/*/mail/*") if p.is_dir()
    }


def test_every_notice_has_its_texts():
    there = folders()
    faults = {
        notice.key: incomplete(there[notice.folder], getattr(notice, "channels", CHANNELS))
        if notice.folder in there
        else ["no folder"]
        for notice in all_notices()
    }
    assert {k: v for k, v in faults.items() if v} == {}


def test_every_folder_of_texts_has_its_notice():
    assert set(folders()) - {notice.folder for notice in all_notices()} == set()


def test_keys_name_the_room():
    assert [n.key for n in all_notices() if n.key.split(".")[0] != n.folder.split("/")[0]] == []


@pytest.mark.parametrize(
    ("files", "missing"),
    [
        (["sms.nb", "sms.nn", "sms.en"], []),
        (["sms.nb", "sms.nn"], ["sms.en"]),
        (["sms.nb", "sms.nn", "sms.en", "letter.nb"], ["letter.en", "letter.nn"]),
    ],
)
def test_a_missing_text_is_seen(tmp_path: Path, files: list[str], missing: list[str]):
    for name in files:
        (tmp_path / f"{name}.txt").write_text("Hei")
    assert incomplete(tmp_path, ("sms",)) == missing
