"""Addresses. Words about something different, concerns and feedback have their own."""

from django.urls import path

from samtun.evaluation.feedback.web.views import (
    concerns,
    different,
    door,
    feedback,
    into_design,
    named,
    receivers,
    saying,
    telling,
    upward,
)

urlpatterns = [
    path("svar/beskjed/<str:token>/", different.by_link, name="heads_up_link"),
    path("beskjed/oppdrag/<uuid:match_id>/", different.own_task, name="heads_up_task"),
    path("beskjed/fast/<uuid:arrangement_id>/", different.own_regular, name="heads_up_regular"),
    path("fast/<uuid:arrangement_id>/beskjed/", different.regular_on_behalf, name="heads_up_arrangement"),
    path("onske/<uuid:request_id>/beskjed/", different.on_behalf, name="heads_up_request"),
    path("beskjed/", named.told, name="heads_ups"),
    path("beskjed/papir/", different.paper, name="heads_up_paper"),
    path("beskjed/<uuid:heads_up_id>/", named.heads_up, name="heads_up"),
    path("folk/<uuid:person_id>/fagperson/", named.contact, name="professional"),
    path("fagperson/<uuid:contact_id>/ikkje/", named.take_back, name="professional_take_back"),
    path("svar/til-deg/<str:token>/", door.to_you, name="to_you_link"),
    path("svar/til-deg/<str:token>/kode/", door.send_code, name="to_you_code"),
    path("si-fra/", telling.si_fra, name="si_fra"),
    path("si-fra/svar/", telling.come_back, name="si_fra_back"),
    path("si-fra/papir/", telling.paper, name="si_fra_paper"),
    path("si-fra/mottak/", concerns.concerns, name="concerns"),
    path("si-fra/mottak/skriv/<uuid:owner_id>/", concerns.enter, name="concern_enter"),
    path("si-fra/mottak/<uuid:concern_id>/", concerns.concern, name="concern"),
    path("lag/<uuid:organisation>/si-fra/", receivers.receivers, name="concern_receivers"),
    path("si/", saying.tell, name="feedback_tell"),
    path("si/alle/", saying.public_matters, name="public_matters"),
    path("si/svar/<str:token>/", saying.follow, name="feedback_follow"),
    path("svar/si/<str:token>/", saying.by_link, name="feedback_link"),
    path("si/om/<str:kind>/<uuid:thing_id>/", saying.about_thing, name="feedback_about"),
    path("si/mottak/", feedback.feedbacks, name="feedbacks"),
    path("si/mottak/skriv/", feedback.take_down, name="feedback_take_down"),
    path("si/mottak/<uuid:feedback_id>/", feedback.feedback, name="feedback"),
    path("si/mottak/<uuid:feedback_id>/vidare/", upward.pass_up, name="feedback_pass_up"),
    path("si/mottak/<uuid:feedback_id>/opplegg/", into_design.into_design, name="feedback_into_design"),
    path("si/vare/", feedback.raised, name="raised_feedback"),
]
