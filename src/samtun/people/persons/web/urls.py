"""Addresses of persons."""

from django.urls import path

from samtun.people.persons.web import views

urlpatterns = [
    path("folk/", views.persons, name="persons"),
    path("folk/finn/", views.person_find, name="person_find"),
    path("folk/ny/", views.person_new, name="person_new"),
    path("folk/<uuid:person_id>/", views.person, name="person"),
    path("folk/<uuid:person_id>/endre/", views.person_change, name="person_change"),
    path("folk/<uuid:person_id>/skjerm/", views.protection, {"protected": True}, name="person_protect"),
    path("folk/<uuid:person_id>/vis-adresse/", views.protection, {"protected": False}, name="person_unprotect"),
    path("folk/<uuid:person_id>/ro/", views.contact, {"silent": True}, name="person_leave_alone"),
    path("folk/<uuid:person_id>/kontakt/", views.contact, {"silent": False}, name="person_contact"),
]
