"""The pages of what is on offer: for everyone, for those who publish, for the centre, and the link in the text."""

import datetime as dt
import io

import pypdf
import pytest
from django.urls import reverse

from samtun.foundation.viewer import Role, Viewer
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import make_token
from samtun.partners.catalogue.actions import offers, right
from samtun.partners.catalogue.models import Offer, Report, StillRightAsked
from samtun.partners.organisations.models import Membership, Organisation
from tests.factories.catalogue import an_offer, form_of, known, publishes
from tests.factories.journey import make_tun

pytestmark = pytest.mark.django_db


@pytest.fixture
def tun(municipality, now, scope_of):
    with scope_of(municipality):
        return make_tun(municipality, now)


@pytest.fixture
def make(municipality, scope_of):
    """Do something in a scope: `make(lambda: an_offer(tun))`."""

    def run(work):
        with scope_of(municipality):
            return work()

    return run


@pytest.fixture
def mine(tun, open_as):
    return open_as(publishes(tun, tun.centre, Role.COORDINATOR))


def text(answer):
    return answer.content.decode()


def test_anyone_finds_it_on_its_shelf_and_reads_whom_to_ring_first(client, tun, make):
    found = make(lambda: an_offer(tun, easy="Noen kommer til deg. Det er gratis.", villages=[tun.small]))
    make(lambda: an_offer(tun, title="Trygghetsalarm", is_free=False))
    page = text(client.get("/tilbud/"))
    assert page.index("Besøksvenn") < page.index("Trygghetsalarm")
    assert "Noen kommer innom en gang i uka." in page
    easy = text(client.get("/tilbud/?lett=1&gratis=1"))
    assert "Noen kommer til deg." in easy
    assert "Trygghetsalarm" not in easy
    one = text(client.get(f"/tilbud/{found.id}/"))
    assert one.index("tel:+4757001122") < one.index("Noen kommer innom en gang i uka.")
    assert "Gunnhild" in one
    assert one.count("Noen kommer til deg.") == 0
    assert "Noen kommer til deg." in text(client.get(f"/tilbud/{found.id}/?lett=1"))
    for strange in ("grend=x", "grend=00000000-0000-0000-0000-000000000000", "kven=x", "slag=x", "ord=%00"):
        assert client.get(f"/tilbud/?{strange}").status_code == 200


@pytest.mark.rule("R46")
def test_what_nobody_has_confirmed_says_so(client, tun, make, now):
    found = make(lambda: an_offer(tun))
    since = dt.date(2026, 1, 5)
    make(lambda: Offer.objects.update(confirmed_on=since, ask_from=now.date() - dt.timedelta(days=31)))
    client.cookies["samtun_language"] = "en"
    for page in ("/tilbud/", f"/tilbud/{found.id}/"):
        assert "Nobody has confirmed this since January 2026." in text(client.get(page))


def test_what_is_over_says_so_at_its_old_address(client, tun, make):
    found = make(lambda: an_offer(tun))
    make(lambda: offers.end(offer=found, by=publishes(tun, tun.centre), at=tun.now))
    answer = client.get(f"/tilbud/{found.id}/")
    assert answer.status_code == 410
    assert "Gunnhild" not in text(answer)
    assert client.get(f"/tilbud/{found.id}/feil/").status_code == 404


def test_anyone_says_that_something_is_wrong_and_nothing_typed_is_lost(client, tun, make, mine):
    found = make(lambda: an_offer(tun))
    page = f"/tilbud/{found.id}/feil/"
    bad = mine.post(page, {"key": form_of()["key"], "words": "Feil nummer", "phone": "570"})
    assert bad.status_code == 422
    assert "Feil nummer" in text(bad)
    sent = {"key": form_of()["key"], "words": "Feil nummer", "phone": "90 00 00 22"}
    for _twice in range(2):
        assert "Thank you!" in text(mine.post(page, sent))
    assert make(Report.objects.count) == 1
    listed = text(mine.get("/tilbud/meldt/"))
    assert "Besøksvenn" in listed
    look = f"/tilbud/meldt/{found.id}/"
    assert "tel:+4790000022" in text(mine.get(look))
    assert "Feil nummer" not in text(mine.get(f"/tilbud/{found.id}/")), "what is said is not shown to everyone"
    assert mine.post(f"{look}ned/", {"why": ""}).status_code == 422
    assert mine.post(f"{look}ned/", {"why": "Nummeret er feil."}).status_code == 302
    assert mine.get(f"/tilbud/{found.id}/").status_code == 404
    assert "Nummeret er feil." in text(mine.get(f"/tilbud/vare/{found.id}/"))
    assert mine.post(f"{look}opp/").status_code == 302
    assert mine.post(f"{look}lat-staa/", {"words": "Rettet"}).status_code == 302
    assert mine.get(f"/tilbud/{found.id}/").status_code == 200


