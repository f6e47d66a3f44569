"""Addresses of kinds of help."""

from django.urls import path

from samtun.anchoring.responsibilities.web import views

urlpatterns = [
    path("hjelp/slag/", views.what_we_do, name="what_we_do"),
    path("slag-hjelp/", views.task_types, name="task_types"),
    path("slag-hjelp/ny/", views.new, name="task_type_new"),
    path("slag-hjelp/vanlege/", views.begin, name="task_types_begin"),
    path("slag-hjelp/<uuid:task_type_id>/", views.task_type, name="task_type"),
    path("slag-hjelp/<uuid:task_type_id>/endre/", views.change, name="task_type_change"),
    path("slag-hjelp/<uuid:task_type_id>/svar/", views.clear, name="task_type_clear"),
]
