"""Who may see what of a person."""

from samtun.foundation.viewer import Permission, Viewer
from samtun.people.persons.models import KnownTo, Person


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
