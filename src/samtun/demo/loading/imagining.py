"""A need with three behind it, an idea that two have said "yes, and …" to, and an initiative that lives."""

import datetime as dt
from collections.abc import Callable

from samtun.codesign.ideas.actions.adding import add
from samtun.codesign.ideas.actions.answering import answer, tie_to_need
from samtun.codesign.ideas.actions.entering import Put, put_forward
from samtun.codesign.ideas.actions.helping import join
from samtun.codesign.ideas.actions.promising import done, new_day, promise
from samtun.codesign.ideas.actions.starting import Words, name_contact, start
from samtun.codesign.ideas.actions.telling import Word
from samtun.codesign.ideas.enums import AdditionKind, Answered, PromiseKind, Via
from samtun.codesign.ideas.models import Idea, Initiative, Promise
from samtun.codesign.ideas.queries import could_be_contact
from samtun.codesign.needs.actions import Told, write_need
from samtun.codesign.needs.actions import join as join_needs
from samtun.codesign.needs.enums import Group, Source
from samtun.codesign.needs.models import Need
from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.foundation.scope import open_scope
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.people.persons.actions import register_person
from samtun.people.persons.models import Person

ALONE = "Menn som bur åleine, et middag åleine dei fleste dagane. Fleire seier at dei gjerne ville hatt selskap."
SAME = (
    ("Det er stilt i grenda om kvelden. Karane sit kvar for seg.", Source.SEEN, 4),
    ("På møtet om kvardagslivet sa fleire at dei saknar nokon å ete med.", Source.WORKSHOP, 6),
    ("Heimetenesta høyrer ofte at maten smakar betre saman med andre.", Source.TALK, None),
)
DINNER, BENCH = "Torsdagsmiddag i grendahuset", "Benkar langs vegen til butikken"
DINNER_WORDS = (
    "Eg lagar middag for heile grenda kvar torsdag, og den som vil, kjem. Vi et klokka fire, og dei som kan, tek med "
    "litt kvar. Ingen skal måtte melde seg på."
)
BENCH_WORDS = "Det er langt mellom plassane der ein kan sitje. Tre benkar, så kan fleire gå til butikken sjølve."
AND = (
    ("… og ein benk der bussen stoppar, så ein slepp å stå og vente.", "Oddvar"),
    ("… og vi i velforeininga kan snikre dei, om nokon kjøper materialen.", "Velforeininga"),
)
PEOPLE = (
    ("Gudrun", "Aasgjerd", "+4749000981"),
    ("Oddvar", "Lidal", "+4749000982"),
    ("Torgeir", "Vik", "+4749000983"),
)


def plan_imagining(made: Made, past: Past, *, by: str) -> None:
    """Plan it in the last three weeks before the present."""

    def on(days: int, act: Callable[[Made, str, dt.datetime], None]) -> None:
        past.plan(made.present - dt.timedelta(days=days), lambda moment: act(made, by, moment))

    on(21, _needs)
    on(20, _put)
    on(18, _answers)
    on(17, _starts)
    on(15, _contact)
    on(14, _joins)
    on(10, _adds)
    on(9, _keeps)
    on(2, _takes_longer)


def _person(made: Made, number: int, by: str, at: dt.datetime) -> Person:
    given, family, phone = PEOPLE[number]
    viewer = made.system()
    facts = {"given_name": given, "family_name": family, "phone": phone}
    return register_person(owner=made.centre, source="idea", by=viewer, at=at, **facts)


def _needs(made: Made, by: str, at: dt.datetime) -> None:
    """What is needed, and three that say the same."""
    with open_scope(made.tenant):
        village = next(iter(made.villages.values()))
        viewer, day = made.viewer(by), at.date() - dt.timedelta(days=3)
        first = Told(ALONE, Group.MEN_ALONE, Source.TALK, day, village, 11)
        need = write_need(owner=made.centre, told=first, sent_key=uuid7(), by=viewer, at=at)
        for words, source, number in SAME:
            told = Told(words, Group.MEN_ALONE, source, day, village, number)
            same = write_need(owner=made.centre, told=told, sent_key=uuid7(), by=viewer, at=at)
            join_needs(need=same, into=need, by=viewer, at=at)


