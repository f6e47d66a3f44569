"""Addresses of standing arrangements."""

from django.urls import path

from samtun.operation.arrangements.web.views import acts, link, making, pages

urlpatterns = [
    path("fast/", pages.arrangements, name="arrangements"),
    path("fast/<uuid:arrangement_id>/", pages.arrangement, name="arrangement"),
    path("fast/<uuid:arrangement_id>/ark.pdf", pages.dates_pdf, name="arrangement_pdf"),
    path("fast/ny/person/<uuid:person_id>/", making.for_person, name="arrangement_for_person"),
    path("fast/ny/onske/<uuid:request_id>/", making.from_wish, name="arrangement_from_wish"),
    path("fast/<uuid:arrangement_id>/endre/", making.change, name="arrangement_change"),
    path("fast/<uuid:arrangement_id>/pause/", acts.pause, name="arrangement_pause"),
    path("fast/<uuid:arrangement_id>/pause/<uuid:pause_id>/", acts.lift, name="arrangement_lift"),
    path("fast/<uuid:arrangement_id>/finn/", acts.find_another, name="arrangement_another"),
    path("fast/<uuid:arrangement_id>/samtykke/", acts.yes_again, name="arrangement_yes_again"),
    path("fast/<uuid:arrangement_id>/slutt/", acts.end, name="arrangement_end"),
    path("fast/<uuid:arrangement_id>/slutte/", acts.stop_coming, name="arrangement_stop_coming"),
    path("fast/gong/<uuid:visit_id>/", acts.visit, name="arranged_visit"),
    path("fast/gong/<uuid:visit_id>/kan-ikkje/", acts.cannot, name="arranged_visit_cannot"),
    path("fast/gong/<uuid:visit_id>/vikar/", acts.stand_in, name="arranged_visit_stand_in"),
    path("svar/fast/<str:token>/", link.visit_link, name="visit_link"),
    path("svar/fast/<str:token>/kode/", link.send_code, name="visit_link_code"),
]
