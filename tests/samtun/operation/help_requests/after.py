"""What follows from an event, run as the worker would, and all that a second run could have changed."""

from samtun.foundation import events
from samtun.foundation.models.runtime import EventDelivery, EventRow
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests.models import Ask, HelpRequest, Match
from samtun.operation.volunteers.events import VolunteerLeft
from samtun.operation.volunteers.models import Volunteer
from samtun.work.todos.models import Todo


def run(names=None):
    """Let every receiver have every event it has not had, as the worker would; returns how many ran."""
    number = 0
    while True:
        fresh = [
            (row.id, receiver)
            for row in EventRow.objects.order_by("id")
            if names is None or row.name in names
            for receiver, (_function, at_once) in events._receivers.get(row.name, {}).items()
            if not at_once and not EventDelivery.objects.filter(event=row, receiver=receiver).exists()
        ]
        if not fresh:
            return number
        number += sum(events.deliver(*each) for each in fresh)


def again(event):
    """Run all receivers of an event once more, past the book that says they have run."""
    for row in EventRow.objects.filter(name=event.name).order_by("id"):
        for receiver, (function, _same) in events._receivers[event.name].items():
            assert receiver
            function(row.payload, row.at)


def everything():
    """All that a second run could have changed."""
    return (
        list(HelpRequest.objects.order_by("id").values_list("id", "state", "version", "consent", "closed_at")),
        list(Ask.objects.order_by("id").values_list("id", "state")),
        list(Match.objects.order_by("id").values_list("id", "state", "ended_at")),
        list(Volunteer.objects.order_by("id").values_list("id", "state")),
        list(Message.objects.order_by("id").values_list("id", "notice", "state", "owner")),
        list(Todo.objects.order_by("id").values_list("id", "reason", "done_at")),
        EventRow.objects.filter(name=VolunteerLeft.name).count(),
    )


def notices(person):
    return list(Message.objects.filter(to_person=person.id).order_by("id").values_list("notice", flat=True))


def sent(tun):
    """Say that all texts have gone, so that they cannot be called off quietly."""
    Message.objects.filter(state="pending").update(state="delivered", sent_at=tun.now)
