"""Ten thousand files as they come, right and broken: no letter silently wrong, no answer but rows, a question or no."""

import random
from collections import Counter

import pytest

from tests.factories import broken_files

FILES = 10_000
SEED = 20261121


@pytest.mark.reliability
def test_ten_thousand_broken_files():
    chance = random.Random(SEED)
    seen: Counter[str] = Counter()
    wrong: list[object] = []
    before = broken_files.make(chance)
    for number in range(FILES):
        sent = broken_files.make(chance)
        wrong += [(number, sent.encoding, f) for f in broken_files.silently_wrong(sent)]
        content = chance.choice(broken_files.BREAKS)(sent.content, chance)
        truth = broken_files.told(content, sent.encoding) if sent.how == "csv" else ""
        if sent.how == before.how == "csv" and chance.random() < 0.3:
            content, truth = broken_files.glued(before, sent)
        seen[broken_files.survives(content)] += 1
        if truth:
            wrong += [(number, sent.encoding, w) for w in broken_files.strange_letters(content, truth)]
        before = sent
    assert wrong == []
    assert min(seen[word] for word in ("read", "asked", "refused")) > FILES / 20, seen
