"""The address of how a person wants to be reached."""

from django.urls import path

from samtun.people.preferences.web import views

urlpatterns = [path("folk/<uuid:person_id>/slik/", views.preferences, name="person_preferences")]
