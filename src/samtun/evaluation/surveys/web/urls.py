"""The address of the one question."""

from django.urls import path

from samtun.evaluation.surveys.web import views

urlpatterns = [path("svar/gjekk-det/<str:token>/", views.went_well, name="went_well_link")]
