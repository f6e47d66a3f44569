"""Addresses of workshops: those of the one who leads, and the open ones by code and key."""

from django.urls import path

from samtun.codesign.workshops.web.views import leading, participants, programme, recommending, report, wall

urlpatterns = [
    path("verkstad/", participants.find, name="workshop_find"),
    path("verkstad/eg/<slug:key>/", participants.own, name="workshop_own"),
    path("verkstad/eg/<slug:key>/no/", participants.own_now, name="workshop_own_now"),
    path("verkstad/<slug:code>/", participants.join, name="workshop_join"),
    path("verkstader/", programme.workshops, name="workshops"),
    path("verkstader/ny/", programme.new, name="workshop_new"),
    path("verkstader/<uuid:workshop_id>/", leading.workshop, name="workshop"),
    path("verkstader/<uuid:workshop_id>/no/", leading.now, name="workshop_now"),
    path("verkstader/<uuid:workshop_id>/styr/<slug:act>/", leading.lead, name="workshop_lead"),
    path("verkstader/<uuid:workshop_id>/endre/", programme.change, name="workshop_change"),
    path("verkstader/<uuid:workshop_id>/avlys/", programme.cancel, name="workshop_cancel"),
    path("verkstader/<uuid:workshop_id>/sporsmal/", programme.question, name="workshop_question_new"),
    path("verkstader/<uuid:workshop_id>/sporsmal/<uuid:question_id>/", programme.question, name="workshop_question"),
    path(
        "verkstader/<uuid:workshop_id>/sporsmal/<uuid:question_id>/ut/", programme.question_out,
        name="workshop_question_out",
    ),
    path("verkstader/<uuid:workshop_id>/vegg/", wall.wall, name="workshop_wall"),
    path("verkstader/<uuid:workshop_id>/vegg/no/", wall.wall_now, name="workshop_wall_now"),
    path("verkstader/<uuid:workshop_id>/bordkort/", wall.cards, name="workshop_cards"),
    path("verkstader/<uuid:workshop_id>/bord/<uuid:group_id>/", leading.table, name="workshop_table"),
    path("verkstader/<uuid:workshop_id>/rad/", recommending.write, name="workshop_recommend"),
    path("verkstader/<uuid:workshop_id>/rad/<uuid:recommendation_id>/", recommending.write, name="workshop_rewrite"),
    path(
        "verkstader/<uuid:workshop_id>/rad/<uuid:recommendation_id>/<slug:act>/", recommending.become,
        name="workshop_become",
    ),
    path("verkstader/<uuid:workshop_id>/rapport/", report.report, name="workshop_report"),
    path("verkstader/<uuid:workshop_id>/rapport/papir/", report.paper, name="workshop_paper"),
]  # fmt: skip
