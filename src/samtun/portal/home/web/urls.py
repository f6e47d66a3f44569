"""The address of one's own page."""

from django.urls import path

from samtun.portal.home.web import views

urlpatterns = [path("meg/", views.home, name="home")]
