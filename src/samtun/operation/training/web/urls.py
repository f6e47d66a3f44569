"""Addresses of courses held."""

from django.urls import path

from samtun.operation.training.web import views

urlpatterns = [path("frivillige/<uuid:volunteer_id>/kurs/", views.course, name="volunteer_course")]
