"""Logins for those one can be; everyone else in the valley does without, as most people do."""

from samtun.demo.loading.made import Made
from samtun.demo.personas import personas_of
from samtun.foundation.scope import open_scope
from samtun.people.roles.actions import give_login


def make_logins(made: Made) -> None:
    """Let each persona of this valley log in; opens its scope itself."""
    with open_scope(made.tenant):
        for one in personas_of(made.valley.slug):
            if one.role:
                person = made.persons[one.key_in(made.valley)]
                give_login(person=person, by=made.system(), at=made.began, email=one.email)
