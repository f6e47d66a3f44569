"""Addresses of what is noted about suitability."""

from django.urls import path

from samtun.operation.screening.web import views

urlpatterns = [
    path("frivillige/<uuid:volunteer_id>/erklaring/", views.declaration, name="volunteer_declaration"),
    path("frivillige/<uuid:volunteer_id>/samtale/", views.talk, name="volunteer_talk"),
    path("frivillige/<uuid:volunteer_id>/politiattest/", views.certificate, name="volunteer_certificate"),
]
