"""Addresses of roles and hats, and of who has looked."""

from django.urls import path

from samtun.people.roles.web.views import hats, looks

urlpatterns = [
    path("hatt/", hats.hats_page, name="hats"),
    path("roller/", hats.roles_page, name="roles"),
    path("roller/<uuid:grant>/slutt/", hats.end, name="end_grant"),
    path("roller/nytt-oppsett/", hats.reset, name="reset_second_factor"),
    path("innsyn/", looks.own, name="who_looked"),
    path("innsyn/liste.csv", looks.own_file, name="who_looked_file"),
    path("innsyn/<uuid:person>/", looks.about, name="who_looked_at"),
    path("innsyn/<uuid:person>/liste.csv", looks.about_file, name="who_looked_at_file"),
]
