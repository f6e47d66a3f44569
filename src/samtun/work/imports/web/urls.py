"""Addresses of imports."""

from django.urls import path

from samtun.work.imports.web import views

urlpatterns = [
    path("ark/", views.imports, name="imports"),
    path("ark/ny/<slug:kind>/", views.import_new, name="import_new"),
    path("ark/<uuid:run_id>/", views.import_run, name="import"),
    path("ark/<uuid:run_id>/skrift/", views.import_letters, name="import_letters"),
    path("ark/<uuid:run_id>/fane/", views.import_sheet, name="import_sheet"),
    path("ark/<uuid:run_id>/feil/", views.import_faults, name="import_faults"),
    path("ark/<uuid:run_id>/kart/", views.import_map, name="import_map"),
    path("ark/<uuid:run_id>/start/", views.import_start, name="import_start"),
    path("ark/<uuid:run_id>/angre/", views.import_undo, name="import_undo"),
    path("ark/<uuid:run_id>/slett/", views.import_give_up, name="import_give_up"),
]
