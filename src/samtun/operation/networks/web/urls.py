"""Addresses of networks, of a wish answered by an ordinary activity, and of home visits."""

from django.urls import path

from samtun.operation.networks.web.views import around, networks, talks, visits

urlpatterns = [
    path("nettverk/", networks.networks, name="networks"),
    path("nettverk/ny/<uuid:person_id>/", networks.new_network, name="network_new"),
    path("nettverk/<uuid:network_id>/", networks.network, name="network"),
    path("nettverk/<uuid:network_id>/steg/<int:number>/", networks.step, name="network_step"),
    path("nettverk/<uuid:network_id>/hopp/<int:number>/", networks.skip, name="network_skip"),
    path("nettverk/<uuid:network_id>/tilbake/", networks.back, name="network_back"),
    path("nettverk/<uuid:network_id>/rytme/", networks.rhythm, name="network_rhythm"),
    path("nettverk/<uuid:network_id>/slutt/", networks.end, name="network_end"),
    path("nettverk/<uuid:network_id>/ark/", around.sheet, name="network_sheet"),
    path("nettverk/<uuid:network_id>/med/<slug:kind>/", around.add, name="network_add"),
    path("nettverk/<uuid:network_id>/av/<uuid:member_id>/", around.off, name="network_off"),
    path("nettverk/<uuid:network_id>/kontakt/<uuid:member_id>/", around.contact, name="network_contact"),
    path("nettverk/prat/<uuid:talk_id>/", talks.talk, name="network_talk"),
    path("aktivitet/<uuid:activity_id>/svar/<uuid:request_id>/", around.answer, name="activity_answer"),
    path("besok/", visits.visits, name="home_visits"),
    path("besok/ny/<uuid:request_id>/", visits.new_visit, name="home_visit_new"),
    path("besok/<uuid:visit_id>/", visits.visit, name="home_visit"),
    path("besok/<uuid:visit_id>/skriv/", visits.write, name="home_visit_write"),
    path("besok/<uuid:visit_id>/avlys/", visits.off, name="home_visit_off"),
]
