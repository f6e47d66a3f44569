"""The pages of agreements, as their parties see and use them."""

import datetime as dt
import io

import pypdf
import pytest

from samtun.anchoring.agreements import actions
from samtun.anchoring.agreements.adapters.paper import Paper, Row, paper_pdf
from samtun.anchoring.agreements.models import Agreement, Answer, Comment, Evaluation, Party, Version
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.partners.organisations.models import Organisation
from tests.factories.agreements import make_round, parties_of, party_of
from tests.factories.journey import log_in, log_in_person, make_tun

pytestmark = pytest.mark.django_db
DAY = "2026-11-23"


@pytest.fixture(autouse=True)
def _clock(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def circle(municipality, now, scope_of):
    with scope_of(municipality):
        return make_round(make_tun(municipality, now))


@pytest.fixture
def make(circle, municipality, scope_of):
    """Do something in a scope: `make(lambda: circle.agreed())`."""

    def run(work):
        with scope_of(municipality):
            return work()

    return run


@pytest.fixture
def enter(client, circle, make):
    """Log in as somebody with a role at an owner."""

    def as_role(role=Role.LEADER, owner=None):
        make(
            lambda: log_in(client, circle.tun, organisation=owner and Organisation.objects.get(owner=owner), role=role)
        )
        return client

    return as_role


def text_fields(agreement, **changes):
    fields = {
        "what": "Kaffi på Solheimen.", "when": "", "arranged": "", "money": "", "follow_up": "", "warning": "",
        "evaluation": "", "why": "", "seen": "0", "until": "",
    }  # fmt: skip
    fields |= {f"does_{p.id}": f"{p.owner.name} hjelper" for p in parties_of(agreement)}
    return fields | changes


def shown(client, address):
    return client.get(address).content.decode()


@pytest.mark.practice("levanger")
def test_something_said_is_noted_in_one_form(enter, circle, make):
    client = enter()
    page = shown(client, "/avtale/notert/")
    assert "Skriv ned det de sa" in page
    answer = client.post("/avtale/notert/", {
        "owner": circle.tun.centre.id, "with_1": circle.tun.other.id, "name": "Nøkkelen til hallen",
        "since_pick": DAY,
    })  # fmt: skip
    found = make(Agreement.objects.get)
    assert answer.headers["Location"] == f"/avtale/{found.id}/"
    page = shown(client, answer.headers["Location"])
    for words in ("Nøkkelen til hallen", "Munnleg", "Dalgrend helselag", "Skriv han på éi side"):
        assert words in page
    assert "Evaluer" not in page, "nobody is nagged"


def test_a_form_that_is_refused_keeps_what_was_written(enter, circle):
    client = enter()
    answer = client.post("/avtale/notert/", {
        "owner": circle.tun.centre.id, "with_1": circle.tun.centre.id, "name": "Nøkkelen", "since_pick": DAY,
    })  # fmt: skip
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Ein avtale er mellom to eller fleire" in page
    assert 'value="Nøkkelen"' in page


@pytest.mark.rule("R10")
def test_with_a_business_the_page_says_what_must_be_in_writing(enter, circle, make):
    client = enter()
    found = make(lambda: circle.noted(circle.shop))
    page = shown(client, f"/avtale/{found.id}/")
    assert "Med ei bedrift må det vere skriftleg før det tek til" in page
    client.post(f"/avtale/{found.id}/side/")
    assert "Det kan ikkje ta til før alle har sagt ja til det." in shown(client, f"/avtale/{found.id}/tekst/")
    fields = make(lambda: text_fields(found))
    answer = client.post(f"/avtale/{found.id}/tekst/", fields)
    assert answer.status_code == 422
    assert "Fyll ut «Kva gjeld om pengar?»" in answer.content.decode()


def test_started_proposed_and_approved_by_both(enter, circle, make):
    client = enter()
    answer = client.post("/avtale/ny/", {
        "owner": circle.tun.centre.id, "name": "Laurdagskaffi", "with_1": circle.tun.other.id, "goal": "Folk møtest",
        "gain": "Fleire frivillige",
    })  # fmt: skip
    found = make(Agreement.objects.get)
    assert answer.headers["Location"] == f"/avtale/{found.id}/tekst/"
    client.post(f"/avtale/{found.id}/tekst/", make(lambda: text_fields(found)))
    version, theirs = make(lambda: (Version.objects.get(), party_of(found, circle.tun.other)))
    assert "Under arbeid" in shown(client, "/avtale/")
    client = enter(Role.ORGANISATION_REPRESENTATIVE, circle.tun.other)
    assert "Ventar på svar frå dykk" in shown(client, "/avtale/")
    assert f"/avtale/versjon/{version.id}/ja/?party={theirs.id}" in shown(client, f"/avtale/{found.id}/")
    address = f"/avtale/versjon/{version.id}/ja/"
    assert "Kva vil de med det?" in shown(client, f"{address}?party={theirs.id}")
    client.post(address, {"party": theirs.id, "goal": "Besøk", "gain": "Nye medlemer"})
    page = shown(client, f"/avtale/{found.id}/")
    for words in ("Det de er samde om", "Kaffi på Solheimen.", "Dette gjer Dalgrend helselag", "Nye medlemer"):
        assert words in page
    assert make(lambda: Agreement.objects.get().state) == "stands"


def test_an_objection_is_read_by_all_and_the_texts_stand_side_by_side(enter, circle, make):
    found = make(circle.started)
    version = make(lambda: circle.proposed(found))
    theirs = make(lambda: party_of(found, circle.tun.other))
    client = enter(Role.ORGANISATION_REPRESENTATIVE, circle.tun.other)
    assert client.post(f"/avtale/versjon/{version.id}/nei/", {"party": theirs.id, "words": ""}).status_code == 422
    client.post(f"/avtale/versjon/{version.id}/nei/", {"party": theirs.id, "words": "Ikkje kvar laurdag."})
    make(lambda: circle.proposed(found, what="Kaffi på Solheimen annankvar laurdag."))
    client = enter()
    page = shown(client, f"/avtale/{found.id}/")
    assert "Ikkje kvar laurdag." in page
    page = shown(client, f"/avtale/{found.id}/versjon/")
    assert '<del><span class="ds-sr-only">teke ut: </span>kvar<span class="ds-sr-only">.</span></del>' in page
    assert '<ins><span class="ds-sr-only">sett inn: </span>annankvar<span class="ds-sr-only">.</span></ins>' in page
    assert "Uendra" in page
    assert "Utkast 1 ved sida av utkast 2" in page
    assert "annankvar" in shown(client, f"/avtale/{found.id}/versjon/?gammal=1&ny=2")


def test_another_wrote_meanwhile_and_nothing_is_lost(enter, circle, make):
    found = make(circle.started)
    fields = make(lambda: text_fields(found, what="Min tekst"))
    make(lambda: circle.proposed(found, by_owner=circle.tun.other))
    client = enter()
    answer = client.post(f"/avtale/{found.id}/tekst/", fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nokon har lagt fram ein annan tekst i mellomtida." in page
    assert "Min tekst" in page
    assert 'name="seen" value="1"' in page, "a second press, with eyes open, goes through"


@pytest.mark.rule("R104")
def test_a_yes_on_paper_is_written_down_at_the_desk(enter, circle, make):
    found = make(circle.started)
    version = make(lambda: circle.proposed(found))
    theirs = make(lambda: party_of(found, circle.tun.other))
    client = enter(Role.COORDINATOR)
    address = f"/avtale/versjon/{version.id}/ja/"
    assert "Du skriv ned det Dalgrend helselag har sagt." in shown(client, f"{address}?party={theirs.id}")
    client.post(address, {"party": theirs.id, "said_by": "Hilde", "how": "paper", "said_on_pick": DAY})
    page = shown(client, f"/avtale/{found.id}/")
    assert "Hilde skreiv under på papir, 23. november 2026. Skrive ned av" in page
    assert make(lambda: Answer.objects.get(party=theirs).how) == "paper"


def test_each_side_says_its_own(enter, circle, make):
    found = make(circle.agreed)
    mine, theirs = make(lambda: (party_of(found, circle.tun.centre), party_of(found, circle.tun.other)))
    person = make(lambda: circle.stands_at(circle.tun.centre, "Kari", "+4790007131", role="coordinator"))
    client = enter()
    base = f"/avtale/part/{mine.id}"
    assert client.get(f"{base}/").headers["Location"] == f"/avtale/{found.id}/"
    client.post(f"{base}/ord/", {"goal": "Nytt mål", "gain": "Ny vinst"})
    client.post(f"{base}/kontakt/", {"contact": person.id, "deputy": ""})
    client.post(f"{base}/forankring/", {"words": "Styret, sak 7", "on_pick": DAY})
    page = shown(client, f"/avtale/{found.id}/")
    for words in ("Nytt mål", "Ny vinst", "Kari Kontakt", "Styret, sak 7", "Ingen er nemnd enno"):
        assert words in page
    assert "Det står ikkje noko om kva som er bestemt hos" in page
    assert client.get(f"{base}/forum/").status_code == 200
    for act in ("kontakt", "forankring", "forum", "stopp"):
        assert client.get(f"/avtale/part/{theirs.id}/{act}/").status_code == 404
    make(lambda: log_in_person(client, person))
    assert "Avtalar der du er kontakten" not in shown(client, "/avtale/")


def test_a_party_stops_and_rhythm_and_endings_are_proposed(enter, circle, make):
    found = make(circle.agreed)
    mine = make(lambda: party_of(found, circle.tun.centre))
    client = enter()
    base = f"/avtale/{found.id}/forslag"
    client.post(f"{base}/rytme/", {"meets": "telephone", "often": "twice_a_year", "why": ""})
    client.post(f"{base}/slutt/", {"why": "Hallen skal rivast.", "last_day_pick": DAY})
    client.post(f"{base}/over/", {"taker": circle.tun.other.id, "why": "Dei har folk.", "last_day_pick": DAY})
    page = shown(client, f"/avtale/{found.id}/")
    for words in ("På telefonen. To gonger i året.", "Hallen skal rivast.", "Dalgrend helselag fører det vidare."):
        assert words in page
    assert client.post(f"{base}/slutt/", {"why": "", "last_day_pick": DAY}).status_code == 422
    version = make(lambda: Version.objects.get(sort="rhythm"))
    client.post(f"/avtale/versjon/{version.id}/trekk/")
    assert make(lambda: Version.objects.get(sort="rhythm").state) == "withdrawn"
    client.post(f"/avtale/part/{mine.id}/stopp/", {"why": "Vi har for mykje.", "last_day_pick": "other",
                                                   "last_day_other": "2026-12-31"})  # fmt: skip
    assert "Gjev seg etter 31. desember 2026." in shown(client, f"/avtale/{found.id}/")


def test_one_more_is_brought_in(enter, circle, make):
    found = make(circle.started)
    client = enter()
    assert client.get(f"/avtale/{found.id}/part/").status_code == 200
    client.post(f"/avtale/{found.id}/part/", {"owner": circle.tun.council.id})
    assert make(Party.objects.count) == 3


@pytest.mark.rule("R05")
@pytest.mark.rule("R06")
@pytest.mark.rule("R110")
def test_an_evaluation_from_late_to_done_and_said_openly(enter, circle, make, monkeypatch):
    found = make(circle.agreed)
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2027, 6, 1, 8, tzinfo=dt.UTC))
    client = enter()
    assert "Evalueringa er forseinka" in shown(client, f"/avtale/{found.id}/")
    client.post(f"/avtale/{found.id}/evaluering/")
    made = make(Evaluation.objects.get)
    for party in make(lambda: parties_of(found)):
        mine = party.owner_id == circle.tun.centre.id
        spoken = {} if mine else {"said_by": "Hilde", "how": "telephone", "said_on_pick": "2027-06-01"}
        address = f"/avtale/evaluering/{made.id}/ord/"
        assert client.get(f"{address}?party={party.id}").status_code == 200
        client.post(address, {"party": party.id, "words": f"Bra for {party.owner.name}", **spoken})
    address = f"/avtale/evaluering/{made.id}/mottak/"
    assert client.post(address, {"words": "", "unheard_because": ""}).status_code == 422
    client.post(address, {"words": "Vi kosar oss.", "unheard_because": ""})
    page = shown(client, f"/avtale/{found.id}/")
    for words in (
        "Bra for Dalgrend helselag",
        "Vi kosar oss.",
        "Hilde på telefon",
        "Skal gjerast innan 1. desember 2027",
    ):
        assert words in page
    assert client.get(f"/avtale/{found.id}/open/").status_code == 404
    client = enter(Role.ORGANISATION_REPRESENTATIVE, circle.tun.other)
    client.post(f"/avtale/evaluering/{made.id}/open/", {"words": "Vi får ikkje nøkkel."})
    client.logout()
    assert "Vi får ikkje nøkkel." in shown(client, f"/avtale/{found.id}/open/")
    client = enter()
    assert client.post(f"/avtale/evaluering/{made.id}/open/ned/").status_code == 404, "not another's to take down"
    client = enter(Role.ORGANISATION_REPRESENTATIVE, circle.tun.other)
    client.post(f"/avtale/evaluering/{made.id}/open/ned/")
    assert make(lambda: Comment.objects.get().taken_down_at)


