"""Addresses of help requests."""

from django.urls import path

from samtun.operation.help_requests.web.views import acts, call, links, personal, public, request, talks

urlpatterns = [
    path("samtale/", call.call, name="call"),
    path("onske/", request.requests, name="help_requests"),
    path("onske/<uuid:request_id>/", request.help_request, name="help_request"),
    path("onske/<uuid:request_id>/greitt/", acts.pass_cleared, name="help_request_pass"),
    path("onske/<uuid:request_id>/vurder/", acts.assess, name="help_request_assess"),
    path("onske/<uuid:request_id>/samtykke/", acts.give_consent, name="help_request_consent"),
    path("onske/<uuid:request_id>/stadfest/", acts.prove, name="help_request_prove"),
    path("onske/<uuid:request_id>/plan/", acts.write_plan, name="help_request_plan"),
    path("onske/<uuid:request_id>/ikkje/", acts.not_him, name="help_request_not_him"),
    path("onske/<uuid:request_id>/spor/", acts.ask, name="help_request_ask"),
    path("onske/<uuid:request_id>/svar/", acts.answer, name="help_request_answer"),
    path("onske/<uuid:request_id>/vel/", acts.pick, name="help_request_pick"),
    path("onske/<uuid:request_id>/namn/", acts.answer_proposal, name="help_request_proposal"),
    path("onske/<uuid:request_id>/ferdig/", acts.mark_done, name="help_request_done"),
    path("onske/<uuid:request_id>/ingen/", acts.close_unmet, name="help_request_unmet"),
    path("onske/<uuid:request_id>/avlys/", acts.cancel, name="help_request_cancel"),
    path("oppdrag/<uuid:match_id>/kan-ikkje/", acts.cannot_come, name="cannot_come"),
    path("ring/<uuid:call_id>/", personal.personal_call, name="personal_call"),
    path("ring/<uuid:call_id>/samtalt/", personal.personal_call_talked, name="personal_call_talked"),
    path("ute/<uuid:away_id>/", personal.away, name="absence"),
    path("oppfolging/<uuid:follow_up_id>/", talks.follow_up, name="follow_up"),
    path("hjelp/", public.ask_for_help, name="ask_for_help"),
    path("hjelp/kode/<uuid:request_id>/", public.prove, name="ask_for_help_code"),
    path("hjelp/takk/", public.thanks, name="ask_for_help_thanks"),
    path("svar/oppdrag/<str:token>/", links.task, name="task_link"),
    path("svar/oppdrag/<str:token>/kode/", links.send_code, name="task_link_code"),
    path("svar/namn/<str:token>/", links.proposal, name="proposal_link"),
]
