"""Addresses of referrals."""

from django.urls import path

from samtun.operation.referrals.web.views import desk, pocket, ways_in

urlpatterns = [
    path("formidle/", ways_in.pass_on, name="pass_on"),
    path("uro/", ways_in.worry, name="worry"),
    path("uro/takk/", ways_in.worry_thanks, name="worry_thanks"),
    path("lommelapp/", pocket.pocket, name="pocket"),
    path("lommelapp/gloym/<uuid:note_id>/", pocket.forget, name="pocket_forget"),
    path("lommelapp/ute/<str:language>/", pocket.outside, name="pocket_outside"),
    path("lommelapp/ute.js", pocket.worker, name="pocket_worker"),
    path("ord/<uuid:referral_id>/", desk.referral, name="referral"),
    path("ord/<uuid:referral_id>/svar/", desk.answer, name="referral_answer"),
]
