"""Whom three persons let us tell, a word that waits and one that is received, and a concern halfway."""

import datetime as dt

from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.evaluation.feedback.actions.concerning import Telling, look_at, open_words, raise_concern
from samtun.evaluation.feedback.actions.contacts import Way, name_professional
from samtun.evaluation.feedback.actions.differing import receive, tell_different
from samtun.evaluation.feedback.actions.receivers import choose_outside
from samtun.evaluation.feedback.queries.differing import task_of_match
from samtun.evaluation.feedback.rules import TELLABLE
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Hat, Role, Viewer
from samtun.operation.help_requests.models import Match
from samtun.people.consents.models import Consent
from samtun.people.persons.models import Person

UNIT, NURSE, DEPUTY = "heimeteneste", "hanne-fossheim", "terje-lundemo"
OUTSIDE = ("Astrid Fjordnes", "+4749000490", "personvernombod i Elvefjord kommune", "Rådhuset, Elvefjord")
TICKED = (("tired", "Ho ville ikkje ha kaffi, og det har eg aldri opplevd før."), ("not_opened", ""))
CONCERN = Telling(
    kind="safety", about="ein sjåfør",
    text="Sjåføren køyrde før mor var komen inn døra. Det var is på trappa, og ho vart ståande ute.",
)  # fmt: skip


def plan_telling(made: Made, past: Past, *, by: str) -> None:
    """Plan it in the last hours before the present."""
    at = made.present - dt.timedelta(hours=3)
    past.plan(at - dt.timedelta(days=1), lambda moment: _agree(made, by, moment))
    past.plan(at, lambda moment: _tell(made, moment))
    past.plan(at - dt.timedelta(hours=2), lambda moment: _concern(made, by, moment))


def _helped(made: Made) -> list[Match]:
    """Return what is agreed or lately done, one for each person, the newest first."""
    rows = Match.objects.filter(request__owner=made.centre, state__in=TELLABLE, request__recipient__death_known_at=None)
    found = rows.select_related("request__recipient", "volunteer__person").order_by("-agreed_at", "id")
    return list({m.request.recipient_id: m for m in reversed(found)}.values())[::-1][:3]


def _way(person: Person) -> Way:
    return Way(person.full_name, person.phone, person.email)


def _agree(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        for match in _helped(made):
            name_professional(
                person=match.request.recipient, owner=made.centre, unit=made.bodies[UNIT].owner,
                who=_way(made.persons[NURSE]), deputy=_way(made.persons[DEPUTY]), title="heimesjukepleiar",
                basis=Consent.Basis.SELF, form=Consent.Form.ORAL, by=made.viewer(by), at=at,
            )  # fmt: skip


def _tell(made: Made, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        told = []
        for match, (code, words) in zip(_helped(made), TICKED, strict=False):
            task = task_of_match(match.id)
            hat = Hat(key="link", role=Role.VOLUNTEER)
            themselves = Viewer(made.tenant, hat, person=task.sender.id, via="link")
            told.append(tell_different(task=task, ticked=[code], text=words, via="link", by=themselves, at=at))
        if len(told) > 1:
            receive(heads_up=told[1], will="look_in", by=made.viewer(NURSE), at=at + dt.timedelta(minutes=20))


def _concern(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        municipality = next(b for b in made.bodies.values() if b.kind == "municipality")
        name, phone, title, address = OUTSIDE
        choose_outside(
            owner=municipality.owner, who=Way(name, phone), words=title, address=address, by=made.system(), at=at
        )
        found, _code = raise_concern(
            owner=made.centre, telling=CONCERN, sent_key=f"{made.valley.slug} {made.seed}", via="web", at=at
        )
        leader = made.viewer(by)
        open_words(concern=found, by=leader, at=at + dt.timedelta(minutes=30))
        look_at(concern=found, by=leader, at=at + dt.timedelta(minutes=40))
