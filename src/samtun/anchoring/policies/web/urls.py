"""Addresses of policies."""

from django.urls import path

from samtun.anchoring.policies.web.views import goals, papers, policies

urlpatterns = [
    path("planar/", policies.policies, name="policies"),
    path("planar/ny/", policies.new, name="policy_new"),
    path("planar/ope/", papers.public_list, name="policies_public"),
    path("planar/ope/<uuid:policy_id>/", papers.public_page, name="policy_public"),
    path("planar/ope/<uuid:policy_id>/papir/", papers.paper, name="policy_paper"),
    path("planar/maal/<uuid:goal_id>/", goals.goal, name="policy_goal"),
    path("planar/maal/<uuid:goal_id>/<slug:act>/", goals.say, name="policy_goal_say"),
    path("planar/<uuid:policy_id>/", policies.policy, name="policy"),
    path("planar/<uuid:policy_id>/opne/", policies.open_up, name="policy_open"),
    path("planar/<uuid:policy_id>/<slug:act>/", policies.write, name="policy_write"),
]
