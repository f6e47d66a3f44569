"""Addresses of mentors."""

from django.urls import path

from samtun.operation.mentoring.web import views

urlpatterns = [
    path("frivillige/<uuid:volunteer_id>/mentor/", views.plan, name="mentor_plan"),
    path("mentor/<uuid:plan_id>/snakka/", views.talked, name="mentor_talked"),
    path("mentor/<uuid:plan_id>/slutt/", views.end, name="mentor_end"),
]
