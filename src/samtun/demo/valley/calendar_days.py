"""Days as people mean them: so many working days from today."""

from datetime import date, timedelta


def working_day(today: date, steps: int) -> date:
    """Give the working day (Monday to Friday) `steps` away; 0 is today, or the next one if today is a weekend.

    Public holidays are not known here.
    """
    day = today
    while day.weekday() > 4:
        day += timedelta(days=1)
    for _ in range(abs(steps)):
        day += timedelta(days=1 if steps > 0 else -1)
        while day.weekday() > 4:
            day += timedelta(days=1 if steps > 0 else -1)
    return day


def told_day(today: date, steps: int) -> date:
    """Give the working day on which something was said, `steps` (0 or fewer) back, never after `today`."""
    day = working_day(today, steps)
    return day if day <= today else working_day(today, -1)
