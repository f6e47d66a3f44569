"""Questions about help requests, always for someone: requests themselves, and what happens in a life."""

from samtun.operation.help_requests.queries import on_line
from samtun.operation.help_requests.queries.life import (
    Asker,
    Visitor,
    about_absence,
    about_death,
    askers_of,
    call_for,
    call_name,
    call_why,
    calls_about,
    follow_up_for,
    person_away,
    register_meeting,
    request_behind,
    rhythm_of,
    still_meet,
    talk_with,
    talks_about,
    visitors_of,
)
from samtun.operation.help_requests.queries.requests import (
    assignments_of,
    ends_at,
    known_persons,
    last_match,
    likely_double,
    list_for,
    live_match,
    newest_assessment,
    own_requests_of,
    request_for,
    requests_of_person,
    requests_visible_to,
    starts_at,
    vetoed_persons,
)

__all__ = [
    "Asker", "Visitor", "about_absence", "about_death", "askers_of", "assignments_of", "call_for", "call_name",
    "call_why", "calls_about", "ends_at", "follow_up_for", "known_persons", "last_match", "likely_double", "list_for",
    "live_match", "newest_assessment", "on_line", "own_requests_of", "person_away", "register_meeting",
    "request_behind", "request_for", "requests_of_person", "requests_visible_to", "rhythm_of", "starts_at",
    "still_meet", "talk_with", "talks_about", "vetoed_persons", "visitors_of",
]  # fmt: skip
