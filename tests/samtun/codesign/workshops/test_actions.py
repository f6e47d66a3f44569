"""What is done in a workshop: planned, begun, timed, written, shared, gathered, dotted, called off and erased."""

import datetime as dt
import uuid

import pytest

from samtun.codesign.workshops import actions, queries
from samtun.codesign.workshops.actions import Facts, Written
from samtun.codesign.workshops.enums import Much, NoteVia, WorkshopState
from samtun.codesign.workshops.models import Answer, Cluster, Dot, Note, Participant
from samtun.codesign.workshops.rules import BERGEN, Planned, is_open
from samtun.foundation import exports, sight
from samtun.foundation.models import AuditEvent
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from tests.factories.designs import make_design
from tests.factories.ideas import a_need
from tests.factories.workshops import make_workshop

MINUTE = dt.timedelta(minutes=1)


def test_the_template_is_the_day_in_bergen(day):
    assert len(BERGEN) == 8
    assert all(1 <= q.alone <= 3 and 3 <= q.group <= 15 and q.plenary for q in BERGEN)
    assert [q.kind for q in BERGEN].count("advice") == 1


@pytest.mark.rule("R99")
def test_it_goes_alone_in_the_group_and_together(day):
    at = day.now
    actions.start(workshop=day.workshop, by=day.by, at=at)
    found = day.fresh()
    assert (found.phase, found.phase_ends) == ("alone", at + 2 * MINUTE)
    seen = []
    for _n in range(4):
        actions.go_on(workshop=found, by=day.by, at=at)
        found = day.fresh()
        seen.append((found.question.number if found.question else 0, found.phase))
    assert seen == [(1, "group"), (1, "plenary"), (2, "group"), (0, "evaluate")]
    with pytest.raises(actions.NotNow):
        actions.go_on(workshop=found, by=day.by, at=at)
    actions.go_back(workshop=found, by=day.by, at=at)
    assert day.fresh().phase_ends == at + 5 * MINUTE


def test_the_clock_rests_goes_on_and_gets_a_minute_more(day):
    found, at = day.starts(), day.now
    actions.rest(workshop=found, by=day.by, at=at + MINUTE)
    assert (day.fresh().left, day.fresh().phase_ends) == (60, None)
    actions.add_minute(workshop=found, by=day.by, at=at + 5 * MINUTE)
    actions.resume(workshop=found, by=day.by, at=at + 5 * MINUTE)
    assert day.fresh().phase_ends == at + 7 * MINUTE
    actions.add_minute(workshop=found, by=day.by, at=at + 20 * MINUTE)
    assert day.fresh().phase_ends == at + 21 * MINUTE, "a minute from now when the time is out"
    with pytest.raises(actions.NotNow):
        actions.resume(workshop=found, by=day.by, at=at)


def test_a_second_press_on_go_on_changes_nothing(day):
    found = day.starts()
    actions.go_on(workshop=found, by=day.by, at=day.now, version=0)
    actions.go_on(workshop=found, by=day.by, at=day.now, version=0)
    assert day.fresh().phase == "group"


def test_only_who_leads_for_the_owner_holds_the_clock(day):
    other = day.tun.viewer(day.tun.other)
    for by in (other, day.nobody):
        with pytest.raises(NotYours):
            actions.start(workshop=day.workshop, by=by, at=day.now)
        with pytest.raises(NotYours):
            actions.plan(owner=day.tun.centre, facts=Facts("x", day.now.date()), groups=1, questions=BERGEN, by=by,
                         at=day.now)  # fmt: skip
    with pytest.raises(NotYours):
        queries.workshop_for(other, day.workshop.id)


def test_the_programme_can_be_changed_but_not_under_what_is_written(day):
    added = actions.write_question(workshop=day.workshop, planned=Planned("Kva no?"), by=day.by, at=day.now)
    assert added.number == 3
    with pytest.raises(actions.TakesNoTime):
        actions.write_question(
            workshop=day.workshop, planned=Planned("Kva?", alone=0, group=0, plenary=0), by=day.by, at=day.now
        )
    actions.drop_question(question=added, by=day.by, at=day.now)
    day.starts()
    with pytest.raises(actions.HasNotes):
        actions.drop_question(question=day.question(), by=day.by, at=day.now)
    with pytest.raises(actions.HasNotes):
        actions.write_question(
            workshop=day.workshop, planned=Planned("Kva?", alone=0), by=day.by, at=day.now, question=day.question()
        )


