"""Lists on their way in, for the addresses that point at one."""

import functools
from typing import Any

from samtun.foundation.imports.registry import importer_called
from samtun.foundation.viewer import Role, Viewer
from samtun.people.persons.actions import merge_persons
from samtun.work.imports import actions
from tests.factories import sheets
from tests.factories.world import World, thing


@functools.cache
def _workbook(rows: tuple[Any, ...]) -> bytes:
    """The very same file for the same rows: a workbook bears the second it was made."""
    return sheets.as_xlsx(rows)


def staged(owner: Any, rows: Any, *, by: Any, at: Any, kind: str = "persons", name: str = "liste.xlsx") -> Any:
    """A list that has been read."""
    importer = importer_called(kind)
    return actions.stage(
        importer=importer, owner=owner, file_name=name, content=_workbook(tuple(map(tuple, rows))), by=by, at=at
    )  # fmt: skip


def tried(run: Any, *, by: Any, at: Any, source: str = "", mapping: Any = None) -> Any:
    """Say that the columns hold what is guessed (and `mapping`), and try."""
    guessed = {int(n): key for n, key in run.mapping.items()} | (mapping or {})
    made = actions.map_columns(run=run, mapping=guessed, source=source, by=by, at=at)
    made.refresh_from_db()
    return made


def taken_in(owner: Any, rows: Any, *, by: Any, at: Any, kind: str = "persons", **more: Any) -> Any:
    """A list that has been taken in."""
    made = actions.start(run=tried(staged(owner, rows, by=by, at=at, kind=kind), by=by, at=at, **more), by=by, at=at)
    made.refresh_from_db()
    return made


@thing("kind_of_list")
def kind_of_list(world: World) -> object:
    """Volunteers."""
    return "volunteers"


def _for_the_centre(world: World) -> dict[str, Any]:
    centre = world.tun.centre
    return {"by": Viewer.system(centre.tenant_id, frozenset({centre.id})), "at": world.tun.now}


@thing("list_tried")
def list_tried(world: World) -> object:
    """Three persons, tried and not taken in."""
    how = _for_the_centre(world)
    return tried(staged(world.tun.centre, [sheets.HEAD, *sheets.PEOPLE], **how), **how).id


@thing("list_of_several_sheets")
def list_of_several_sheets(world: World) -> object:
    """A workbook with this year's list and last year's: which is meant is not said yet."""
    people = [sheets.HEAD, *sheets.PEOPLE]
    content = sheets.as_xlsx(people, Gamle=people)
    how = _for_the_centre(world)
    importer = importer_called("persons")
    return actions.stage(importer=importer, owner=world.tun.centre, file_name="liste.xlsx", content=content, **how).id


@thing("list_with_faults")
def list_with_faults(world: World) -> object:
    """Three persons and one whose number is too short, tried."""
    how = _for_the_centre(world)
    rows = [sheets.HEAD, *sheets.PEOPLE, ("Ola", "Feil", "12", "", "")]
    return tried(staged(world.tun.centre, rows, **how), **how).id


@thing("list_taken_in")
def list_taken_in(world: World) -> object:
    """Three persons."""
    return taken_in(world.tun.centre, [sheets.HEAD, *sheets.PEOPLE], **_for_the_centre(world)).id


@thing("another_person")
def another_person(world: World) -> object:
    """The leader, whom the centre knows too."""
    return world.people[Role.LEADER].person.id


@thing("merge")
def merge(world: World) -> object:
    """Two whom the centre knows, put together."""
    tun = world.tun
    kept, other = (tun.person("Kari", "Nes", number, owner=tun.centre) for number in ("+4790000901", "+4790000902"))
    how = _for_the_centre(world)
    return merge_persons(kept=kept, other=other, take=(), owner=tun.centre, **how).id
