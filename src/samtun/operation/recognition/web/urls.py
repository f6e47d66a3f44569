"""Addresses of thanks."""

from django.urls import path

from samtun.operation.recognition.web.views import certificates
from samtun.operation.recognition.web.views import thanks as views

urlpatterns = [
    path("takk/", views.thanks, name="thanks"),
    path("takk/finn/", views.draw, name="thanks_draw"),
    path("takk/<uuid:thanks_id>/ringt/", views.rung, name="thanks_rung"),
    path("takk/<uuid:thanks_id>/kort.pdf", views.card, name="thanks_card"),
    path("frivillige/<uuid:volunteer_id>/attest/", certificates.certificate, name="certificate"),
    path("frivillige/<uuid:volunteer_id>/attest/be/", certificates.wish, name="certificate_wish"),
]
