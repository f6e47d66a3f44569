"""Addresses of messages."""

from django.urls import path

from samtun.notifications.messages.web.views import hooks, pages

urlpatterns = [
    path("s/<str:token>", pages.open_link, name="link"),
    path("s/<str:token>/", pages.open_link),
    path("meldinger/", pages.messages_page, name="messages"),
    path("meldinger/<uuid:message_id>/", pages.call_page, name="messages_call"),
    path("meldinger/<uuid:message_id>/ringt/", pages.called, name="messages_called"),
    path("meldinger/<uuid:message_id>/send/", pages.again, name="messages_again"),
    path("meldinger/<uuid:message_id>/la-vere/", pages.let_be, name="messages_let_be"),
    path("meldinger/brev.pdf", pages.letters, name="messages_letters"),
    path("meldinger/brev/sendt/", pages.letters_sent, name="messages_letters_sent"),
    path("meldinger/inn/<uuid:inbound_id>/", pages.text_read, name="messages_text_read"),
    path("-/sms/<str:gateway>/", hooks.sms, name="sms_hook"),
    path("-/sms/<str:gateway>/kvittering/", hooks.receipt, name="sms_receipt_hook"),
]
