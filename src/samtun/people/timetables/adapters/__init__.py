"""What comes from outside: the timetable's file."""
