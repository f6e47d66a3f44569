"""Finding by a few letters: within own owners only, with the spellings people mix up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtun.foundation import search
from samtun.foundation.models import Owner
from samtun.foundation.scope import open_scope
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref


@pytest.fixture
def owners(in_municipality):
    return [Owner.objects.create(kind="organisation", name=name).id for name in ("Helselaget", "Røde Kors")]


def put(owners, *texts):
    ref = Ref("person", uuid7())
    search.index(ref, owners=owners, texts=texts)
    return ref.id


def test_every_word_typed_must_begin_a_word(owners):
    kari = put(owners, "Kari Myklebust")
    put(owners, "Kari Nordbø")
    assert search.find("person", "kar myk", owners=owners) == [kari]
    assert search.find("person", "ari", owners=owners) == []
    assert search.find("person", "  ", owners=owners) == []
    assert search.find("place", "kari", owners=owners) == []


def test_another_owners_are_not_found(owners):
    mine, theirs = owners
    put([theirs], "Kari Myklebust")
    assert search.find("person", "kari", owners=[mine]) == []
    assert len(search.find("person", "kari", owners=[theirs])) == 1
    assert search.find("person", "kari", owners=[]) == []


def test_another_municipalitys_are_not_found(municipality, neighbour):
    with open_scope(municipality.id):
        owner = Owner.objects.create(kind="centre", name="Sentralen").id
        put([owner], "Kari Myklebust")
    with open_scope(neighbour.id):
        assert search.find("person", "kari", owners=[owner]) == []


@pytest.mark.parametrize(
    ("written", "typed"),
    [("Aase", "Åse"), ("Thor", "Tor"), ("Åse", "åse"), ("Wenche", "Venche"), ("Sørbø", "Sorbo"), ("O'Brien", "brien")],
)
def test_spellings_that_are_mixed_up(owners, written, typed):
    ref = put(owners, written)
    assert search.find("person", typed, owners=owners) == [ref]


def test_indexing_anew_forgets_the_old_words(owners):
    ref = Ref("person", uuid7())
    search.index(ref, owners=owners, texts=["Kari Nordbø"])
    search.index(ref, owners=owners[:1], texts=["Kari Myklebust"])
    assert search.find("person", "nord", owners=owners) == []
    assert search.find("person", "myk", owners=owners[1:]) == []


def test_no_more_hits_than_asked_for(owners):
    for _ in range(4):
        put(owners, "Kari")
    assert len(search.find("person", "kari", owners=owners, limit=3)) == 3


@given(st.text(max_size=40))
def test_any_text_can_be_searched_for(text):
    assert all(word == word.lower() for word in search.words_of(text) if word.isascii())
