"""Addresses of ideas and initiatives."""

from django.urls import path

from samtun.codesign.ideas.web.views import desk, own, promises, proving, public, upward

urlpatterns = [
    path("ide/", public.new, name="idea_new"),
    path("ide/alle/", public.listing, name="idea_list"),
    path("ide/takk/", public.thanks, name="idea_thanks"),
    path("ide/kode/<str:kind>/<uuid:thing_id>/", proving.code, name="idea_code"),
    path("ide/eg/", own.new, name="idea_own_new"),
    path("ide/mi/<str:token>/", own.lead, name="idea_own"),
    path("ide/med/<str:token>/", own.helper, name="idea_helper"),
    path("ide/mottak/", desk.ideas, name="ideas"),
    path("ide/mottak/skriv/", desk.take_down, name="idea_take_down"),
    path("ide/mottak/<uuid:idea_id>/", desk.idea, name="idea"),
    path("ide/mottak/<uuid:idea_id>/ord/", desk.on_their_word, name="idea_on_word"),
    path("ide/mottak/<uuid:idea_id>/med/", desk.helper_down, name="idea_helper_down"),
    path("ide/mottak/<uuid:idea_id>/kontakt/", promises.contact, name="idea_contact"),
    path("ide/mottak/<uuid:idea_id>/utval/", upward.to_forum, name="idea_forum"),
    path("ide/mottak/<uuid:idea_id>/lovnad/", promises.new, name="idea_promise_new"),
    path("ide/lovnad/<uuid:promise_id>/", promises.promise, name="idea_promise"),
    path("ide/<uuid:idea_id>/", public.page, name="idea_page"),
    path("ide/<uuid:idea_id>/og/", public.add, name="idea_add"),
    path("ide/<uuid:idea_id>/med/", public.join, name="idea_join"),
    path("ide/<uuid:idea_id>/spor/", public.ask, name="idea_ask"),
]
