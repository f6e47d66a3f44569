"""SQL only narrows: whoever the rules would suggest, the planner finds, and nobody else (decisions 13)."""

import datetime as dt
from random import Random

import pytest

from planning.problems.matching import suggest
from planning.vocabulary.availability import Absence, Season, WeeklySlot
from planning.vocabulary.ceiling import Ceiling
from planning.vocabulary.fact import Fact
from planning.vocabulary.point import Point
from planning.vocabulary.volunteer import Volunteer as Candidate
from planning.vocabulary.window import Window
from samtun.anchoring.responsibilities.models import Clearance, PolicePurpose
from samtun.foundation.models import Share
from samtun.operation.help_requests import planner
from samtun.operation.help_requests.models import HelpRequest, Match, Veto
from samtun.operation.mentoring.models import MentorPlan
from samtun.operation.screening.models import ConfidentialityDeclaration, PoliceCertificateCheck, SuitabilityTalk
from samtun.operation.training.models import TrainingRecord
from samtun.operation.volunteers import models as v
from samtun.people.persons.models import Person
from samtun.people.places.models import VillageDistance
from samtun.people.preferences.models import Preference
from tests.bench.measure import listening

TODAY = dt.date(2026, 11, 23)
# Two small worlds every time; the others with the journeys.
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.journey) for seed in range(1, 6))]
PEOPLE = 45
HOURS = (dt.time(8), dt.time(10), dt.time(12), dt.time(16), dt.time(23, 59))


