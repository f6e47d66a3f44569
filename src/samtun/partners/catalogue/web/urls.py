"""Addresses of the catalogue."""

from django.urls import path

from samtun.partners.catalogue.web.views import checking, desk, link, looking, public

urlpatterns = [
    path("tilbud/", public.offers, name="offers"),
    path("tilbud/hefte/", public.booklet, name="offers_booklet"),
    path("tilbud/<uuid:offer_id>/", public.offer, name="offer"),
    path("tilbud/<uuid:ref_id>/feil/", public.report, {"kind": "offer"}, name="offer_report"),
    path("hva-skjer/aktivitet/<uuid:ref_id>/feil/", public.report, {"kind": "programme"}, name="programme_report"),
    path("tilbud/vare/", desk.own_offers, name="own_offers"),
    path("tilbud/vare/ny/", desk.new, name="own_offer_new"),
    path("tilbud/vare/<uuid:offer_id>/", desk.own_offer, name="own_offer"),
    path("tilbud/vare/<uuid:offer_id>/rett/", desk.change, name="own_offer_change"),
    path("tilbud/vare/<uuid:offer_id>/stemmer/", desk.confirm, name="own_offer_confirm"),
    path("tilbud/vare/<uuid:offer_id>/slutt/", desk.end, name="own_offer_end"),
    path("tilbud/vare/<uuid:offer_id>/vidare/", desk.hand_on, name="own_offer_hand_on"),
    path("tilbud/meldt/", looking.reported, name="offers_reported"),
    path("tilbud/meldt/<uuid:offer_id>/", looking.look, name="offer_reported"),
    path("tilbud/meldt/<uuid:offer_id>/lat-staa/", looking.keep, name="offer_keep"),
    path("tilbud/meldt/<uuid:offer_id>/ned/", looking.take_down, name="offer_take_down"),
    path("tilbud/meldt/<uuid:offer_id>/opp/", looking.put_back, name="offer_put_back"),
    path("svar/stemmer/<str:token>/", link.still_right, name="still_right_link"),
    path("sjekk/", checking.publishers, name="publishers"),
    path("sjekk/<uuid:publisher_id>/", checking.publisher, name="publisher"),
    path("sjekk/<uuid:publisher_id>/ja/", checking.check, name="publisher_check"),
    path("sjekk/<uuid:publisher_id>/nei/", checking.refuse, name="publisher_refuse"),
]
