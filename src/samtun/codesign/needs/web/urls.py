"""Addresses of needs."""

from django.urls import path

from samtun.codesign.needs.web import views

urlpatterns = [
    path("behov/", views.needs, name="needs"),
    path("behov/tal/", views.counts, name="need_counts"),
    path("behov/ny/", views.new, name="need_new"),
    path("behov/<uuid:need_id>/", views.need, name="need"),
    path("behov/<uuid:need_id>/rett/", views.change, name="need_change"),
    path("behov/<uuid:need_id>/saman/", views.join, name="need_join"),
    path("behov/<uuid:need_id>/kvar-for-seg/", views.part, name="need_part"),
    path("behov/<uuid:need_id>/lukk/", views.close, name="need_close"),
    path("behov/<uuid:need_id>/opne/", views.open_again, name="need_open"),
]
