"""Addresses of agreements."""

from django.urls import path

from samtun.anchoring.agreements.web.views import agreements, evaluations, papers, parties, serving, versions

urlpatterns = [
    path("avtale/", agreements.agreements, name="agreements"),
    path("avtale/notert/", agreements.note, name="agreement_note"),
    path("avtale/ny/", agreements.new, name="agreement_new"),
    path("avtale/part/<uuid:party_id>/", parties.party, name="agreement_party"),
    path("avtale/part/<uuid:party_id>/<slug:act>/", parties.say, name="agreement_party_say"),
    path("avtale/versjon/<uuid:version_id>/trekk/", versions.withdraw, name="agreement_withdraw"),
    path("avtale/versjon/<uuid:version_id>/<slug:act>/", versions.answer, name="agreement_answer"),
    path("avtale/evaluering/<uuid:evaluation_id>/open/", evaluations.comment, name="agreement_comment"),
    path("avtale/evaluering/<uuid:evaluation_id>/open/ned/", evaluations.take_down, name="agreement_comment_down"),
    path("avtale/evaluering/<uuid:evaluation_id>/ord/", evaluations.word, name="agreement_word"),
    path("avtale/evaluering/<uuid:evaluation_id>/mottak/", evaluations.recipients, name="agreement_recipients"),
    path("avtale/<uuid:agreement_id>/", agreements.agreement, name="agreement"),
    path("avtale/<uuid:agreement_id>/side/", agreements.on_one_page, name="agreement_on_one_page"),
    path("avtale/<uuid:agreement_id>/part/", parties.add, name="agreement_add"),
    path("avtale/<uuid:agreement_id>/tekst/", versions.text, name="agreement_text"),
    path("avtale/<uuid:agreement_id>/forslag/<slug:sort>/", versions.propose, name="agreement_propose"),
    path("avtale/<uuid:agreement_id>/versjon/", versions.compare, name="agreement_compare"),
    path("avtale/<uuid:agreement_id>/evaluering/", evaluations.begin, name="agreement_evaluate"),
    path("avtale/<uuid:agreement_id>/maal/", serving.goals, name="agreement_goals"),
    path("avtale/<uuid:agreement_id>/utval/", serving.to_forum, name="agreement_forum"),
    path("avtale/<uuid:agreement_id>/papir/", papers.paper, name="agreement_paper"),
    path("avtale/<uuid:agreement_id>/open/", evaluations.openly, name="agreement_open"),
]
