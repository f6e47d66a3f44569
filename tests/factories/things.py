"""What the addresses of the lower storeys point at."""

import datetime as dt

from samtun.foundation.models import Share
from samtun.foundation.viewer import Permission, Role
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.operation.callouts.actions import add_friend, make_list
from samtun.operation.callouts.actions import call_out as make_call_out
from samtun.operation.callouts.models import FriendsList
from samtun.operation.help_requests.models import FollowUp, PersonalCall
from samtun.operation.mentoring.actions import Lighter, set_plan
from samtun.operation.recognition.models import Thanks
from samtun.operation.referrals.actions import report_worry
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.models import Closure, Leave, Membership, Organisation
from samtun.people.persons.actions import note_away, note_death
from samtun.people.persons.models import Passing
from samtun.people.roles.models import Grant
from samtun.work.sheets.actions import make_sheet
from samtun.work.todos.actions import open_todo
from tests.factories.world import World, thing


@thing("nothing")
def nothing(world: World) -> object:
    """A key of nothing at all."""
    return uuid7()


@thing("word")
def word(world: World) -> object:
    """A word where a token should be."""
    return "ikkje-noko"


@thing("person")
def person(world: World) -> object:
    """The coordinator, whom the centre knows."""
    return world.people[Role.COORDINATOR].person.id


@thing("somebody")
def somebody(world: World) -> object:
    """Someone the centre knows, with no role."""
    return world.tun.recipient().id


@thing("dead_person")
def dead_person(world: World) -> object:
    """Someone the centre knows, noted as dead."""
    return _passing(world).person_id


@thing("follow_up")
def follow_up(world: World) -> object:
    """A talk to be held with one who is visited."""
    tun = world.tun
    volunteer = tun.volunteer("Marit", "Fjelde", "+4790000009", types=[tun.visit])
    return FollowUp.objects.create(
        owner=tun.centre, recipient=tun.recipient(), volunteer=volunteer, side="person", days=10, due_on=tun.now.date(),
        made_at=tun.now,
    ).id  # fmt: skip


@thing("away")
def away(world: World) -> object:
    """That somebody the centre knows is away."""
    tun = world.tun
    return note_away(
        person=tun.recipient(), starts=tun.now.date(), ends=None, where="away", by=tun.viewer(), at=tun.now
    ).id


@thing("personal_call")
def personal_call(world: World) -> object:
    """A call to whoever asked for one who has died."""
    return PersonalCall.objects.get(passing=_passing(world)).id


def _passing(world: World) -> Passing:
    anna = world.tun.recipient()
    world.tun.request(anna, asked_by="Son", asked_by_phone="+4791919191")
    return note_death(person=anna, by=world.tun.viewer(), at=world.tun.now)


@thing("organisation")
def organisation(world: World) -> object:
    """The centre."""
    return Organisation.objects.get(owner=world.tun.centre).id


@thing("membership")
def membership(world: World) -> object:
    """The cashier's place at the centre."""
    return Membership.objects.get(person=world.people[Role.CASHIER].person).id


@thing("grant")
def grant(world: World) -> object:
    """Supplier support's role."""
    return Grant.objects.get(person=world.people[Role.SUPPLIER_SUPPORT].person).id


@thing("closure")
def closure(world: World) -> object:
    """Days when the centre is closed."""
    body = Organisation.objects.get(owner=world.tun.centre)
    return Closure.objects.create(organisation=body, starts=dt.date(2026, 12, 23), ends=dt.date(2026, 12, 31)).id


@thing("share")
def share(world: World) -> object:
    """What the centre lets another see."""
    tun = world.tun
    return Share.objects.create(
        giver=tun.centre, receiver=tun.other, what="volunteers", purpose="Snø", starts=dt.date(2026, 1, 1),
        ends=dt.date(2027, 1, 1),
    ).id  # fmt: skip


@thing("help_request")
def help_request(world: World) -> object:
    """Snow on Anna's steps."""
    return world.tun.request().id


@thing("request_to_assess")
def request_to_assess(world: World) -> object:
    """A wish that is not cleared beforehand."""
    return world.tun.request(task_type=world.tun.grey).id


@thing("referral")
def referral(world: World) -> object:
    """A neighbour's worry, to be rung about."""
    made = report_worry(
        to=world.tun.centre, name="Oddny Lien", phone="+4757410077", place="", words="", sender_name="Nabo",
        sender_phone="+4757410078", by=world.tun.system(), at=world.tun.now,
    )  # fmt: skip
    assert made
    return made.id


@thing("friends_list")
def friends_list(world: World) -> object:
    """Those whom the centre may call out."""
    return _friends(world).id


@thing("call_out")
def call_out(world: World) -> object:
    """A trip with the residents."""
    tun, friends = world.tun, _friends(world)
    return make_call_out(
        friends_list=friends, task_type=tun.snow, words="tur", place="Solheimen", on=dt.date(2026, 11, 26),
        starts=dt.time(10), minutes=60, needed=1, by=tun.system(), at=tun.now,
    ).id  # fmt: skip


def _friends(world: World) -> FriendsList:
    tun = world.tun
    made = make_list(owner=tun.centre, name="Turvener", by=tun.system(), at=tun.now)
    friend = tun.volunteer("Olena", "Venn", "+4790000555")
    add_friend(friends_list=made, volunteer=friend, by=tun.system(), at=tun.now)
    return made


@thing("volunteer")
def volunteer(world: World) -> object:
    """The volunteer of the centre who has a login."""
    return Volunteer.objects.get(person=world.people[Role.VOLUNTEER].person).id


@thing("mentor_plan")
def mentor_plan(world: World) -> object:
    """The volunteer who has a login is mentor for another."""
    tun, mentor = world.tun, world.people[Role.VOLUNTEER].person
    supported = tun.volunteer("Amir", "Haddad", "+4790000777")
    plan = Lighter(most_minutes=60, talk_days=5)
    return set_plan(volunteer=supported, mentor=mentor, plan=plan, by=tun.viewer(), at=tun.now).id


@thing("task_type")
def task_type(world: World) -> object:
    """Snow on the steps."""
    return world.tun.snow.id


@thing("thanks")
def thanks(world: World) -> object:
    """The volunteer whom the centre should thank this week."""
    person = world.people[Role.VOLUNTEER].person
    week = {"person": person, "owner": world.tun.centre, "week_of": dt.date(2026, 11, 23)}
    return Thanks.objects.get_or_create(**week, defaults={"for_words": "Snø"})[0].id


@thing("todo")
def todo(world: World) -> object:
    """Somebody who wants to be rung, on the centre's desk."""
    return open_todo(
        ref=Ref("help_request", uuid7()), reason="ring_me", about="AS", due=world.tun.now, owner=world.tun.centre.id,
        audience=Permission.HANDLE_REQUESTS, at=world.tun.now,
    ).id  # fmt: skip


@thing("leave")
def leave(world: World) -> object:
    """The leader's days away."""
    post = Membership.objects.get(person=world.people[Role.LEADER].person)
    return Leave.objects.create(membership=post, starts=world.tun.now.date(), ends=world.tun.now.date()).id


@thing("sheet")
def sheet(world: World) -> object:
    """The centre's next day on paper."""
    return make_sheet(owner=world.tun.centre, by=world.tun.system(), at=world.tun.now).id