def test_tables_can_be_added_and_not_too_many(day):
    facts = Facts("Ny dag", day.now.date())
    actions.change(workshop=day.workshop, facts=facts, groups=5, by=day.by, at=day.now)
    assert len(queries.groups_of(day.workshop)) == 5
    assert Participant.objects.filter(workshop=day.workshop, is_table=True).count() == 5
    with pytest.raises(actions.TooManyGroups):
        actions.change(workshop=day.workshop, facts=facts, groups=13, by=day.by, at=day.now)


def test_the_same_page_sent_twice_is_one_participant(day):
    assert day.comes().id == day.comes().id
    assert queries.people_in(day.workshop) == 1
    assert queries.by_key("nykel-til-kari").name == "Kari"
    assert queries.by_key("feil") is None


def test_leader_and_scribe_are_taken_by_tapping_over_from_another(day):
    kari, olav = day.comes(), day.comes("olav", name="Olav")
    actions.take_part(participant=kari, part="scribe", by=day.nobody, at=day.now)
    actions.take_part(participant=olav, part="scribe", by=day.nobody, at=day.now)
    kari.refresh_from_db()
    assert kari.part == ""
    assert queries.tables_of(day.workshop)[0].scribe == "Olav"
    table = Participant.objects.get(group=day.table(), is_table=True)
    with pytest.raises(actions.TableHasNoPart):
        actions.take_part(participant=table, part="leader", by=day.nobody, at=day.now)


def test_nothing_is_written_before_it_begins(day):
    with pytest.raises(actions.NotBegun):
        day.writes(day.comes())


def test_the_same_note_sent_twice_is_one(day):
    day.starts()
    kari, key = day.comes(), uuid.uuid4()
    assert day.writes(kari, key=key).id == day.writes(kari, " Skyss heim ", key=key).id
    assert Note.objects.count() == 1
    assert day.writes(kari, "Noko anna", key=key).words == "Noko anna", "from a page that was gone back to"
    assert day.writes(day.comes("olav"), key=key).id != day.writes(kari, key=key).id, "each has keys of their own"


@pytest.mark.rule("R99")
def test_a_note_is_its_writers_own_until_it_is_shared(day):
    day.starts()
    kari, olav = day.comes(), day.comes("olav")
    note = day.writes(kari, shared=False)
    version = day.fresh().version
    assert queries.cloths_of(day.workshop, day.question(), participant=olav)[0].notes == []
    assert [n.id for n in queries.own_notes(kari, day.question())] == [note.id]
    assert queries.own_notes(olav, day.question()) == []
    assert actions.share(participant=olav, note_id=note.id, by=day.nobody, at=day.now) == 0, "not by another"
    assert day.fresh().version == version, "nobody is told of what nobody may see"
    assert actions.share(participant=kari, by=day.nobody, at=day.now) == 1
    assert [n.words for n in queries.cloths_of(day.workshop, day.question())[0].notes] == ["Skyss heim"]
    assert day.fresh().version > version


def test_what_was_typed_without_network_comes_in_after_the_end_and_no_later(day):
    day.starts(4)
    kari = day.comes()
    actions.end(workshop=day.workshop, by=day.by, at=day.now)
    assert day.writes(kari, "Seint, men med").shared_at
    late = day.now + dt.timedelta(days=2)
    assert not is_open(day.fresh(), at=late)
    with pytest.raises(actions.IsOver):
        actions.share(participant=kari, by=day.nobody, at=late)


def test_too_long_and_empty_are_refused_with_a_sentence(day):
    day.starts()
    with pytest.raises(actions.TooLong):
        day.writes(day.comes(), "a" * 301)
    with pytest.raises(actions.NeedsWords):
        day.writes(day.comes(), "  ")


