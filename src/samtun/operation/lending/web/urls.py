"""Addresses of what can be borrowed, and of the desk of those who lend it out."""

from django.urls import path

from samtun.operation.lending.web.views import booking, desk, public, things

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
]
