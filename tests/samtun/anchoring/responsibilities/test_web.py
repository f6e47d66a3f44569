"""Kinds of help: what is and is not done, who said yes; professional care can never be asked of volunteers."""

import dataclasses
import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samtun.anchoring.responsibilities import actions
from samtun.anchoring.responsibilities.enums import STANDARD_KINDS, STANDARD_PURPOSES
from samtun.anchoring.responsibilities.models import Clearance, PolicePurpose, TaskType
from samtun.foundation.viewer import Permission
from tests.factories.desk import DESK, coordinator, owner
from tests.factories.help import task_type

ADMIN = DESK | {Permission.MANAGE_TASK_TYPES}
LEADER = DESK | {Permission.MANAGE_ORGANISATION}


@pytest.fixture
def commune(municipality, scope_of):
    with scope_of(municipality):
        return owner("Dalgrend kommune", "municipality")


@pytest.fixture
def centre(municipality, scope_of):
    with scope_of(municipality):
        return owner()


@pytest.fixture
def snow(municipality, scope_of):
    with scope_of(municipality):
        return task_type(usual_minutes=30, most_minutes=60)


def text(response):
    return response.content.decode()


def posted(found, **changes):
    base = {
        "name_nb": "Måke snø", "name_nn": "Måke snø", "limits_nb": "Trapp og sti.", "asking": "first_yes",
        "usual_minutes": "30", "most_minutes": "60", "least_age": "15", "is_active": "on",
        "version": str(found.version),
    }  # fmt: skip
    return base | changes


def cleared(found, who, yes=True):
    return Clearance.objects.create(
        task_type=found, owner=who, cleared=yes, by_words="Møte 3. november", decided_on=dt.date(2026, 11, 3)
    )


def test_the_list_shows_class_limits_and_who_said_yes(municipality, scope_of, open_as, commune, centre, snow):
    with scope_of(municipality):
        cleared(snow, commune)
        other = owner("Røde Kors", "organisation")
        cleared(snow, other, yes=False)
        task_type("wound", "Sårstell", task_class="professional", is_declined=True, way_on={"nb": "Ring legen."})
    html = text(open_as(coordinator(centre)).get(reverse("task_types")))
    for part in ("Måke snø", "Practical", "Trapp og sti.", "Dalgrend kommune", "Møte 3. november", "Ring legen.",
                 "Professional care, never for volunteers"):  # fmt: skip
        assert part in html
    assert "Røde Kors" not in html
    assert "Røde Kors" not in text(open_as(coordinator(centre)).get(reverse("task_type", args=[snow.id])))


def test_the_list_takes_as_many_statements_with_forty_kinds(municipality, scope_of, open_as, commune, snow):
    client = open_as(coordinator(commune))

    def statements():
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("task_types"))
        return len(caught)

    statements()
    one = statements()
    with scope_of(municipality):
        for n in range(40):
            cleared(task_type(f"k{n}", f"Slag {n}"), commune)
    assert statements() == one == 6


def test_everyone_reads_what_is_done_and_the_way_on(municipality, scope_of, client, commune, snow):
    with scope_of(municipality):
        cleared(snow, commune)
        task_type("drive", "Køyre tungt", task_class="grey")
        task_type("wound", "Sårstell", task_class="professional", is_declined=True, way_on={"nn": "Ring legen."})
    client.cookies["samtun_language"] = "en"
    html = text(client.get(reverse("what_we_do")))
    does, rest = html.split("Ask us first")
    assert "Måke snø" in does
    assert "Køyre tungt" not in does
    assert "Køyre tungt" in rest
    assert "Ring legen." in rest


def test_only_those_who_may_change_and_clear(open_as, centre, snow):
    client = open_as(coordinator(centre))
    assert client.get(reverse("task_type_change", args=[snow.id])).status_code == 403
    assert client.post(reverse("task_type_clear", args=[snow.id])).status_code == 403
    html = text(client.get(reverse("task_type", args=[snow.id])))
    assert reverse("task_type_clear", args=[snow.id]) not in html


def test_who_sets_it_up_and_who_acts_for_an_organisation_look_without_a_desk(open_as, centre, snow):
    for permission, status in (
        (Permission.MANAGE_TASK_TYPES, 200), (Permission.MANAGE_ORGANISATION, 200), (Permission.OWN_PAGE, 403),
    ):  # fmt: skip
        client = open_as(coordinator(centre, permissions=frozenset({permission})))
        assert client.get(reverse("task_types")).status_code == status
        assert client.get(reverse("task_type", args=[snow.id])).status_code == status


