"""What other rooms show on a person's page."""

from django.urls import reverse

from samtun.people.preferences.models import Preference
from tests.factories.desk import coordinator, owner, person


def text(response):
    return response.content.decode()


def test_how_we_are_in_touch_is_shown_and_changed(municipality, scope_of, open_as):
    with scope_of(municipality):
        ours = owner()
        found = person(ours, phone_kind="landline")
    client, page = open_as(coordinator(ours)), reverse("person", args=[found.id])
    html = text(client.get(page))
    assert "We ring" in html
    assert "Asked each time" in html
    assert "Not a volunteer with you." in html
    url = reverse("person_preferences", args=[found.id])
    wrong = client.post(url, {"channel": "pigeon"})
    assert wrong.status_code == 422
    assert client.post(url, {"channel": "letter", "chooses_for_me": "on"}).status_code == 302
    assert "Choose for me" in text(client.get(page))
    with scope_of(municipality):
        row = Preference.objects.get(person=found)
        assert (row.channel, row.chooses_for_me, row.large_print) == ("letter", True, False)


def test_another_owners_person_cannot_be_changed(municipality, scope_of, open_as):
    with scope_of(municipality):
        ours, found = owner(), person(owner("Røde Kors", "organisation"))
    client = open_as(coordinator(ours))
    for answer in (client.get, client.post):
        assert answer(reverse("person_preferences", args=[found.id])).status_code == 404
