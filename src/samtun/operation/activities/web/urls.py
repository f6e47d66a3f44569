"""Addresses of the programme: the open pages, and those where one writes."""

from django.urls import path

from samtun.operation.activities.web.views import (
    desk, halls, paper, pictures, places, public, times, weather, writing, yearly,
)  # fmt: skip

urlpatterns = [
    path("hva-skjer/", public.listing, name="programme"),
    path("hva-skjer/<int:year>-<int:month>/", public.month, name="programme_month"),
    path("hva-skjer/kart/", places.place_map, name="programme_map"),
    path("hva-skjer/kart/veger.json", places.road_lines, name="programme_roads"),
    path("hva-skjer/kalender.ics", public.feed, name="programme_feed"),
    path("hva-skjer/ramme/", public.embedded, name="programme_embed"),
    path("hva-skjer/abonner/", public.subscribe, name="programme_subscribe"),
    path("hva-skjer/aktivitet/<uuid:activity_id>/", public.activity, name="programme_activity"),
    path("hva-skjer/<uuid:occurrence_id>/", public.time, name="programme_time"),
    path("hva-skjer/<uuid:occurrence_id>/kalender.ics", public.time_file, name="programme_time_file"),
    path("hva-skjer/bilete/<slug:mark>/stor.webp", pictures.wide, name="programme_picture"),
    path("hva-skjer/bilete/<slug:mark>/liten.webp", pictures.narrow, name="programme_picture_small"),
    path("hva-skjer/papir/", paper.choose, name="programme_paper"),
    path("hva-skjer/papir/plakat.pdf", paper.poster, name="programme_poster"),
    path("hva-skjer/papir/hefte.pdf", paper.booklet, name="programme_booklet"),
    path("hva-skjer/papir/tekst.txt", paper.text, name="programme_text"),
    path("hva-skjer/aktivitet/<uuid:activity_id>/plakat.pdf", paper.of_activity, name="programme_activity_poster"),
    path("hva-skjer/<uuid:occurrence_id>/plakat.pdf", paper.of_time, name="programme_time_poster"),
    path("program/", desk.activities, name="programme_own"),
    path("program/ny/", writing.new, name="programme_new"),
    path("program/aarshjul/", yearly.year, name="programme_year"),
    path("program/hus/", halls.listing, name="halls_on_map"),
    path("program/hus/<uuid:place_id>/", halls.put, name="hall_on_map"),
    path("svar/halde/<str:token>/", weather.held_or_not, name="held_or_not"),
    path("program/uver/", weather.weather, name="programme_weather"),
    path("program/gang/<uuid:occurrence_id>/", times.occurrence, name="occurrence"),
    path("program/<uuid:activity_id>/", desk.activity, name="programme_one"),
    path("program/<uuid:activity_id>/endre/", writing.change, name="programme_change"),
    path("program/<uuid:activity_id>/bilete/", pictures.picture, name="programme_own_picture"),
    path("program/<uuid:activity_id>/bilete/<uuid:picture_id>.webp", pictures.preview, name="programme_preview"),
    path("program/<uuid:activity_id>/igjen/", writing.another_year, name="programme_again"),
]
