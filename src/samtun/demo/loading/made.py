"""What has been made so far, by the keys of the plain valley."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from random import Random

from samtun.anchoring.responsibilities.models import TaskType
from samtun.demo.valley.words import Valley
from samtun.foundation import hats
from samtun.foundation.models import Municipality, Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import at_wall
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.models import Organisation
from samtun.people.persons.models import Person
from samtun.people.places.models import Village

IN_USE_SINCE = dt.timedelta(days=180)


@dataclass
class Made:
    """A municipality on its way. `present` is the moment at which it is handed over."""

    valley: Valley
    municipality: Municipality
    present: dt.datetime
    seed: int
    villages: dict[str, Village] = field(default_factory=dict)
    bodies: dict[str, Organisation] = field(default_factory=dict)
    types: dict[str, TaskType] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    volunteers: dict[tuple[str, str], Volunteer] = field(default_factory=dict)
    _viewers: dict[str, Viewer] = field(default_factory=dict)

    @property
    def tenant(self) -> uuid.UUID:
        """The municipality's key."""
        return self.municipality.id

    @property
    def began(self) -> dt.datetime:
        """When Samtun was taken into use here."""
        return at_wall(self.valley.today - IN_USE_SINCE, dt.time(9))

    @property
    def centre(self) -> Owner:
        """The volunteer centre, as owner of rows."""
        return self.bodies[self.valley.centre].owner

    def system(self) -> Viewer:
        """The system, acting for everyone here."""
        return Viewer.system(self.tenant, frozenset(body.owner_id for body in self.bodies.values()))

    def viewer(self, person: str) -> Viewer:
        """Somebody by key, wearing the hat with most to do; in an open scope."""
        if person not in self._viewers:
            row = self.persons[person]
            hat = hats.worn_first(hats.hats_of(row.id), second_factor=True)
            assert hat is not None
            self._viewers[person] = Viewer(
                tenant=self.tenant, hat=hat, account=row.id, person=row.id, name=row.full_name, language=row.language
            )
        return self._viewers[person]

    def with_role(self, *roles: str) -> str:
        """The first person with one of these roles in the plain valley."""
        return next(hat.person for role in roles for hat in self.valley.hats if hat.role == role)

    def dice(self, word: str) -> Random:
        """Dice of their own for one thing, so that a change elsewhere does not move it."""
        return Random(f"{self.valley.slug}|{self.seed}|{word}")  # noqa: S311 -- invented times, nothing secret

    def on(self, day: dt.date, minute: int) -> dt.datetime:
        """The moment of a wall time, in minutes after midnight."""
        return at_wall(day, dt.time(minute // 60, minute % 60))
