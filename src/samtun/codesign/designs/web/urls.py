"""Addresses of service designs."""

from django.urls import path

from samtun.codesign.designs.web.views import changes, designs, parties, resting, writing

urlpatterns = [
    path("opplegg/", designs.designs, name="designs"),
    path("opplegg/nytt/", designs.new, name="design_new"),
    path("opplegg/ope/<uuid:design_id>/", designs.public_page, name="design_public"),
    path("opplegg/<uuid:design_id>/", designs.design, name="design"),
    path("opplegg/<uuid:design_id>/versjon/", designs.versions, name="design_versions"),
    path("opplegg/<uuid:design_id>/papir/", designs.paper, name="design_paper"),
    path("opplegg/<uuid:design_id>/skisse/", parties.draw, name="design_draw"),
    path("opplegg/<uuid:design_id>/part/", parties.ask, name="design_ask"),
    path("opplegg/<uuid:design_id>/ut/", parties.leave, name="design_leave"),
    path("opplegg/<uuid:design_id>/jus/", writing.legal, name="design_legal"),
    path("opplegg/<uuid:design_id>/bord/", writing.place, name="design_place"),
    path("opplegg/<uuid:design_id>/bord/<uuid:place_id>/ut/", writing.place_out, name="design_place_out"),
    path("opplegg/<uuid:design_id>/deling/", writing.task, name="design_task_new"),
    path("opplegg/<uuid:design_id>/deling/<uuid:task_id>/", writing.task, name="design_task"),
    path("opplegg/<uuid:design_id>/deling/<uuid:task_id>/ut/", writing.task_out, name="design_task_out"),
    path("opplegg/<uuid:design_id>/skriv/<slug:part>/", writing.write, name="design_write"),
    path("opplegg/<uuid:design_id>/endring/", changes.propose, name="design_propose"),
    path("opplegg/<uuid:design_id>/forslag/<slug:kind>/", changes.larger, name="design_larger"),
    path("opplegg/<uuid:design_id>/utval/", changes.to_forum, name="design_forum"),
    path("opplegg/<uuid:design_id>/avtale/", resting.rest, name="design_rest"),
    path("opplegg/<uuid:design_id>/maal/", resting.goals, name="design_goals"),
    path("opplegg/part/<uuid:party_id>/<slug:act>/", parties.say, name="design_party_say"),
    path("opplegg/endring/<uuid:change_id>/", changes.change, name="design_change"),
    path("opplegg/endring/<uuid:change_id>/<uuid:party_id>/<slug:act>/", changes.answer, name="design_answer"),
    path("opplegg/endring/<uuid:change_id>/<slug:act>/", changes.settle, name="design_settle"),
]
