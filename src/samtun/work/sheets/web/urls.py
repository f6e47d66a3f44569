"""Addresses of tomorrow's sheet."""

from django.urls import path

from samtun.work.sheets.web import views

urlpatterns = [
    path("i-dag/ark/", views.sheets, name="sheets"),
    path("i-dag/ark/<uuid:sheet>.pdf", views.pdf, name="sheet_pdf"),
]
