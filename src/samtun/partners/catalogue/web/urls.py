"""Addresses of the catalogue."""

from django.urls import path

from samtun.partners.catalogue.web.views import checking

urlpatterns = [
    path("sjekk/", checking.publishers, name="publishers"),
    path("sjekk/<uuid:publisher_id>/", checking.publisher, name="publisher"),
    path("sjekk/<uuid:publisher_id>/ja/", checking.check, name="publisher_check"),
    path("sjekk/<uuid:publisher_id>/nei/", checking.refuse, name="publisher_refuse"),
]