def test_yes_and_stands_on_the_first_note_also_from_another_table(day):
    day.starts(2)
    kari, olav = day.comes(), day.comes("olav", table=2)
    note = day.writes(kari)
    more = day.writes(olav, "og kaffi i bilen", on=note.id)
    day.writes(kari, "og song", on=more.id)
    assert queries.cloths_of(day.workshop, day.question())[0].notes[0].ands == ["og kaffi i bilen", "og song"]
    hidden = day.writes(kari, "eige", shared=False)
    with pytest.raises(actions.NotSharedYet):
        day.writes(olav, "og", on=hidden.id)


def test_notes_are_gathered_under_a_name_by_the_table_itself(day):
    day.starts(1)
    kari, olav = day.comes(), day.comes("olav", table=2)
    one, two = day.writes(kari), day.writes(kari, "Bil")
    for note in (one, two):
        actions.gather(note=note, name="Skyss", participant=kari, by=day.nobody, at=day.now)
    assert Cluster.objects.count() == 1
    cloth = queries.cloths_of(day.workshop, day.question())[0]
    assert [(c.name, len(c.notes)) for c in cloth.clusters] == [("Skyss", 2)]
    with pytest.raises(NotYours):
        actions.gather(note=one, name="Anna", participant=olav, by=day.nobody, at=day.now)
    actions.gather(note=one, name="", by=day.by, at=day.now)
    assert len(queries.cloths_of(day.workshop, day.question())[0].loose) == 1


def test_dots_are_few_one_on_each_thing_and_can_be_taken_back(day):
    day.starts(1)
    kari = day.comes()
    notes = [day.writes(kari, f"Note {n}") for n in range(4)]
    for note in [notes[0], *notes[:3]]:
        actions.put_dot(participant=kari, note=note, by=day.nobody, at=day.now)
    assert Dot.objects.count() == 3
    with pytest.raises(actions.NoDotsLeft):
        actions.put_dot(participant=kari, note=notes[3], by=day.nobody, at=day.now)
    actions.take_dot(participant=kari, note=notes[0], by=day.nobody, at=day.now)
    cluster = actions.gather(note=notes[3], name="Skyss", participant=kari, by=day.nobody, at=day.now)
    actions.put_dot(participant=kari, cluster=cluster, by=day.nobody, at=day.now)
    assert queries.dots_left(day.workshop, day.question(), kari) == 0
    actions.take_off(note=notes[1], participant=kari, by=day.nobody, at=day.now)
    assert queries.dots_left(day.workshop, day.question(), kari) == 1, "a dot on what is taken off is free again"


def test_where_one_is_to_be_chosen_each_has_one_dot(day):
    day.starts(3)
    kari = day.comes()
    notes = [
        actions.write_note(
            participant=kari, question=day.question(2), written=Written(uuid.uuid4(), w, shared=True), by=day.nobody,
            at=day.now,
        )
        for w in ("Tid", "Pengar")
    ]  # fmt: skip
    actions.put_dot(participant=kari, note=notes[0], by=day.nobody, at=day.now)
    with pytest.raises(actions.NoDotsLeft):
        actions.put_dot(participant=kari, note=notes[1], by=day.nobody, at=day.now)


@pytest.mark.rule("R99")
def test_paper_is_typed_in_by_the_scribe_the_tables_phone_or_who_leads(day):
    day.starts(1)
    kari, other = day.comes(), day.comes("olav", table=2)
    paper = {"group": day.table(), "question": day.question(), "at": day.now}
    for by, scribe in ((day.by, None), (day.nobody, kari)):
        if scribe:
            actions.take_part(participant=kari, part="scribe", by=day.nobody, at=day.now)
            kari.refresh_from_db()
        written = Written(uuid.uuid4(), "Frå ein lapp", shared=True)
        made = actions.write_down(written=written, by=by, scribe=scribe, **paper)
        assert (made.via, made.participant.is_table) == (NoteVia.PAPER, True)
    for by, scribe in ((day.nobody, other), (day.tun.viewer(day.tun.other), None)):
        with pytest.raises(NotYours):
            actions.write_down(written=Written(uuid.uuid4(), "x", shared=True), by=by, scribe=scribe, **paper)


