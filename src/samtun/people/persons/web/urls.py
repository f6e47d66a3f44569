"""Addresses of persons."""

from django.urls import path

from samtun.people.persons.web.views import absence, doubles, life
from samtun.people.persons.web.views import persons as views

urlpatterns = [
    path("folk/", views.persons, name="persons"),
    path("folk/finn/", views.person_find, name="person_find"),
    path("folk/ny/", views.person_new, name="person_new"),
    path("folk/dobbelt/", doubles.person_doubles, name="person_doubles"),
    path("folk/dobbelt/<uuid:kept>/<uuid:other>/", doubles.person_compare, name="person_compare"),
    path("folk/dobbelt/<uuid:kept>/<uuid:other>/to/", doubles.person_different, name="person_different"),
    path("folk/to/<uuid:merge_id>/", doubles.person_split, name="person_split"),
    path("folk/dod/", life.death_find, name="death_find"),
    path("folk/<uuid:person_id>/", views.person, name="person"),
    path("folk/<uuid:person_id>/er-dod/", life.death, name="person_death"),
    path("folk/<uuid:person_id>/borte/", absence.away, name="person_away"),
    path("folk/<uuid:person_id>/tilbake/", absence.back, name="person_back"),
    path("folk/<uuid:person_id>/lever/", life.death_undo, name="person_death_undo"),
    path("folk/<uuid:person_id>/endre/", views.person_change, name="person_change"),
    path("folk/<uuid:person_id>/skjerm/", views.protection, {"protected": True}, name="person_protect"),
    path("folk/<uuid:person_id>/vis-adresse/", views.protection, {"protected": False}, name="person_unprotect"),
    path("folk/<uuid:person_id>/ro/", views.contact, {"silent": True}, name="person_leave_alone"),
    path("folk/<uuid:person_id>/kontakt/", views.contact, {"silent": False}, name="person_contact"),
]