def test_an_owner_says_yes_for_itself_and_who_decided_is_required(municipality, scope_of, open_as, centre, snow):
    client, url = open_as(coordinator(centre, permissions=LEADER)), reverse("task_type_clear", args=[snow.id])
    wrong = client.post(url, {"cleared": "yes"})
    assert wrong.status_code == 422
    assert "Fill in “Who decided it, and when?”." in text(wrong)
    assert client.post(url, {"cleared": "yes", "by_words": "Styret 4. november"}).status_code == 302
    with scope_of(municipality):
        row = Clearance.objects.get(task_type=snow)
        assert (row.owner_id, row.cleared, row.by_words) == (centre.id, True, "Styret 4. november")
    assert "Both must say yes" in text(client.get(reverse("task_type", args=[snow.id])))


def test_professional_care_can_never_be_made_askable(municipality, scope_of, open_as, commune, now):
    with scope_of(municipality):
        wound = task_type("wound", "Sårstell", task_class="professional", is_declined=True)
    client = open_as(coordinator(commune, permissions=ADMIN))
    assert 'name="is_declined"' not in text(client.get(reverse("task_type_change", args=[wound.id])))
    assert client.post(reverse("task_type_change", args=[wound.id]), posted(wound)).status_code == 302
    yes = client.post(reverse("task_type_clear", args=[wound.id]), {"cleared": "yes", "by_words": "Meg"})
    assert yes.status_code == 409
    assert "Professional care is never a task for volunteers" in text(yes)
    with scope_of(municipality):
        assert TaskType.objects.get(id=wound.id).is_declined
        by = coordinator(commune, permissions=ADMIN)
        with pytest.raises(actions.ProfessionalTask):
            actions.change_limits(task_type=wound, version=2, by=by, at=now, is_declined=False)
        with pytest.raises(actions.MinutesOrder):
            actions.change_limits(task_type=wound, version=2, by=by, at=now, most_minutes=5, usual_minutes=10)
        with pytest.raises(actions.NeedsNames):
            actions.change_limits(task_type=wound, version=2, by=by, at=now, name={"nb": "Sårstell"})


@pytest.mark.rule("R63")
def test_requirements_follow_the_task(municipality, scope_of, open_as, commune, snow):
    with scope_of(municipality):
        purpose = PolicePurpose.objects.create(
            code="p1", name={"nb": "Leir"}, law="§ 34-12", valid_from=dt.date(2020, 1, 1)
        )
    client = open_as(coordinator(commune, permissions=ADMIN))
    changes = {"needs_declaration": "on", "needs_course": "Førstehjelp", "needs_purpose": str(purpose.id)}
    assert client.post(reverse("task_type_change", args=[snow.id]), posted(snow, **changes)).status_code == 302
    html = text(client.get(reverse("task_type", args=[snow.id])))
    for part in ("Declaration of confidentiality", "Course: forstehjelp", "Police certificate: Leir (§ 34-12)"):
        assert part in html


def test_wider_limits_take_the_yeses_away_and_say_so(municipality, scope_of, open_as, commune, snow):
    with scope_of(municipality):
        cleared(snow, commune)
    client = open_as(coordinator(commune, permissions=ADMIN))
    response = client.post(reverse("task_type_change", args=[snow.id]), posted(snow, most_minutes="90"), follow=True)
    assert "each must say yes to it again" in text(response)
    with scope_of(municipality):
        assert not Clearance.objects.filter(task_type=snow).exists()


def test_bad_input_gives_sentences_and_loses_nothing(open_as, commune, snow):
    client = open_as(coordinator(commune, permissions=ADMIN))
    wrong = posted(snow, name_nn="", usual_minutes="90", most_minutes="60", least_age="old", limits_en="Only steps")
    response = client.post(reverse("task_type_change", args=[snow.id]), wrong)
    html = text(response)
    assert response.status_code == 422
    for sentence in ("Fill in “Name in nynorsk”.", "at least as many as it usually takes", "Write the age with digits"):
        assert sentence in html
    assert "Only steps" in html


def test_two_who_change_the_same_both_see_both(municipality, scope_of, open_as, commune, snow):
    client, url = open_as(coordinator(commune, permissions=ADMIN)), reverse("task_type_change", args=[snow.id])
    assert client.post(url, posted(snow, limits_nb="Trapp.")).status_code == 302
    late = client.post(url, posted(snow, limits_nb="Trapp og tak."))
    assert late.status_code == 409
    assert "<td>Trapp.</td><td>Trapp og tak.</td>" in text(late)
    assert 'name="version" value="2"' in text(late)


def new_kind(**changes):
    """What the form for a new kind posts."""
    return {
        "task_class": "practical", "name_nb": "Rake løv", "name_nn": "Rake lauv", "limits_nb": "Hagen din.",
        "asking": "first_yes", "usual_minutes": "60", "most_minutes": "120", "least_age": "15", "needs_car": "on",
    } | changes  # fmt: skip