def pages_of(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf)).pages


def test_it_stands_on_one_page_of_paper(enter, circle, make):
    found = make(lambda: circle.agreed(circle.tun.other, circle.tun.council))
    client = enter()
    paper = client.get(f"/avtale/{found.id}/papir/").content
    assert len(pages_of(paper)) == 1
    words = pages_of(paper)[0].extract_text()
    for part in ("Laurdagskaffi", "Kaffi på Solheimen", "Dalgrend helselag", "Ja frå"):
        assert part in words
    noted = make(circle.noted)
    assert "Vaktmeisteren" in pages_of(client.get(f"/avtale/{noted.id}/papir/").content)[0].extract_text()


def test_a_long_text_is_set_smaller_before_it_begins_a_second_page():
    facts = {"language": "nn", "title": "Laurdagskaffi", "state": "Står", "parties_title": "Partane",
             "signs_title": "Ja", "printed": "i dag"}  # fmt: skip
    rows = [Row(f"Felt {n}", "Ord om det vi gjer saman. " * 8) for n in range(6)]
    parties = [Row(f"Lag {n}", "Vil: møtest\nFår att: fleire") for n in range(4)]
    assert len(pages_of(paper_pdf(Paper(**facts, rows=rows, parties=parties, signs=parties)))) == 1
    assert len(pages_of(paper_pdf(Paper(**facts, rows=rows * 5)))) > 1


def test_the_page_of_an_agreement_asks_few_questions(enter, circle, make, django_assert_max_num_queries):
    found = make(lambda: circle.agreed(circle.tun.other, circle.tun.council, circle.shop))
    make(lambda: circle.proposed(found, what="Vaflar"))
    make(lambda: actions.evaluate(agreement=found, by=circle.leader(), at=circle.tun.now))
    client = enter()
    shown(client, f"/avtale/{found.id}/")
    with django_assert_max_num_queries(26):
        shown(client, f"/avtale/{found.id}/")