class World:
    """Volunteers of two hosts, some with both, in whom every rule is often just kept and often just broken."""

    def __init__(self, tun, seed):
        self.tun, self.dice, self.hosts = tun, Random(seed), (tun.centre, tun.other)
        self.kinds = (tun.snow, tun.visit)
        self.recipients = [tun.recipient(), tun.person("Olav", "Bø", "+4757410002", village=tun.small)]
        self.recipients.append(tun.person("Uten", "Sted", "+4757410003", lat=61.0, lon=4.0))
        Person.objects.filter(given_name="Uten").update(address_protected=True)
        tun.snow.needs_car, tun.snow.least_age = self.maybe(0.3), self.dice.choice((15, 15, 40))
        tun.snow.needs_course = self.dice.choice(("", "", "ryggen"))
        tun.visit.needs_declaration = True
        tun.visit.needs_purpose = PolicePurpose.objects.create(code="besok", law="§ 1", valid_from=TODAY)
        tun.snow.save()
        tun.visit.save()
        VillageDistance.objects.create(origin=tun.small, target=tun.near, metres=9_000)
        if self.maybe(0.7):
            Share.objects.create(
                giver=tun.other, receiver=tun.centre, what="volunteers", purpose="Snø", starts=TODAY,
                ends=TODAY + dt.timedelta(days=self.dice.randint(0, 2)),
            )  # fmt: skip
        if self.maybe(0.3):
            self.refuse()
        for number in range(PEOPLE):
            self.settle(number)
        self.work()
        self.beside()
        for person in self.dice.sample(list(Person.objects.filter(given_name="F").order_by("id")), 3):
            Veto.objects.create(recipient=self.recipients[0], volunteer_person=person, made_at=tun.now)

    def maybe(self, chance):
        return self.dice.random() < chance

    def day(self, low, high):
        return TODAY + dt.timedelta(days=self.dice.randint(low, high))

    def refuse(self):
        Clearance.objects.update_or_create(
            task_type=self.tun.snow, owner=self.tun.other,
            defaults={"cleared": False, "by_words": "x", "decided_on": TODAY},
        )  # fmt: skip

    def settle(self, number):
        dice, known_place = self.dice, self.maybe(0.8)
        person = Person.objects.create(
            given_name="F", family_name=f"F{number}", birth_year=dice.choice((None, 2012, 1986, 1971, 1962, 1950)),
            lat=60.9 + dice.random() / 5 if known_place else None,
            lon=4.0 if known_place and self.maybe(0.95) else None,
            village=dice.choice((None, self.tun.near, self.tun.small)), do_not_contact=self.maybe(0.05),
        )  # fmt: skip
        for host in self.hosts if self.maybe(0.2) else (dice.choice(self.hosts),):
            state = dice.choice((*["active"] * 6, "paused", "paused", "left", "waiting"))
            row = v.Volunteer.objects.create(
                person=person, host=host, joined_on=TODAY, state=state,
                paused_until=dice.choice((None, self.day(-1, 1))) if state == "paused" else None,
            )  # fmt: skip
            for kind in self.kinds:
                if self.maybe(0.8):
                    v.Willing.objects.create(volunteer=row, task_type=kind)
            self.show(person, host)
        if self.maybe(0.06):
            Preference.objects.create(person=person, channel="sms", asks_stopped_at=self.tun.now)
        if self.maybe(0.95):
            self.times(person)

    def beside(self):
        """Some have a mentor and a lighter plan; one mentor is among those vetoed, one is a recipient."""
        mentors = [*Person.objects.filter(given_name="F").order_by("id")[:6], self.recipients[0]]
        for row in self.dice.sample(list(v.Volunteer.objects.order_by("id")), 14):
            MentorPlan.objects.create(
                volunteer=row, mentor=self.dice.choice(mentors), most_minutes=self.dice.choice((30, 45, 300)),
                together_until=self.dice.choice((None, self.day(0, 6))), talk_days=5, next_talk_on=TODAY,
                began_on=TODAY, ended_at=self.dice.choice((None, None, None, self.tun.now)),
            )  # fmt: skip
        Veto.objects.create(recipient=self.recipients[1], volunteer_person=mentors[0], made_at=self.tun.now)

    def show(self, person, host):
        if self.maybe(0.9):
            ConfidentialityDeclaration.objects.create(person=person, owner=host, signed_on=TODAY)
        if self.maybe(0.9):
            SuitabilityTalk.objects.create(person=person, owner=host, held_on=TODAY)
        if self.maybe(0.9):
            purpose = self.tun.visit.needs_purpose
            PoliceCertificateCheck.objects.create(person=person, owner=host, purpose=purpose, shown_on=TODAY)
        for age in self.dice.sample((400, 300, 200), self.dice.randint(0, 3)):
            TrainingRecord.objects.create(
                person=person, owner=host, course=self.dice.choice(("ryggen", "ryggen", "brann")),
                held_on=TODAY - dt.timedelta(days=age + (host == self.tun.other)),
                expires_on=self.dice.choice((None, self.day(-2, 9))),
            )  # fmt: skip

    def times(self, person):
        profile = v.Profile.objects.create(
            person=person, ceiling_times=self.dice.choice((None, 1, 2, 4)),
            ceiling_per=self.dice.choice(("week", "month")),
            quiet_until=self.day(-1, 1) if self.maybe(0.2) else None, has_car=self.maybe(0.7),
            last_asked_on=self.dice.choice((None, self.day(-9, -1))),
            reach_metres=self.dice.choice((None, None, 2_000, 9_000, 15_000)),
        )  # fmt: skip
        for _ in range(self.dice.choice((0, 0, 0, 2, 6))):
            starts, ends = sorted(self.dice.sample(HOURS, 2))
            months = self.dice.choice(((1, 12), (1, 12), (11, 3), (4, 10)))
            v.Slot.objects.create(
                profile=profile, weekday=self.dice.randint(0, 6), starts=starts, ends=ends, first_month=months[0],
                last_month=months[1],
            )  # fmt: skip
        if self.maybe(0.2):
            first = self.day(-2, 4)
            v.Absence.objects.create(
                profile=profile, starts=first, ends=first + dt.timedelta(days=self.dice.randint(0, 3))
            )

    def wish(self, **facts):
        return HelpRequest.objects.create(
            **{
                "owner": self.tun.centre, "recipient": self.dice.choice(self.recipients), "source": "call",
                "task_type": self.dice.choice(self.kinds), "on": self.day(0, 6), "minutes": self.dice.choice((45, 300)),
                "at": self.dice.choice((None, dt.time(10), dt.time(11, 30), dt.time(22))), "state": "looking",
                "asking": "first_yes" if self.maybe(0.9) else "known_only", "made_at": self.tun.now,
                "village": self.dice.choice((None, self.tun.near)),
            }
            | facts
        )  # fmt: skip

    def work(self):
        for row in v.Volunteer.objects.order_by("id"):
            for _ in range(self.dice.choice((0, 0, 0, 1, 2))):
                state = self.dice.choice(("done", "agreed", "proposed", "dropped_out"))
                request = self.wish(on=self.day(-40, 0) if state == "done" else self.day(0, 8), state=state[:10])
                now = self.tun.now
                Match.objects.create(request=request, volunteer=row, state=state, proposed_at=now, agreed_at=now)

    def everybody(self, request):
        """All volunteers as the engine sees them, read one by one and left out by nothing."""
        self.plans = {p.volunteer_id: p for p in MentorPlan.objects.filter(ended_at=None)}
        rows = v.Volunteer.objects.exclude(state__in=["left", "waiting"])
        return [self._seen(row, request) for row in rows.select_related("person")]

    def _seen(self, row, request):
        person, profile = row.person, v.Profile.objects.filter(person=row.person).first()
        kinds = {w.task_type.key for w in v.Willing.objects.filter(volunteer=row).select_related("task_type")}
        refusing = Clearance.objects.filter(owner=row.host, cleared=False).exclude(owner__kind="municipality")
        refused = {c.task_type.key for c in refusing}
        done = Match.objects.filter(volunteer__person=person, state="done").exclude(request=request)
        live = Match.objects.filter(volunteer__person=person, state__in=["agreed", "proposed"])
        matches = [m.request for m in live.exclude(request=request)]
        plan = self.plans.get(row.id)
        together = plan and plan.together_until and plan.together_until >= request.on
        along = plan.mentor_id if together else None
        return Candidate(
            most_minutes=plan.most_minutes if plan else None, companion=along,
            is_recipient_self=along == request.recipient_id, id=row.id,
            person=person.id, host=row.host_id, willing=frozenset(kinds),
            host_allows=frozenset({"snow", "visit"}) - refused, facts=self._facts(person, row.host),
            age=request.on.year - person.birth_year if person.birth_year else None,
            has_car=bool(profile and profile.has_car), max_distance_m=profile.reach_metres if profile else None,
            point=Point(person.lat, person.lon) if None not in {person.lat, person.lon} else None,
            village=person.village_id, slots=tuple(map(self._slot, v.Slot.objects.filter(profile=profile))),
            absences=tuple(Absence(a.starts, a.ends) for a in v.Absence.objects.filter(profile=profile)),
            ceiling=Ceiling(profile.ceiling_times, profile.ceiling_per) if profile and profile.ceiling_times else None,
            agreed=tuple([r.on for r in matches] + [m.request.on for m in done]),
            busy=tuple(Window.of(r.on, r.at.hour * 60 + r.at.minute, r.minutes) for r in matches if r.at),
            quiet_until=profile.quiet_until if profile else None,
            paused_until=(row.paused_until or dt.date.max) if row.state == "paused" else None,
            asks_stopped=Preference.objects.filter(person=person, asks_stopped_at__isnull=False).exists(),
            do_not_contact=person.do_not_contact, last_asked=profile.last_asked_on if profile else None,
            done_before=frozenset(m.request.task_type.key for m in done),
        )  # fmt: skip

    def _facts(self, person, host):
        mine = {"person": person, "owner": host}
        found = [Fact("confidentiality") for _ in ConfidentialityDeclaration.objects.filter(**mine)]
        found += [Fact("approval:talk") for _ in SuitabilityTalk.objects.filter(**mine)]
        found += [Fact("police:besok") for _ in PoliceCertificateCheck.objects.filter(**mine)]
        latest = {t.course: t.expires_on for t in TrainingRecord.objects.filter(person=person).order_by("held_on")}
        return (*found, *(Fact(f"course:{course}", until) for course, until in latest.items()))

    def _slot(self, slot):
        season = None
        if (slot.first_month, slot.last_month) == (11, 3):
            season = Season((11, 1), (3, 31))
        elif (slot.first_month, slot.last_month) == (4, 10):
            season = Season((4, 1), (10, 31))
        ends = slot.ends.hour * 60 + slot.ends.minute
        return WeeklySlot(slot.weekday, slot.starts.hour * 60, 1440 if ends == 1439 else ends, season)