@pytest.mark.rule("R98")
def test_one_sees_who_nearly_does_it_before_one_makes_something_new(tun, make, mine):
    make(lambda: an_offer(tun, title="Besøk frå helselaget"))
    first = text(mine.get("/tilbud/vare/ny/"))
    assert "First, see who nearly does it already." in first
    page = mine.get("/tilbud/vare/ny/?slag=one_to_one&grend=")
    assert "Besøk frå helselaget" in text(page)
    sent = form_of(owner=str(tun.centre.id), title="Turvenn")
    answer = mine.post("/tilbud/vare/ny/", sent, follow=True)
    assert "open to everyone now" in text(answer)
    mine.post("/tilbud/vare/ny/", sent)
    assert make(lambda: Offer.objects.filter(title="Turvenn").count()) == 1
    assert mine.get("/tilbud/vare/ny/?slag=rubbish").status_code == 422


@pytest.mark.rule("R59")
def test_a_word_of_illness_in_the_name_is_asked_about_and_may_stand(tun, make, mine):
    sent = form_of(owner=str(tun.centre.id), title="Treff for alle med depresjon")
    answer = mine.post("/tilbud/vare/ny/", sent)
    assert answer.status_code == 422
    assert "depresjon" in text(answer)
    assert mine.post("/tilbud/vare/ny/", sent | {"keep_words": "on"}).status_code == 302


def test_one_changes_confirms_hands_on_and_ends_ones_own(tun, make, mine):
    found = make(lambda: an_offer(tun))
    page = f"/tilbud/vare/{found.id}/"
    assert 'value="Besøksvenn"' in text(mine.get(f"{page}rett/"))
    assert mine.post(f"{page}rett/", form_of(found, title="Turvenn", is_free="", price="40 kr")).status_code == 302
    late = mine.post(f"{page}rett/", form_of(found, title="Noe annet"))
    assert late.status_code == 422
    assert "Somebody has changed it while you wrote" in text(late)
    assert "Noe annet" in text(late)
    for version in ("", "x", "9" * 30):
        assert mine.post(f"{page}rett/", form_of(found, version=version)).status_code == 422
    assert "stands as confirmed today" in text(mine.post(f"{page}stemmer/", follow=True))
    assert mine.post(f"{page}vidare/", {"to": ""}).status_code == 422
    assert mine.post(f"{page}vidare/", {"to": str(tun.council.id)}).status_code == 302
    assert mine.get(page).status_code == 404
    other = make(lambda: an_offer(tun))
    assert "not on offer any more" in text(mine.post(f"/tilbud/vare/{other.id}/slutt/", follow=True))
    assert "not on offer any more" in text(mine.post(f"/tilbud/vare/{other.id}/slutt/", follow=True))


def test_an_association_is_told_that_it_waits(tun, make, open_as):
    client = open_as(publishes(tun, tun.other))
    answer = client.post("/tilbud/vare/ny/", form_of(owner=str(tun.other.id)), follow=True)
    assert "within an opening day" in text(answer)
    assert "Reported as wrong" not in text(client.get("/tilbud/vare/"))
    make(lambda: known(tun))


def test_the_link_asks_and_one_press_answers(client, tun, make):
    def ask():
        found = an_offer(tun)
        person = tun.person("Liv", "Aas", "+4790000021")
        body = Organisation.objects.get(owner=tun.centre)
        Membership.objects.create(person=person, organisation=body, role=Role.LEADER, starts=dt.date(2026, 1, 1))
        right.ask_still_right(
            ref=Ref("offer", found.id), owner=tun.centre, title=found.title,
            path=reverse("own_offer", args=[found.id]), by=Viewer.system(tun.municipality.id), at=tun.now,
        )  # fmt: skip
        return make_token(Question.objects.get(kind="still_right")), found

    token, found = make(ask)
    client.cookies["samtun_language"] = "en"
    page = f"/svar/stemmer/{token}/"
    shown = text(client.get(page))
    assert "Besøksvenn" in shown
    assert f"/tilbud/vare/{found.id}/" in shown
    assert make(lambda: StillRightAsked.objects.get().answer) == "", "opening answers nothing"
    client.post(page, {"answer": "rubbish"})
    assert make(lambda: StillRightAsked.objects.get().answer) == ""
    assert "stands as confirmed" in text(client.post(page, {"answer": "yes"}, follow=True))
    assert "stands as confirmed" in text(client.post(page, {"answer": "ended"}, follow=True)), "the first answer stands"
    wrong = token[:-1] + ("1" if token[-1] != "1" else "2")
    assert client.get(f"/svar/stemmer/{wrong}/").status_code == 404


def test_the_booklet_is_tagged_and_in_large_type(client, tun, make):
    make(lambda: an_offer(tun, title="Besøk *og* #tur"))
    client.cookies["samtun_language"] = "nn"
    answer = client.get("/tilbud/hefte/")
    pdf = pypdf.PdfReader(io.BytesIO(answer.content))
    words = "".join(page.extract_text() for page in pdf.pages)
    assert "Besøk *og* #tur" in words
    assert "57 00 11 22" in words
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    make(lambda: Offer.objects.all().delete())
    assert client.get("/tilbud/hefte/").status_code == 200


def test_a_list_page_is_few_statements(client, tun, make, django_assert_max_num_queries):
    for n in range(5):
        make(lambda n=n: an_offer(tun, title=f"Tilbud {n}"))
    client.get("/tilbud/")
    with django_assert_max_num_queries(15 + 4):
        client.get("/tilbud/?ord=tilbud")