def _put(made: Made, by: str, at: dt.datetime) -> None:
    """Gudrun rings with her idea, and Oddvar hands in his on paper."""
    with open_scope(made.tenant):
        village = next(iter(made.villages.values()))
        for number, title, words, via in ((0, DINNER, DINNER_WORDS, Via.PHONE), (1, BENCH, BENCH_WORDS, Via.PAPER)):
            put = Put(title, words, village, is_public=True, shown_as=PEOPLE[number][0])
            put_forward(
                owner=made.centre, person=_person(made, number, by, at), put=put, via=via, by=made.viewer(by), at=at,
                sent_key=f"{made.valley.slug} {made.seed} {title}",
            )  # fmt: skip


def _answers(made: Made, by: str, at: dt.datetime) -> None:
    said = {
        DINNER: "Dette vil vi gjerne vere med på. Du leier; vi tek det som ikkje syner.",
        BENCH: "Så god ein tanke! Vi spør kommunen om kvar det er lov å setje dei.",
    }
    with open_scope(made.tenant):
        for title, words in said.items():
            idea = Idea.objects.get(title=title)
            answer(idea=idea, words=words, outcome=Answered.TOGETHER, by=made.viewer(by), at=at)
        need = Need.objects.get(words=ALONE)
        ref = Ref("need", need.id)
        tie_to_need(idea=Idea.objects.get(title=DINNER), need=ref, ties=True, by=made.viewer(by), at=at)


def _starts(made: Made, by: str, at: dt.datetime) -> None:
    """Gudrun makes it happen; her word is written down on the telephone."""
    with open_scope(made.tenant):
        words = Words(
            DINNER, DINNER_WORDS, "Dekkje bord, ta med kake, køyre den som ikkje har bil.",
            "Grendahuset, torsdagar klokka 16", "Gudrun", is_public=True,
        )  # fmt: skip
        idea = Idea.objects.get(title=DINNER)
        start(idea=idea, words=words, by=made.viewer(by), at=at, word=Word(via=Via.PHONE))


def _life() -> Initiative:
    return Initiative.objects.select_related("idea").get(title=DINNER)


def _contact(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        found = could_be_contact(on=at.date())
        ours = [m for m in found if m.organisation.owner_id == made.centre.id] or list(found)
        deputy = next((m for m in found if m.person_id != ours[0].person_id), None)
        name_contact(initiative=_life(), contact=ours[0], deputy=deputy, by=made.viewer(by), at=at)
        first, last = at.date() + dt.timedelta(days=7), at.date() + dt.timedelta(days=12)
        for kind, words, due in (
            (PromiseKind.ROOM, "Grendahuset gratis på torsdagar ut våren", first),
            (PromiseKind.PERMIT, "Finne ut kor mange brannvesenet seier det kan vere der", last),
            (PromiseKind.APPLICATION, "Søkje om pengar til kjelar og koppar", at.date() + dt.timedelta(days=30)),
        ):  # fmt: skip
            promise(
                initiative=_life(), kind=kind, words=words, due=due, sent_key=uuid7(), by=made.viewer(by), at=at
            )  # fmt: skip


def _joins(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        for number, words in ((1, "Eg tek med poteter"), (2, "Kan køyre tre stykke")):
            person = _person(made, number, by, at)
            join(initiative=_life(), person=person, words=words, via=Via.PHONE, by=made.viewer(by), at=at)


def _adds(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        idea = Idea.objects.get(title=BENCH)
        for number, (words, shown) in enumerate(AND, start=1):
            add(
                idea=idea, person=_person(made, number, by, at), kind=AdditionKind.AND, words=words, shown_as=shown,
                sent_key=f"{made.valley.slug} {made.seed} {number}", via=Via.PHONE, by=made.viewer(by), at=at,
            )  # fmt: skip


def _keeps(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        kept = Promise.objects.select_related("initiative__idea").get(kind=PromiseKind.ROOM)
        done(kept=kept, words="Nøkkelen heng i boksen ved døra", by=made.viewer(by), at=at)


def _takes_longer(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        late = Promise.objects.select_related("initiative__idea").get(kind=PromiseKind.PERMIT)
        due = at.date() + dt.timedelta(days=9)
        new_day(late=late, due=due, why="Brannvesenet kjem på synfaring neste veke", by=made.viewer(by), at=at)
