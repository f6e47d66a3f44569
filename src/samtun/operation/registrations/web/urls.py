"""Addresses: signing up and one's own page; the door, the telephone and the cashier; places that are given out."""

from django.urls import path

from samtun.operation.registrations.web.views import calendar, cash, desk, door, places, public, suggesting

urlpatterns = [
    path("paamelding/<uuid:occurrence_id>/", public.new, name="registration_new"),
    path("paamelding/mi/<str:token>/", public.own, name="registration_own"),
    path("paamelding/mi/<str:token>/kvittering/", cash.receipt, name="registration_receipt"),
    path("paamelding/kalender/", calendar.mine, name="own_calendar"),
    path("paamelding/kalender/<str:token>.ics", calendar.feed, name="own_calendar_feed"),
    path("antall/<uuid:occurrence_id>/<str:token>/", public.count, name="registration_count"),
    path("program/gang/<uuid:occurrence_id>/dor/", door.door, name="registration_door"),
    path("program/gang/<uuid:occurrence_id>/dor/ark/", door.paper, name="registration_paper"),
    path("program/gang/<uuid:occurrence_id>/ring/", desk.calls, name="registration_calls"),
    path("program/gang/<uuid:occurrence_id>/ring/ark/", desk.calls_paper, name="registration_calls_paper"),
    path("program/gang/<uuid:occurrence_id>/skriv-paa/", desk.write_down, name="registration_write_down"),
    path("program/gang/<uuid:occurrence_id>/kasse/", cash.cash, name="registration_cash"),
    path("kasse/", cash.till, name="till"),
    path("kasse/ark/", cash.sheet, name="till_sheet"),
    path("kasse/kort/<uuid:person_id>/", cash.card, name="till_card"),
    path("kasse/<int:year>/<int:month>/", cash.month, name="till_month"),
    path("program/<uuid:activity_id>/plassar/", places.places, name="registration_places"),
    path("program/<uuid:activity_id>/plassar/kven/", places.allocator, name="registration_allocator"),
    path("program/foreslaa/", suggesting.suggestions, name="registration_suggestions"),
    path("program/foreslaa/<uuid:occurrence_id>/", suggesting.suggest, name="registration_suggest"),
    path("program/foreslaa/<uuid:suggestion_id>/seie/", suggesting.tell, name="registration_tell"),
    path("program/plassar/", places.given, name="registration_given"),
]
