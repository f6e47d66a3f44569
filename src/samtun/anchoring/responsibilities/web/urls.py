"""Addresses of kinds of help, and of the map of whose task each is."""

from django.urls import path

from samtun.anchoring.responsibilities.web.views import kinds, mapping

urlpatterns = [
    path("hjelp/slag/", kinds.what_we_do, name="what_we_do"),
    path("slag-hjelp/", kinds.task_types, name="task_types"),
    path("slag-hjelp/ny/", kinds.new, name="task_type_new"),
    path("slag-hjelp/vanlege/", kinds.begin, name="task_types_begin"),
    path("slag-hjelp/<uuid:task_type_id>/", kinds.task_type, name="task_type"),
    path("slag-hjelp/<uuid:task_type_id>/endre/", kinds.change, name="task_type_change"),
    path("slag-hjelp/<uuid:task_type_id>/svar/", kinds.clear, name="task_type_clear"),
    path("ansvar/", mapping.the_map, name="responsibility_map"),
    path("ansvar/ope/", mapping.public_map, name="responsibility_public"),
    path("ansvar/papir/", mapping.paper, name="responsibility_paper"),
    path("ansvar/svar/<uuid:answer_id>/<slug:act>/", mapping.answer, name="responsibility_answer"),
    path("ansvar/endring/<uuid:change_id>/trekk/", mapping.withdraw, name="responsibility_withdraw"),
    path("ansvar/<slug:kind>/<uuid:ref_id>/", mapping.row, name="responsibility_row"),
    path("ansvar/<slug:kind>/<uuid:ref_id>/forslag/", mapping.propose, name="responsibility_propose"),
]
