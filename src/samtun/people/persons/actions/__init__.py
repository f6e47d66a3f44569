"""The verbs of persons: what stands, lists taken in, two rows that are one human, what happens in a life."""

from samtun.people.persons.actions.dying import (
    AlreadyNoted,
    DayAhead,
    NotAnyMore,
    bring_back,
    note_death,
    note_stilled,
    take_back_death,
)
from samtun.people.persons.actions.going_away import (
    AwayAlready,
    BackwardsDays,
    NotAway,
    change_away,
    note_away,
    note_back,
)
from samtun.people.persons.actions.merging import (
    BothLogIn,
    NotTwo,
    OneIsDead,
    SplitOthersFirst,
    merge_persons,
    say_different,
    split_persons,
)
from samtun.people.persons.actions.registering import (
    ChangedMeanwhile,
    NameMissing,
    StrangeBirthYear,
    change_person,
    link_account,
    make_known,
    register_person,
    set_do_not_contact,
    set_protection,
)
from samtun.people.persons.actions.taking_in import Incoming, Taken, take_in, take_out_again

__all__ = [
    "AlreadyNoted", "AwayAlready", "BackwardsDays", "BothLogIn", "ChangedMeanwhile", "DayAhead", "Incoming",
    "NameMissing", "NotAnyMore", "NotAway", "NotTwo", "OneIsDead", "SplitOthersFirst", "StrangeBirthYear", "Taken",
    "bring_back", "change_away", "change_person", "link_account", "make_known", "merge_persons", "note_away",
    "note_back", "note_death", "note_stilled", "register_person", "say_different", "set_do_not_contact",
    "set_protection", "split_persons", "take_back_death", "take_in", "take_out_again",
]  # fmt: skip
