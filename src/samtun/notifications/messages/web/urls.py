"""Addresses of messages."""

from django.urls import path

from samtun.notifications.messages.web import hooks, views

urlpatterns = [
    path("s/<str:token>", views.open_link, name="link"),
    path("s/<str:token>/", views.open_link),
    path("meldinger/", views.messages_page, name="messages"),
    path("meldinger/<uuid:message_id>/", views.call_page, name="messages_call"),
    path("meldinger/<uuid:message_id>/ringt/", views.called, name="messages_called"),
    path("meldinger/<uuid:message_id>/send/", views.again, name="messages_again"),
    path("meldinger/<uuid:message_id>/la-vere/", views.let_be, name="messages_let_be"),
    path("meldinger/brev.pdf", views.letters, name="messages_letters"),
    path("meldinger/brev/sendt/", views.letters_sent, name="messages_letters_sent"),
    path("meldinger/inn/<uuid:inbound_id>/", views.text_read, name="messages_text_read"),
    path("-/sms/<str:gateway>/", hooks.sms, name="sms_hook"),
    path("-/sms/<str:gateway>/kvittering/", hooks.receipt, name="sms_receipt_hook"),
]
