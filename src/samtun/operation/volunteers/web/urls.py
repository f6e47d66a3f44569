"""Addresses of volunteers. Those below one volunteer serve the host and the volunteer alike."""

from django.urls import path

from samtun.operation.volunteers.web.views import acts, pages, welcome

urlpatterns = [
    path("frivillige/", pages.volunteers, name="volunteers"),
    path("frivillige/ny/", welcome.volunteer_new, name="volunteer_new"),
    path("frivillige/<uuid:volunteer_id>/", pages.volunteer, name="volunteer"),
    path("frivillige/<uuid:volunteer_id>/hjelp/", acts.kinds, name="volunteer_kinds"),
    path("frivillige/<uuid:volunteer_id>/tak/", acts.ceiling, name="volunteer_ceiling"),
    path("frivillige/<uuid:volunteer_id>/tider/", acts.times, name="volunteer_times"),
    path("frivillige/<uuid:volunteer_id>/borte/", acts.absence, name="volunteer_absence"),
    path("frivillige/<uuid:volunteer_id>/heime/<uuid:absence_id>/", acts.absence_drop, name="volunteer_absence_drop"),
    path("frivillige/<uuid:volunteer_id>/pause/", acts.pause, name="volunteer_pause"),
    path("frivillige/<uuid:volunteer_id>/tilbake/", acts.come_back, name="volunteer_come_back"),
    path("frivillige/<uuid:volunteer_id>/slutt/", acts.leave, name="volunteer_leave"),
    path("frivillige/<uuid:volunteer_id>/forsikring/", acts.insurance, name="volunteer_insurance"),
]
