"""Who has looked at a person: for the person, for the privacy officer, and on paper for one who asks (R78)."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.exports import Table, as_csv
from samtun.foundation.viewer import Permission
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.people.persons.models import Person
from samtun.people.roles.queries import Look, looks_at
from samtun.people.roles.rules import read_label

PURPOSE = gettext_noop("Showing a person who has looked")


def _row(look: Look) -> dict[str, object]:
    role, body = read_label(look.hat)
    how = {"listed": gettext("in a list"), "opened": gettext("opened"), "exported": gettext("taken out in a file")}
    return {
        "at": look.at, "role": role, "body": body, "purpose": gettext(look.purpose) if look.purpose else "",
        "how": how.get(look.how, look.how), "name": look.name,
    }  # fmt: skip


def _own_person(request: PageRequest) -> uuid.UUID:
    if request.viewer.person is None:
        raise NotYours
    return request.viewer.person


@needs(Permission.OWN_PAGE, Permission.READ_ACCESS_LOG, purpose=PURPOSE)
def own(request: PageRequest) -> HttpResponse:
    """Show who has looked at oneself."""
    rows = [_row(look) for look in looks_at(request.viewer, _own_person(request))]
    return render(request, "roles/looks.html", {"rows": rows, "person": None, "file": reverse("who_looked_file")})


@needs(Permission.OWN_PAGE, Permission.READ_ACCESS_LOG, purpose=PURPOSE)
def own_file(request: PageRequest) -> HttpResponse:
    """Give the list about oneself as a file."""
    return _file(looks_at(request.viewer, _own_person(request)))


@needs(Permission.READ_ACCESS_LOG, Permission.SEE_PERSONS, purpose=PURPOSE)
def about(request: PageRequest, person: uuid.UUID) -> HttpResponse:
    """Show who has looked at a person: with names to the privacy officer, the own organisation's to who coordinates."""
    rows = [_row(look) for look in looks_at(request.viewer, person)]
    request.scope.saw(person)
    found = Person.objects.get(id=person)
    file = reverse("who_looked_at_file", args=[person])
    return render(request, "roles/looks.html", {"rows": rows, "person": found.full_name, "file": file})


@needs(Permission.READ_ACCESS_LOG, Permission.SEE_PERSONS, purpose=PURPOSE)
def about_file(request: PageRequest, person: uuid.UUID) -> HttpResponse:
    """Give the list about a person as a file, to hand over."""
    looks = looks_at(request.viewer, person)
    request.scope.saw(person, how="exported")
    return _file(looks)


def _file(looks: list[Look]) -> HttpResponse:
    rows = [_row(look) for look in looks]
    named = any(row["name"] for row in rows)
    columns = [gettext("When"), gettext("Role"), gettext("Organisation"), gettext("What for"), gettext("How")]
    keys = ["role", "body", "purpose", "how"] + (["name"] if named else [])
    values = [
        (f"{wall(look.at):%Y-%m-%d %H:%M}", *(row[k] for k in keys)) for look, row in zip(looks, rows, strict=True)
    ]
    table = Table("looks", tuple(columns + ([gettext("Name")] if named else [])), values)
    response = HttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="innsyn.csv"'
    return response