def test_a_new_kind_of_help_is_made_and_nobody_has_said_yes_yet(municipality, scope_of, open_as, commune):
    client = open_as(coordinator(commune, permissions=ADMIN))
    assert client.get(reverse("task_type_new")).status_code == 200
    answer = client.post(reverse("task_type_new"), new_kind())
    with scope_of(municipality):
        made = TaskType.objects.get()
        assert (made.key, made.name, made.task_class, made.needs_car, made.most_minutes, made.is_active) == (
            "rake-lov", {"nb": "Rake løv", "nn": "Rake lauv"}, "practical", True, 120, True
        )  # fmt: skip
        assert not Clearance.objects.exists()
    assert answer["Location"] == reverse("task_type", args=[made.id])
    assert "Rake lauv" in text(client.get(answer["Location"]))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name_nn": ""}, "Fill in “Name in nynorsk”."),
        ({"task_class": ""}, "Choose something under “What sort of help is it?”."),
        ({"usual_minutes": "mye"}, "Write the number of minutes with digits, from 5 to 600."),
        ({"most_minutes": "30"}, "The most minutes must be at least as many as it usually takes."),
        ({"name_nb": "Måke snø"}, "There is a kind of help with this name already."),
    ],
)
def test_a_new_kind_that_will_not_do_is_said_and_nothing_typed_is_lost(
    municipality, scope_of, open_as, commune, wrong, sentence
):
    with scope_of(municipality):
        task_type("make-sno")
    answer = open_as(coordinator(commune, permissions=ADMIN)).post(reverse("task_type_new"), new_kind(**wrong))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Hagen din." in text(answer)
    with scope_of(municipality):
        assert TaskType.objects.count() == 1


def test_what_is_for_professionals_is_met_with_the_way_on_whatever_is_ticked(municipality, scope_of, open_as, commune):
    open_as(coordinator(commune, permissions=ADMIN)).post(reverse("task_type_new"), new_kind(task_class="professional"))
    with scope_of(municipality):
        assert TaskType.objects.get().is_declined


def test_with_none_the_administrator_is_offered_the_ordinary_ones_once(municipality, scope_of, open_as, commune):
    client = open_as(coordinator(commune, permissions=ADMIN), "nn")
    page = text(client.get(reverse("task_types")))
    assert "Måke snø på trappa" in page
    assert reverse("task_types_begin") in page
    assert client.post(reverse("task_types_begin")).status_code == 302
    with scope_of(municipality):
        assert TaskType.objects.count() == len(STANDARD_KINDS)
        assert PolicePurpose.objects.count() == len(STANDARD_PURPOSES)
        assert not Clearance.objects.exists(), "the set promises nothing"
        assert TaskType.objects.get(key="care").is_declined
    assert reverse("task_types_begin") not in text(client.get(reverse("task_types")))
    again = client.post(reverse("task_types_begin"))
    assert again.status_code == 409
    assert "Her er det slag hjelp frå før" in text(again)
    with scope_of(municipality):
        assert TaskType.objects.count() == len(STANDARD_KINDS)


def test_whoever_cannot_set_up_is_not_offered_the_ordinary_ones(open_as, commune):
    client = open_as(coordinator(commune))
    assert reverse("task_types_begin") not in text(client.get(reverse("task_types")))
    assert client.post(reverse("task_types_begin")).status_code == 403
    assert client.get(reverse("task_type_new")).status_code == 403


def test_a_kind_taken_out_of_use_can_be_found_again(municipality, scope_of, open_as, commune, snow):
    with scope_of(municipality):
        task_type("old", "Bære vann", is_active=False)
    assert "Bære vann" in text(open_as(coordinator(commune, permissions=ADMIN)).get(reverse("task_types")))
    assert "Bære vann" not in text(open_as(coordinator(commune)).get(reverse("task_types")))


def test_every_ordinary_kind_is_said_in_three_languages():
    for kind in (*STANDARD_KINDS, *STANDARD_PURPOSES):
        for texts in (getattr(kind, name) for name in ("name", "limits", "way_on") if hasattr(kind, name)):
            assert set(texts) == {"nb", "nn", "en"}
            assert all(texts.values())


@pytest.mark.rule("R112")
def test_what_has_happened_to_a_kind_is_told_without_what_other_organisations_said(
    municipality, scope_of, open_as, commune, centre, snow
):
    with scope_of(municipality):
        other = owner("Røde Kors", "organisation")
        for who, day in ((commune, 1), (other, 2), (centre, 3)):
            actions.clear(
                task_type=snow, owner=who, cleared=True, by_words="", at=dt.datetime(2026, 11, day, 9, tzinfo=dt.UTC),
                by=dataclasses.replace(coordinator(who, permissions=LEADER), name=f"Nokon i {who.name}"),
            )  # fmt: skip
    history = text(open_as(coordinator(centre)).get(reverse("task_type", args=[snow.id]))).split("What has happened")[1]
    assert history.count("A kind of help was cleared beforehand") == 2
    assert [f"{day}. November" in history for day in (1, 2, 3)] == [True, False, True]
    assert [f"Nokon i {who.name}" in history for who in (commune, other, centre)] == [False, False, True]
