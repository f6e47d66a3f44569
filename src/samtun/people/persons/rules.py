"""Who may see what of a person."""

import datetime as dt

from samtun.foundation.viewer import Permission, Viewer
from samtun.people.persons.models import KnownTo, Passing, Person

UNDO = dt.timedelta(days=30)
"""How long a death that was noted by mistake can be taken back."""


def sees_address(viewer: Viewer, person: Person) -> bool:
    """Tell whether the viewer may see where the person lives: a protected address needs its own permission."""
    return not person.address_protected or viewer.may(Permission.SEE_PROTECTED)


def may_register(viewer: Viewer) -> bool:
    """Tell whether the viewer may register and change persons."""
    return viewer.is_system or (bool(viewer.owners) and viewer.may(Permission.HANDLE_REQUESTS))


def may_change(viewer: Viewer, person: Person) -> bool:
    """Tell whether the viewer may change what stands about a person: the person, or who registers for an owner."""
    if viewer.is_system or (viewer.person is not None and viewer.person == person.id):
        return True
    return may_register(viewer) and KnownTo.objects.filter(person=person.id, owner__in=viewer.owners).exists()


def may_note_death(viewer: Viewer, person: Person) -> bool:
    """Tell whether the viewer may note that a person has died: anyone with the right, whose owner knows the person."""
    if viewer.is_system:
        return True
    known = KnownTo.objects.filter(person=person.id, owner__in=viewer.owners)
    return viewer.may(Permission.NOTE_DEATH) and known.exists()


def may_take_back(viewer: Viewer, passing: Passing) -> bool:
    """Tell whether the viewer may undo a death noted by mistake: whoever could have noted it."""
    return may_note_death(viewer, passing.person)
