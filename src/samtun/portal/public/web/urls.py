"""The public pages' addresses."""

from django.urls import path

from samtun.portal.public.web import views

urlpatterns = [
    path("", views.front, name="front"),
    path("samtun.webmanifest", views.manifest, name="manifest"),
    path("personvern/", views.privacy, name="privacy"),
]
