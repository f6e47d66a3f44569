"""The addresses of the house."""

from django.urls import path

from samtun.portal.house.web import views

urlpatterns = [
    path("huset/", views.house, name="house"),
    path("huset/linje/<slug:kind>/<uuid:ref_id>/", views.line, name="line"),
]
