"""Words that find things: a btree on whole words, since trigram operators are not leakproof (decisions 16)."""

import re
import unicodedata
import uuid
from collections.abc import Collection, Iterable

from samtun.foundation.models.runtime import SearchWord
from samtun.kernel.refs import Ref

_VARIANTS = (("aa", "å"), ("th", "t"), ("ch", "k"), ("ph", "f"), ("w", "v"), ("z", "s"), ("ø", "o"), ("æ", "e"))


def words_of(text: str) -> set[str]:
    """Return the lower-case words of a text with the spellings people mix up (Aase/Åse, Thor/Tor)."""
    plain = unicodedata.normalize("NFC", text).lower()
    words = {w for w in re.split(r"[^\w+]+", plain) if w}
    return words | {w.replace(a, b) for w in words for a, b in _VARIANTS if a in w}


def one_spelling(word: str) -> str:
    """Return one spelling for all that people mix up, for comparing two names."""
    for a, b in _VARIANTS:
        word = word.replace(a, b)
    return word


def index(ref: Ref, *, owners: Iterable[uuid.UUID], texts: Iterable[str]) -> None:
    """Write the words by which a thing is found, anew, for each owner who may find it."""
    SearchWord.objects.filter(ref_kind=ref.kind, ref_id=ref.id).delete()
    words = {w[:60] for t in texts for w in words_of(t)}
    SearchWord.objects.bulk_create(
        SearchWord(word=w, ref_kind=ref.kind, ref_id=ref.id, owner_id=o) for o in set(owners) for w in sorted(words)
    )


def index_new(kind: str, texts: dict[uuid.UUID, list[str]], *, owner: uuid.UUID) -> None:
    """Write the words of many things of one kind that this owner could not find before; what stands is left."""
    SearchWord.objects.bulk_create(
        (
            SearchWord(word=w, ref_kind=kind, ref_id=key, owner_id=owner)
            for key, own in texts.items()
            for w in sorted({w[:60] for t in own for w in words_of(t)})
        ),
        batch_size=5_000, ignore_conflicts=True,
    )  # fmt: skip


def find(kind: str, text: str, *, owners: Collection[uuid.UUID], limit: int = 10) -> list[uuid.UUID]:
    """Return the things of one kind whose words begin with every word typed, within the owners given."""
    typed = [w for w in re.split(r"[^\w+]+", unicodedata.normalize("NFC", text).lower()) if w]
    if not typed or not owners:
        return []
    found: set[uuid.UUID] | None = None
    for word in sorted(typed, key=len, reverse=True)[:4]:
        rows = SearchWord.objects.filter(
            ref_kind=kind, owner_id__in=list(owners), word__gte=word, word__lt=word + "\U0010ffff"
        )
        if found is not None:
            rows = rows.filter(ref_id__in=found)
        found = set(rows.values_list("ref_id", flat=True)[:500])
    return sorted(found or ())[:limit]
