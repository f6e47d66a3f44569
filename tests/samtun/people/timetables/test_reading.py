"""The timetable's file: cut down to one municipality, bounded, and every fault a sentence that says where."""

import datetime as dt
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtun.kernel.ground import Spot
from samtun.people.timetables.adapters.files import Limits, Unreadable, opened
from samtun.people.timetables.adapters.gtfs import date_of, mode_of, read, running_days, seconds_of
from samtun.people.timetables.adapters.prepared import Box
from tests.factories.timetables import CENTRE, HAMLET, SINCE, TABLES, packed

BOX = Box.around([Spot(*CENTRE), Spot(*HAMLET)], metres=5_000)


def taken(path, **more):
    return read(path, BOX, since=SINCE, **more)


def test_only_what_is_here_is_kept(tmp_path):
    found = taken(packed(tmp_path))
    assert [stop.name for stop in found.stops] == ["Grenda", "Midtveges", "Sentrum"]
    assert [(one.line, one.stops, one.arrives) for one in found.trips] == [
        ("210", [0, 1, 2], [35400, 36000, 36720]),
        ("210", [2, 0], [88200, 89700]),
        ("210", [2, 0], [49200, 50520]),
    ]
    assert found.trips[1].picks_up == [2, 0]
    assert found.box == BOX
    assert (found.source, found.valid_from, found.valid_to) == ("Entur", dt.date(2026, 11, 20), dt.date(2027, 3, 31))
    weekdays = found.services[found.trips[0].service]
    assert dt.date(2026, 12, 25) not in weekdays, "taken out by an exception"
    assert dt.date(2026, 11, 28) in weekdays, "a Saturday that was put in"
    assert dt.date(2026, 11, 29) not in weekdays


def test_a_file_with_a_mark_before_the_first_word_and_other_line_ends_is_read(tmp_path):
    text = "\ufeff" + TABLES["stops.txt"].replace("\n", "\r\n")
    assert len(taken(packed(tmp_path, stops=text)).stops) == 3


def test_lines_in_any_order_are_a_trip(tmp_path):
    head, *lines = TABLES["stop_times.txt"].splitlines()
    assert taken(packed(tmp_path, stop_times="\n".join([head, *reversed(lines)]))) == taken(packed(tmp_path))


def test_calendar_dates_alone_will_do(tmp_path):
    only = "service_id,date,exception_type\nW,20261127,1\nF,20261127,1\n"
    found = taken(packed(tmp_path, without="calendar.txt", calendar_dates=only))
    assert found.services == [[dt.date(2026, 11, 27)]] * 2
    assert found.valid_to == dt.date(2026, 11, 27)


def test_it_counts_to_the_last_day_of_the_company_that_runs_most_here(tmp_path):
    """An express coach whose timetable goes on longer must not make the local bus look as if it had stopped."""
    found = taken(
        packed(
            tmp_path,
            agency=TABLES["agency.txt"] + "B,Ekspress,https://example.org,Europe/Oslo\n",
            routes=TABLES["routes.txt"] + "R2,B,X,,200\n",
            trips=TABLES["trips.txt"].replace("R1,F,night", "R2,F,night"),
            calendar=TABLES["calendar.txt"].replace("20270430", "20261218", 1),
        )
    )
    assert found.valid_to == dt.date(2026, 12, 18)


def test_trips_that_go_every_so_often_or_backwards_are_left_out_and_counted(tmp_path):
    often = "trip_id,start_time,end_time,headway_secs\nup,6:00:00,9:00:00,600\n"
    back = TABLES["stop_times.txt"].replace("night,24:55:00,24:55:00", "night,23:55:00,23:55:00")
    found = taken(packed(tmp_path, frequencies=often, stop_times=back))
    assert (len(found.trips), found.left_out) == (1, 2)


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("stop_times", "arrival_time", "kjem", "stop_times.txt lacks the column arrival_time"),
        ("stop_times", "down,9:50:00,9:50:00", "down,9:5x:00,9:50:00", "Line 2 of stop_times.txt"),
        ("stop_times", "down,9:50:00,9:50:00", "down,9:61:00,9:50:00", "Line 2 of stop_times.txt"),
        ("stop_times", "down,9:50:00,9:50:00", "down,-1:10:00,9:50:00", "Line 2 of stop_times.txt"),
        ("stop_times", "down,9:50:00,9:50:00", "down,99:10:00,99:50:00", "Line 2 of stop_times.txt"),
        ("stop_times", "down,9:50:00,9:50:00", "down,9:51:00,9:50:00", "leaves before it has come"),
        ("stop_times", "S1,1,,\ndown", "S1,1,7,\ndown", "Line 2 of stop_times.txt"),
        ("stop_times", "S1,1,,\ndown", "S1,1\ndown", "has 5 columns where the heading has 7"),
        ("stop_times", "\nup,13", '\n"up,13', "stop_times.txt is no table"),
        ("stops", "61.2000", "nord", "Line 2 of stops.txt"),
        ("calendar", "20261101,20270430", "20261131,20270430", "Line 2 of calendar.txt has a date that is none"),
        ("calendar_dates", "20261225,2", "20261225,3", "neither a day more nor a day less"),
        ("calendar", "F,0,0,0,0,1", "Q,0,0,0,0,1", "The calendars lack services"),
        ("agency", "Europe/Oslo", "Europe/London", "counts time in Europe/London"),
        ("routes", "R1,A", "R9,A", "routes.txt lacks lines"),
        ("routes", "Grenda-Sentrum,3", "Grenda-Sentrum,buss", "does not say what one travels by"),
        ("trips", "R1,W,up\n", "", "trips.txt lacks trips"),
        ("feed_info", "20270331", "20261119", "has run out"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, table, old, new, said):
    assert old in TABLES[f"{table}.txt"]
    text = TABLES[f"{table}.txt"].replace(old, new, 1)
    with pytest.raises(Unreadable, match=said):
        taken(packed(tmp_path, **{table: text}))


