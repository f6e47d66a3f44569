"""A timetable as companies share it, small enough to read: one bus up a valley and down again."""

import datetime as dt
import zipfile
from dataclasses import replace
from pathlib import Path

from samtun.foundation.viewer import Viewer
from samtun.people.timetables.actions import take_in
from samtun.people.timetables.adapters.prepared import Prepared, PreparedStop, PreparedTrip
from samtun.people.timetables.models import Timetable

SINCE, UNTIL = dt.date(2026, 11, 20), dt.date(2027, 3, 31)
CENTRE, HAMLET = (61.0, 4.0), (61.2, 4.2)
"""The hall's stop and the hamlet's, some 25 km apart, where the tests have their villages."""

TABLES = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\nA,Dalbussen,https://example.org,Europe/Oslo\n",
    "feed_info.txt": "feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date\n"
    "Entur,https://example.org,no,20261101,20270331\n",
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon,location_type\n"
    "S1,Grenda,61.2000,4.2000,\nS2,Midtveges,61.1,4.1,0\nS3,Sentrum,61.0010,4.0000,\nS4,Oslo,59.91,10.75,\n"
    "P1,Sentrum,61.0010,4.0000,1\n",
    "routes.txt": "route_id,agency_id,route_short_name,route_long_name,route_type\nR1,A,210,Grenda-Sentrum,3\n",
    "trips.txt": "route_id,service_id,trip_id\nR1,W,down\nR1,W,up\nR1,F,night\nR1,W,away\n",
    "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "W,1,1,1,1,1,0,0,20261101,20270430\nF,0,0,0,0,1,0,0,20261101,20270430\n",
    "calendar_dates.txt": "service_id,date,exception_type\nW,20261225,2\nW,20261128,1\n",
    "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n"
    "down,9:50:00,9:50:00,S1,1,,\ndown,10:00:00,10:01:00,S2,2,,\ndown,10:12:00,10:12:00,S3,3,,\n"
    "up,13:40:00,13:40:00,S3,1,,\nup,14:02:00,14:02:00,S1,2,,\n"
    "night,24:30:00,24:30:00,S3,1,2,\nnight,24:55:00,24:55:00,S1,2,,\n"
    "away,8:00:00,8:00:00,S1,1,,\naway,14:00:00,14:00:00,S4,2,,\n",
}


def packed(folder: Path, *, name: str = "rute.zip", without: str = "", **changed: str | bytes) -> Path:
    """Pack the tables; `stops="…"` puts other words in stops.txt."""
    found: dict[str, str | bytes] = {key: text for key, text in TABLES.items() if key != without}
    found |= {f"{key}.txt": text for key, text in changed.items()}
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, text in found.items():
            archive.writestr(key, text)
    return path


def plain(**changes: object) -> Prepared:
    """A bus from the hamlet at 9.50 and home at 13.40 on weekdays from Monday to Friday; nothing in the evening."""
    days = [day for n in range((UNTIL - SINCE).days + 1) if (day := SINCE + dt.timedelta(days=n)).weekday() < 5]
    stops = [PreparedStop("S1", "Grenda", *HAMLET), PreparedStop("S3", "Sentrum", CENTRE[0] + 0.001, CENTRE[1])]
    trips = [
        PreparedTrip(0, "210", "bus", [0, 1], [35400, 36720], [35400, 36720], [0, 0], [0, 0]),
        PreparedTrip(0, "210", "bus", [1, 0], [49200, 50520], [49200, 50520], [0, 0], [0, 0]),
    ]
    return replace(Prepared("Entur", SINCE, UNTIL, stops, [days], trips), **changes)


def through_the_fork(**changes: object) -> Prepared:
    """Where one must change: to the fork at 9.40, on at 9.55 from across the road; home the same way at 13.40."""
    whole = plain()
    at = (61.1, 4.1), (61.1012, 4.1)
    stops = [*whole.stops, PreparedStop("S2", "Vegdelet", *at[0]), PreparedStop("S5", "Bakkevegen", *at[1])]
    calls = [([0, 2], 9 * 60 + 10, 9 * 60 + 40, "210"), ([3, 1], 9 * 60 + 55, 10 * 60 + 12, "220"),
             ([1, 2], 13 * 60 + 40, 14 * 60, "220"), ([2, 0], 14 * 60 + 10, 14 * 60 + 40, "210")]  # fmt: skip
    trips = [
        PreparedTrip(0, line, "bus", ends, times, times, [0, 0], [0, 0])
        for ends, leaves, arrives, line in calls
        for times in [[leaves * 60, arrives * 60]]
    ]
    return replace(whole, stops=stops, trips=trips, **changes)


def taken_in(tenant: object, at: dt.datetime, **changes: object) -> Timetable:
    """The timetable of `plain`, taken in."""
    return take_in(prepared=plain(**changes), by=Viewer.system(tenant), at=at)
