"""Addresses of the one question, and of what was answered about a time."""

from django.urls import path

from samtun.evaluation.surveys.web import views

urlpatterns = [
    path("svar/gjekk-det/<str:token>/", views.went_well, name="went_well_link"),
    path("svar/korleis-var-det/<str:token>/", views.how_was_it, name="how_was_it_link"),
    path("program/gang/<uuid:occurrence_id>/korleis/", views.how_it_was, name="how_it_was"),
]