@pytest.mark.journey
@pytest.mark.rule("R63")
@pytest.mark.parametrize("seed", SEEDS)
def test_narrowing_never_changes_who_is_suggested(tun, seed):
    world = World(tun, seed)
    viewer = tun.viewer()
    suggested = missed = 0
    for _ in range(20):
        request = world.wish()
        problem = planner.build(request.id, viewer, TODAY, None)
        narrowed = suggest(problem.request, problem.volunteers, TODAY, 8)
        whole = suggest(problem.request, world.everybody(request), TODAY, 8)
        assert narrowed.groups == whole.groups
        told = {each.volunteer: each.reasons for each in whole.excluded}
        assert {each.volunteer: each.reasons for each in narrowed.excluded}.items() <= told.items()
        assert len(narrowed.excluded) >= min(len(told), planner.NEAR_MISSES)
        suggested += sum(len(group.people) for group in whole.groups)
        missed += len(told)
    assert suggested > 5, "a world where nobody fits shows nothing"
    assert missed > 5, "nor one where everybody does"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_last_look_before_an_ask_says_the_same_as_the_list(tun, seed):
    world = World(tun, seed)
    request = world.wish()
    everyone = world.everybody(request)
    listed = planner.build(request.id, tun.viewer(), TODAY, None)
    looked_at = planner.build(request.id, tun.viewer(), TODAY, [each.id for each in everyone])
    assert suggest(looked_at.request, looked_at.volunteers, TODAY, 8).groups == (
        suggest(listed.request, listed.volunteers, TODAY, 8).groups
    )


def test_two_statements_whatever_the_number_of_volunteers(tun):
    world = World(tun, 1)
    request = world.wish(task_type=tun.visit)
    with listening() as asked:
        problem = planner.build(request.id, tun.viewer(), TODAY, None)
    assert len(asked.statements) == 2
    assert len(problem.volunteers) > 10


def test_a_page_explains_no_more_near_misses_than_it_shows_and_they_are_drawn_by_lot(tun):
    for number in range(planner.NEAR_MISSES + 25):
        row = tun.volunteer("Frida", f"F{number}", f"+47900020{number:02d}")
        v.Profile.objects.filter(person=row.person).update(quiet_until=TODAY)
    drawn = [
        {each.id for each in planner.build(tun.request(on=day).id, tun.viewer(), TODAY, None).volunteers}
        for day in (TODAY + dt.timedelta(days=1), TODAY + dt.timedelta(days=9))
    ]
    assert [len(each) for each in drawn] == [planner.NEAR_MISSES] * 2
    assert drawn[0] != drawn[1]
