"""Addresses of one's own organisation."""

from django.urls import path

from samtun.partners.organisations.web.views import acts, away, page, setup

urlpatterns = [
    path("lag/", page.own, name="organisations"),
    path("oppsett/", setup.municipality, name="municipality"),
    path("oppsett/val/", setup.choices, name="municipality_choices"),
    path("lag/alle/", setup.everyone, name="all_organisations"),
    path("lag/nytt/", setup.new, name="organisation_new"),
    path("lag/<uuid:organisation>/svarer/", setup.head, name="organisation_head"),
    path("lag/<uuid:organisation>/", page.show, name="organisation"),
    path("lag/<uuid:organisation>/kontakt/", acts.contact, name="organisation_contact"),
    path("lag/<uuid:organisation>/tid/", acts.week, name="organisation_week"),
    path("lag/<uuid:organisation>/stengt/", acts.closed, name="organisation_closed"),
    path("lag/<uuid:organisation>/stengt/<uuid:closure>/", acts.open_again, name="organisation_open_again"),
    path("lag/<uuid:organisation>/folk/", acts.appoint, name="organisation_appoint"),
    path("lag/<uuid:organisation>/folk/<uuid:membership>/", acts.end_role, name="organisation_end_role"),
    path("lag/<uuid:organisation>/deling/", acts.share, name="organisation_share"),
    path("lag/<uuid:organisation>/deling/<uuid:share>/", acts.end_share, name="organisation_end_share"),
    path("borte/", away.away, name="away"),
    path("borte/<uuid:leave>/", away.back, name="away_back"),
    path("lag/<uuid:organisation>/fil/", acts.take_out, name="organisation_take_out"),
    path("lag/<uuid:organisation>/slutt/", acts.leave, name="organisation_leave"),
]