def test_one_moves_to_another_table_and_what_was_shared_stays(day):
    day.starts(1)
    kari = day.comes()
    day.writes(kari)
    moved = actions.move(participant=kari, group=day.table(2), by=day.nobody, at=day.now)
    day.writes(moved, "Ved bord to")
    assert [len(c.notes) for c in queries.cloths_of(day.workshop, day.question())] == [1, 1, 0]
    with pytest.raises(NotYours):
        actions.move(participant=kari, group=make_workshop(day.tun, title="Ein annan").table(), by=day.nobody,
                     at=day.now)  # fmt: skip


def test_called_off_is_a_state_with_a_reason(day):
    with pytest.raises(actions.NeedsWords):
        actions.cancel(workshop=day.workshop, words=" ", by=day.by, at=day.now)
    actions.cancel(workshop=day.workshop, words="Vegen er stengd", by=day.by, at=day.now)
    assert day.fresh().state == WorkshopState.CANCELLED
    with pytest.raises(actions.NotNow):
        actions.start(workshop=day.workshop, by=day.by, at=day.now)
    with pytest.raises(actions.IsOver):
        day.comes()


def test_how_it_was_is_told_from_five_answers_on(day):
    day.starts(4)
    for n in range(5):
        who = day.comes(f"k{n}")
        for words in ("Først", f"Meir tid {n}"):
            actions.answer(participant=who, heard=Much.YES, useful=Much.PARTLY, words=words, by=day.nobody, at=day.now)
        told = queries.how_it_was(day.workshop)
        assert (told.number, told.few) == (n + 1, n < 4)
        assert bool(told.words) == (n == 4)
        assert len(exports.tables_of(day.tun.centre.id)["workshops/answers"].rows) == (5 if n == 4 else 0)
    assert Answer.objects.count() == 5
    assert (told.heard["yes"], told.useful["partly"]) == (5, 5)


def test_names_and_what_was_not_shared_are_erased_thirty_days_after(day):
    day.starts(1)
    kari = day.comes()
    day.writes(kari, "Delt")
    day.writes(kari, "Eige", shared=False)
    day.recommends()
    system = Viewer.system(day.tun.municipality.id)
    again = {"workshop_id": day.workshop.id, "by": system}
    assert not actions.erase(at=day.now + dt.timedelta(days=29), **again)
    assert actions.erase(at=day.now + dt.timedelta(days=30), **again)
    assert not actions.erase(at=day.now + dt.timedelta(days=31), **again)
    kari.refresh_from_db()
    assert (kari.name, [n.words for n in Note.objects.all()]) == ("", ["Delt"])
    assert [r.who for r in queries.recommendations_of(day.workshop)] == [""]
    with pytest.raises(NotYours):
        actions.erase(workshop_id=day.workshop.id, by=day.by, at=day.now)


def test_a_workshop_rests_on_a_need_and_a_design_on_the_workshop_about_it(day):
    need, drawn = a_need(day.tun), make_design(day.tun)
    about_need = make_workshop(day.tun, title="Om behovet", about=Ref("need", need.id))
    about_design = make_workshop(day.tun, title="Om opplegget", about=Ref("design", drawn.design.id))
    assert sight.uppers(Ref("workshop", about_need.workshop.id), "need") == [need.id]
    assert sight.lowers(Ref("workshop", about_design.workshop.id), "design") == [drawn.design.id]
    assert queries.about(day.by, about_design.fresh())[0] == drawn.design.title


def test_what_the_one_who_leads_does_is_in_the_audit(day):
    note = day.writes(day.comes()) if day.starts(1) else None
    actions.take_off(note=note, by=day.by, at=day.now)
    day.recommends()
    actions.end(workshop=day.workshop, by=day.by, at=day.now)
    acts = set(AuditEvent.objects.filter(ref_id=day.workshop.id).values_list("act", flat=True))
    assert acts == {f"workshops.{v}" for v in ("plan", "start", "go", "take_off", "recommend", "end")}
