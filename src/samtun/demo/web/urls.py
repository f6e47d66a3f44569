"""Addresses of the demo."""

from django.urls import path

from samtun.demo.web import personas, telephone

urlpatterns = [
    path("demo/", personas.choose, name="demo"),
    path("demo/ver/<slug:slug>/", personas.be, name="demo_be"),
    path("demo/telefon/", telephone.telephones, name="demo_telephone"),
    path("demo/telefon/svar/", telephone.reply, name="demo_reply"),
    path("demo/telefon/kveld/", telephone.send_held_back, name="demo_held_back"),
    path("demo/telefon/dagen-for/<uuid:match_id>/", telephone.day_before, name="demo_day_before"),
    path("demo/telefon/over/<uuid:match_id>/", telephone.be_over, name="demo_be_over"),
]
