"""Timetables: which bus goes between a village and a hall on a given day, from the file that all companies share."""
