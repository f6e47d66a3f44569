"""Addresses of thanks."""

from django.urls import path

from samtun.operation.recognition.web import views

urlpatterns = [
    path("takk/", views.thanks, name="thanks"),
    path("takk/finn/", views.draw, name="thanks_draw"),
    path("takk/<uuid:thanks_id>/ringt/", views.rung, name="thanks_rung"),
    path("takk/<uuid:thanks_id>/kort.pdf", views.card, name="thanks_card"),
]
