"""The desk's address."""

from django.urls import path

from samtun.portal.desk.web import views

urlpatterns = [path("i-dag/", views.desk, name="desk")]
