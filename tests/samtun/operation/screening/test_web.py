"""What a task asks of a volunteer: dates noted, nothing of what a paper said, no purpose but those listed."""

import datetime as dt

import pytest
from django.urls import reverse

from samtun.anchoring.responsibilities.models import PolicePurpose
from samtun.kernel import clock
from samtun.operation.screening import actions
from samtun.operation.screening.models import PoliceCertificateCheck
from samtun.operation.training import actions as training
from samtun.operation.training.models import TrainingRecord
from tests.factories.desk import coordinator, owner
from tests.factories.help import volunteer


@pytest.fixture
def ours(municipality, scope_of):
    with scope_of(municipality):
        return owner()


@pytest.fixture
def found(municipality, scope_of, ours):
    with scope_of(municipality):
        return volunteer(ours)


def text(response):
    return response.content.decode()


def purpose(code="p1", **dates):
    dates = {"valid_from": dt.date(2020, 1, 1)} | dates
    return PolicePurpose.objects.create(code=code, name={"nb": f"Formål {code}"}, law="§ 34-1", **dates)


@pytest.mark.rule("R64")
def test_without_a_listed_purpose_no_certificate_can_be_noted(open_as, ours, found, municipality, scope_of):
    with scope_of(municipality):
        gone = purpose("old", valid_to=dt.date(2021, 1, 1))
    client, url = open_as(coordinator(ours)), reverse("volunteer_certificate", args=[found.id])
    html = text(client.get(url))
    assert "No purpose is listed" in html
    assert '<form class="form' not in html
    assert client.post(url, {"purpose": str(gone.id), "on": "2020-06-01"}).status_code == 422
    with scope_of(municipality):
        assert not PoliceCertificateCheck.objects.exists()


@pytest.mark.rule("R64")
def test_a_certificate_is_noted_for_a_purpose_with_a_date_and_nothing_more(
    open_as, ours, found, municipality, scope_of
):
    with scope_of(municipality):
        listed = purpose()
    client, url = open_as(coordinator(ours)), reverse("volunteer_certificate", args=[found.id])
    assert "Formål p1 (§ 34-1)" in text(client.get(url))
    assert client.post(url, {"on": "2026-11-02"}).status_code == 422
    assert client.post(url, {"purpose": str(listed.id), "on": "2.11.2026"}).status_code == 302
    assert "Shown 2. November 2026 (§ 34-1)" in text(client.get(reverse("volunteer", args=[found.id])))
    with scope_of(municipality):
        fields = {f.name for f in PoliceCertificateCheck._meta.fields}
    assert fields == {"id", "tenant", "person", "owner", "purpose", "shown_on", "seen_by"}


@pytest.mark.rule("R64")
def test_a_purpose_not_in_force_on_the_day_is_refused_at_the_field(open_as, ours, found, municipality, scope_of):
    with scope_of(municipality):
        listed = purpose(valid_from=dt.date(2026, 6, 1))
    url = reverse("volunteer_certificate", args=[found.id])
    response = open_as(coordinator(ours)).post(url, {"purpose": str(listed.id), "on": "2026-05-01"})
    assert response.status_code == 422
    assert "The law does not list this purpose on that day" in text(response)


def test_declaration_talk_and_course_show_on_the_page(open_as, ours, found):
    client = open_as(coordinator(ours))
    for name in ("volunteer_declaration", "volunteer_talk"):
        assert client.post(reverse(name, args=[found.id]), {"on": "2026-11-02"}).status_code == 302
    posted = {"course": "other", "name": "Førstehjelp", "held_on": "2026-11-02"}
    assert client.post(reverse("volunteer_course", args=[found.id]), posted).status_code == 302
    html = text(client.get(reverse("volunteer", args=[found.id])))
    assert "Signed 2. November 2026" in html
    assert "Held 2. November 2026 by Turid Lunde" in html
    assert "2. November 2026</span>" in html


def test_days_to_come_and_backward_dates_are_refused_at_the_field(open_as, ours, found):
    client = open_as(coordinator(ours))
    ahead = (clock.today() + dt.timedelta(days=2)).isoformat()
    for name in ("volunteer_declaration", "volunteer_talk"):
        response = client.post(reverse(name, args=[found.id]), {"on": ahead})
        assert response.status_code == 422
        assert "That day has not come yet" in text(response)
    url = reverse("volunteer_course", args=[found.id])
    wrong = client.post(url, {"course": "other", "name": "Kurs", "held_on": "2026-11-02", "expires_on": "2026-11-01"})
    assert "cannot run out before" in text(wrong)
    assert "Write the name of the course." in text(client.post(url, {"course": "other", "held_on": "2026-11-02"}))


@pytest.mark.rule("R112")
def test_two_hosts_note_the_same_course_each_for_itself(open_as, ours, found, municipality, scope_of, now):
    with scope_of(municipality):
        theirs = owner("Røde Kors", "organisation")
        for host in (ours, theirs):
            training.note_course(
                person=found.person, owner=host, course="first-aid", held_on=dt.date(2026, 11, 2), expires_on=None,
                by=coordinator(host), at=now,
            )  # fmt: skip
        assert TrainingRecord.objects.filter(owner=ours).count() == 1
        actions.note_declaration(
            person=found.person, owner=theirs, signed_on=dt.date(2026, 11, 2), by=coordinator(theirs), at=now
        )
    assert "Not signed" in text(open_as(coordinator(ours)).get(reverse("volunteer", args=[found.id])))
