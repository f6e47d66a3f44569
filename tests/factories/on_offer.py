"""An owner with a row in every table of what is on offer: the programme, who comes, what stands ready, what is lent."""

import datetime as dt
import uuid

from samtun.evaluation.surveys.models import Answer
from samtun.foundation.models import Owner
from samtun.operation.activities.models import Occurrence, Picture, PictureYes
from samtun.operation.registrations.models import Allocation, Attendance, Minimum, OneTime, Suggestion, Till
from samtun.partners.catalogue.models import Publisher
from samtun.people.consents.models import Consent
from samtun.people.persons.models import Person
from tests.factories import catalogue, lending, programme, registrations
from tests.factories.journey import Tun


def everything_on_offer(tun: Tun, owner: Owner, word: str, comes: Person) -> None:
    """Put an activity, a sign-up, a closed list, an offer and a hall that is borrowed there, all with that word."""
    Publisher.objects.filter(owner=owner).delete()
    Publisher.objects.create(
        owner=owner, centre=tun.centre, state="checked", asked_at=tun.now, due=tun.now, settled_at=tun.now
    )
    it = programme.activity(tun, owner=owner, title=f"{word}strikk", sign_up="sign_up")
    time = programme.times(it)[0]
    time.activity = it
    (row,) = registrations.signs_up(tun, time, f"{word} Kjem", contact=comes, key=f"{word}{uuid.uuid4()}")
    Attendance.objects.create(registration=row, occurrence=time, answer="coming", noted_at=tun.now)
    Minimum.objects.get_or_create(occurrence=time, defaults={"is_reached": True, "looked_at": tun.now})
    Till.objects.create(owner=owner, number=f"{word} 12 345")
    Allocation.objects.create(activity=it, owner=owner, made_at=tun.now)
    hall = lending.a_hall(tun, owner=owner, name=f"{word}hus")
    lending.booked(tun, hall, owner=owner, what=f"{word}fest")
    lending.wished(tun, lending.a_season(tun, hall), owner, lending.at_hour(0, 18, 20))
    until = tun.now + dt.timedelta(days=1)
    OneTime.objects.create(registration=row, occurrence=time, until=until, offered_at=tun.now)
    said_yes = Consent.objects.create(
        person=comes, basis="self", what=f"{word}forslag", passed_to=owner, owner=owner, purpose="Hyggje",
        form="oral", given_by=word, given_on=tun.now.date(), registered_by=word,
    )  # fmt: skip
    Suggestion.objects.create(
        owner=owner, occurrence=time, person=comes, consent=said_yes, made_by=word, made_at=tun.now,
        sent_key=uuid.uuid4(),
    )  # fmt: skip
    picture = Picture.objects.create(
        activity=it, mark=word, wide=word.encode(), narrow=word.encode(), wide_width=1, wide_height=1, narrow_width=1,
        narrow_height=1, shows=f"{word}bord", recognisable=True, made_at=tun.now,
    )  # fmt: skip
    PictureYes.objects.create(
        picture=picture, name=f"{word} Synleg", how="word", heard_by=word, noted_at=tun.now, sent_key=uuid.uuid4()
    )
    catalogue.an_offer(tun, owner, title=f"{word}tilbod")
    say_how_it_was(tun, owner, word, time)


def say_how_it_was(tun: Tun, owner: Owner, word: str, time: Occurrence) -> None:
    """Five who were at a time have said how it was: of fewer no words are told."""
    Answer.objects.bulk_create(
        Answer(
            question="how_was_it", ref_kind="occurrence", ref_id=time.id, owner=owner, value="yes", words=f"{word}ord",
            answered_at=tun.now, via="link",
        )
        for _ in range(5)
    )  # fmt: skip
