"""The desk's addresses."""

from django.urls import path

from samtun.portal.desk.web import views

urlpatterns = [
    path("i-dag/", views.desk, name="desk"),
    path("i-dag/alle/", views.everything, name="desk_all"),
    path("i-dag/sidan/", views.news, name="desk_since"),
]