@pytest.mark.parametrize("name", ["agency.txt", "stops.txt", "stop_times.txt", "trips.txt", "routes.txt"])
def test_a_half_file_is_no_timetable(tmp_path, name):
    with pytest.raises(Unreadable, match=f"The file has no {name}"):
        taken(packed(tmp_path, without=name))


def test_no_calendar_is_no_timetable(tmp_path):
    path = packed(tmp_path, without="calendar.txt")
    other = tmp_path / "b.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for one in old.namelist():
            if one != "calendar_dates.txt":
                new.writestr(one, old.read(one))
    with pytest.raises(Unreadable, match="nowhere on which days"):
        taken(other)


def test_another_encoding_and_a_line_without_end(tmp_path):
    with pytest.raises(Unreadable, match=r"Line 2 of stops.txt is not written in UTF-8"):
        taken(packed(tmp_path, stops=TABLES["stops.txt"].replace("Grenda", "Øygrend").encode("latin-1")))
    with pytest.raises(Unreadable, match="longer than any line"):
        taken(packed(tmp_path, stops=TABLES["stops.txt"] + "S9," + "x" * 100_000))


def test_no_zip_a_cut_zip_and_no_file(tmp_path):
    path = packed(tmp_path)
    whole = path.read_bytes()
    for data in (b"", b"%PDF-1.7 tekst", whole[: len(whole) // 2]):
        path.write_bytes(data)
        with pytest.raises(Unreadable, match="no whole zip file"):
            taken(path)
    middle = whole.index(b"stop_times.txt") + 60
    path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :])
    with pytest.raises(Unreadable, match="no whole zip file"):
        taken(path)
    with pytest.raises(Unreadable, match="no whole zip file"):
        taken(tmp_path / "finst-ikkje.zip")


@pytest.mark.parametrize(("kind", "flag"), [(zipfile.ZIP_LZMA, 0), (zipfile.ZIP_STORED, 1)])
def test_what_is_packed_otherwise_or_wants_a_password_is_said(tmp_path, kind, flag):
    other = tmp_path / "b.zip"
    with zipfile.ZipFile(packed(tmp_path)) as old, zipfile.ZipFile(other, "w", kind) as new:
        for one in old.namelist():
            new.writestr(one, old.read(one))
        for member in new.infolist():
            member.flag_bits |= flag
    with pytest.raises(Unreadable, match="is locked, or packed in a way"):
        taken(other)


def test_a_fault_of_our_own_is_not_blamed_on_the_file(tmp_path):
    def broken():
        with opened(packed(tmp_path), Limits()):
            raise RuntimeError("ours")

    with pytest.raises(RuntimeError, match="ours"):
        broken()


def test_what_swells_is_not_read(tmp_path):
    """Eleven million noughts pack to eleven thousand bytes: no timetable is packed like that."""
    bomb = TABLES["stops.txt"].encode() + b"0" * 11_000_000
    with pytest.raises(Unreadable, match=r"stops.txt is much larger"):
        taken(packed(tmp_path, stops=bomb))
    with pytest.raises(Unreadable, match="much larger than any timetable"):
        taken(packed(tmp_path), limits=Limits(whole=500))
    with pytest.raises(Unreadable, match=r"stop_times.txt is much larger"):
        taken(packed(tmp_path), limits=Limits(table=100))


@given(st.integers(0, 71), st.integers(0, 59), st.integers(0, 59))
def test_every_time_of_three_days_is_read(hours, minutes, seconds):
    assert seconds_of(f" {hours:02}:{minutes:02}:{seconds:02}") == hours * 3600 + minutes * 60 + seconds


@pytest.mark.parametrize(
    "text", ["", "7", "7:05", "7:60:00", "7:05:60", "72:00:00", "٧:05:00", "7:05:00:00", "1e1:00:00"]
)
def test_what_is_no_time(text):
    with pytest.raises(ValueError, match="no time of day"):
        seconds_of(text)


@pytest.mark.parametrize("text", ["", "2026-11-27", "20261327", "2026112", "٢٠٢٦١١٢٧"])
def test_what_is_no_date(text):
    with pytest.raises(ValueError, match="no date"):
        date_of(text)


@given(
    st.sets(st.integers(0, 6)), st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)), st.integers(-5, 500)
)  # fmt: skip
def test_running_days_are_those_weekdays_within_both_periods(weekdays, first, length):
    last, until = first + dt.timedelta(days=length), dt.date(2027, 6, 1)
    found = list(running_days(weekdays, first, last, since=dt.date(2026, 11, 1), until=until))
    assert all(
        day.weekday() in weekdays and max(first, dt.date(2026, 11, 1)) <= day <= min(last, until) for day in found
    )
    every = (first + dt.timedelta(days=n) for n in range(max(length, -1) + 1))
    assert len(found) == sum(day.weekday() in weekdays and dt.date(2026, 11, 1) <= day <= until for day in every)


def test_what_one_travels_by():
    assert [mode_of(n) for n in (3, 700, 0, 2, 101, 4, 1000, 1200, 1100)] == [
        "bus", "bus", "tram", "train", "train", "boat", "boat", "boat", None,
    ]  # fmt: skip
