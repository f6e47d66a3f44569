"""Addresses of call-outs."""

from django.urls import path

from samtun.operation.callouts.web.views import link, pages

urlpatterns = [
    path("utkalling/", pages.call_outs, name="call_outs"),
    path("utkalling/ny/<uuid:list_id>/", pages.new_call_out, name="call_out_new"),
    path("utkalling/liste/<uuid:list_id>/", pages.friends, name="friends_list"),
    path("utkalling/liste/<uuid:list_id>/av/<uuid:friend_id>/", pages.take_off, name="friends_list_off"),
    path("utkalling/<uuid:call_out_id>/", pages.call_out, name="call_out"),
    path("utkalling/<uuid:call_out_id>/fleire/", pages.more, name="call_out_more"),
    path("utkalling/<uuid:call_out_id>/svar/<uuid:asked_id>/", pages.said, name="call_out_said"),
    path("utkalling/<uuid:call_out_id>/avlys/", pages.cancel, name="call_out_cancel"),
    path("svar/utkalling/<str:token>/", link.call_out_link, name="call_out_link"),
]
