"""Addresses of forums."""

from django.urls import path

from samtun.anchoring.forums.web.views import forums, items, meetings

urlpatterns = [
    path("utval/", forums.forums, name="forums"),
    path("utval/nytt/", forums.new, name="forum_new"),
    path("utval/<uuid:forum_id>/", forums.forum, name="forum"),
    path("utval/<uuid:forum_id>/slutt/", forums.end, name="forum_end"),
    path("utval/<uuid:forum_id>/plass/", forums.seat, name="forum_seat"),
    path("utval/<uuid:forum_id>/plass/<uuid:seat_id>/slutt/", forums.end_seat, name="forum_seat_end"),
    path("utval/<uuid:forum_id>/sak/", items.propose, name="forum_propose"),
    path("utval/<uuid:forum_id>/mote/", meetings.plan, name="forum_plan"),
    path("utval/mote/<uuid:meeting_id>/", meetings.meeting, name="forum_meeting"),
    path("utval/mote/<uuid:meeting_id>/flytt/", meetings.move, name="forum_meeting_move"),
    path("utval/mote/<uuid:meeting_id>/papir/", meetings.paper, name="forum_meeting_paper"),
    path("utval/mote/<uuid:meeting_id>/<slug:act>/", meetings.step, name="forum_meeting_act"),
    path("utval/sak/<uuid:item_id>/", items.item, name="forum_item"),
    path("utval/sak/<uuid:item_id>/referat/", items.minutes, name="forum_minutes"),
    path("utval/sak/<uuid:item_id>/sakliste/", items.agenda, name="forum_item_agenda"),
    path("utval/sak/<uuid:item_id>/tre-til-side/", items.stand_down, name="forum_stand_down"),
    path("utval/sak/<uuid:item_id>/tekst/<uuid:beside_id>/", items.beside, name="forum_beside"),
    path("utval/sak/<uuid:item_id>/avgjer/", items.decide, name="forum_decide"),
    path("utval/sak/<uuid:item_id>/<slug:act>/", items.say, name="forum_item_say"),
]
