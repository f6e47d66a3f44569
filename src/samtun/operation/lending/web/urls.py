"""Addresses of what can be borrowed, and of the desk of those who lend it out."""

from django.urls import path

from samtun.operation.lending.web.views import booking, desk, public, season, things

urlpatterns = [
    path("lokaler/", public.listing, name="lendables"),
    path("lokaler/<uuid:lendable_id>/", public.page, name="lendable"),
    path("lokaler/<uuid:lendable_id>/laan/", booking.book, name="lendable_book"),
    path("utlaan/", desk.desk, name="lending"),
    path("utlaan/tal/", desk.use, name="lending_use"),
    path("utlaan/ny/", things.new, name="lending_new"),
    path("utlaan/ting/<uuid:lendable_id>/", things.thing, name="lending_thing"),
    path("utlaan/ting/<uuid:lendable_id>/skriv/", booking.write_down, name="lending_write_down"),
    path("utlaan/tid/<uuid:booking_id>/", desk.booking, name="booking"),
    path("utlaan/sesong/", season.listing, name="seasons"),
    path("utlaan/sesong/ny/", season.new, name="season_new"),
    path("utlaan/sesong/<uuid:season_id>/", season.season, name="season"),
    path("utlaan/sesong/<uuid:season_id>/skriv/", season.write_down, name="season_write_down"),
    path("utlaan/sesong/<uuid:season_id>/plan.pdf", season.plan, name="season_plan"),
    path("utlaan/sesong/<uuid:season_id>/lag/<uuid:club_id>/", season.club, name="season_club"),
    path("lokaler/sesong/<uuid:season_id>/", season.wish, name="season_wish"),
]
