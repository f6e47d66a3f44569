"""Addresses of the login."""

from django.urls import path

from samtun.people.accounts.web import views
from samtun.people.accounts.web.views import cover

urlpatterns = [
    path("inn/", views.login, name="login"),
    path("inn/kode/<uuid:code>/", views.code, name="login_code"),
    path("inn/lenke/<uuid:code>/<str:token>/", views.link, name="login_link"),
    path("inn/passord/", views.password, name="login_password"),
    path("inn/totrinn/", views.second_factor, name="second_factor"),
    path("inn/bekreft/", views.prove, name="prove"),
    path("inn/adresse/", views.address, name="login_address"),
    path("inn/adresse/kode/", views.address_code, name="login_address_code"),
    path("inn/okter/", views.standing, name="sessions"),
    path("inn/fortsett/<uuid:key>/", views.kept, name="kept_form"),
    path("pause/", cover.neutral, name="cover"),
    path("pause/slutt/", cover.uncover, name="uncover"),
    path("ut/", views.logout, name="logout"),
]
