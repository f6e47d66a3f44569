"""What each role may, word for word: a change here is a decision."""

import pytest

from samtun.foundation.hats import STRONG
from samtun.foundation.viewer import Permission, Role
from samtun.people.roles.rules import CLASSES, read_label, role_class

DESK = {
    "see_desk", "handle_requests", "see_persons", "manage_volunteers", "handle_messages", "thank_volunteers",
    "note_death", "own_page", "publish",
}  # fmt: skip
TABLE = {
    "anonymous": set(),
    "resident": {"own_page"},
    "next_of_kin": {"own_page"},
    "volunteer": {"own_page"},
    "unit_employee": {"own_page", "refer", "note_death", "publish"},
    "assessor": {"own_page", "see_desk", "assess_requests", "see_persons", "see_protected", "refer"},
    "organisation_representative": {"own_page", "manage_organisation", "export_organisation", "refer", "publish"},
    "coordinator": DESK,
    "leader": DESK | {"manage_organisation", "export_organisation"},
    "seat_holder": {"own_page"},
    "cashier": {"own_page", "handle_cash"},
    "municipal_administrator": {"manage_settings", "manage_task_types", "manage_organisation"},
    "privacy_officer": {"read_access_log"},
    "supplier_support": {"manage_settings"},
    "disabled": set(),
    "system": {p.value for p in Permission},
}
SENTENCES = {
    "anonymous": "Reads the open pages and asks for help; sees nothing about anyone.",
    "resident": "Sees and changes their own, and reads who has looked at it.",
    "next_of_kin": "Does for another person what that person has agreed to, and nothing else.",
    "volunteer": "Sees their own assignments; name and address of the one they help only once it is agreed.",
    "unit_employee": (
        "Works at a unit: passes on a wish that a person has agreed to and hears what became of it, and publishes what "
        "the unit has on offer."
    ),
    "assessor": "Says whose task a request is, and may see an address that is protected.",
    "organisation_representative": (
        "Acts for an organisation: its contact details, members' roles, what it shares and publishes, and taking its "
        "own out; passes on a wish that a person has agreed to."
    ),
    "coordinator": "Takes requests, finds and follows up volunteers, and thanks them, for one organisation.",
    "leader": "Does all a coordinator does, and also answers for roles, sharing and taking the organisation's own out.",
    "seat_holder": "Has a seat in a committee or council: its papers and minutes, no persons.",
    "cashier": "Handles what is paid in and out; the only one beside the person who knows a price.",
    "municipal_administrator": (
        "Sets up the municipality: choices, kinds of help, organisations and who acts for them; sees no requests."
    ),
    "privacy_officer": (
        "Reads who has looked at whom and why, for the whole municipality; sees nothing else about persons."
    ),
    "supplier_support": (
        "Helps with settings for at most fourteen days at a time, when the municipality has let them in."
    ),
    "disabled": "Can do nothing at all.",
    "system": "The system itself, for reminders and clearing up; nobody can log in as it.",
}


def test_every_role_has_one_class():
    assert set(CLASSES) == set(Role)


def test_what_each_role_may():
    assert {r.value: {p.value for p in c.permissions} for r, c in CLASSES.items()} == TABLE


def test_what_each_role_says():
    from django.utils.translation import override

    with override("en"):
        assert {r.value: str(c.sentence) for r, c in CLASSES.items()} == SENTENCES


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_sentences_are_written_in_both_forms(language):
    from django.utils.translation import override

    for role, kind in CLASSES.items():
        with override(language):
            assert str(kind.sentence) != SENTENCES[role.value], role


def test_whoever_sees_others_needs_a_second_factor():
    seeing = {
        role for role, kind in CLASSES.items()
        if kind.permissions & {Permission.SEE_PERSONS, Permission.SEE_DESK, Permission.MANAGE_SETTINGS,
                               Permission.READ_ACCESS_LOG, Permission.MANAGE_TASK_TYPES}
    } - {Role.SYSTEM}  # fmt: skip
    assert seeing <= STRONG


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("coordinator: Koordinator, Dalgrend frivilligsentral", ("Coordinator", "Dalgrend frivilligsentral")),
        ("volunteer: Røde Kors, Dalgrend", ("Volunteer", "Røde Kors, Dalgrend")),
        ("volunteer: Frivilligsentralen", ("Volunteer", "Frivilligsentralen")),
        ("resident: Innbyggjar", ("Resident", "")),
        ("something odd", ("something odd", "")),
    ],
)
def test_a_hat_in_the_log_is_read_in_the_readers_language(stored, read):
    from django.utils.translation import override

    with override("en"):
        assert read_label(stored) == read


def test_supplier_support_is_limited_in_time():
    assert role_class("supplier_support").most_days == 14
