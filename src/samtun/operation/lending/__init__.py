"""Halls, cars and things to borrow, and the bookings of them, which cannot overlap: the database holds it (ADR 35).

A *lendable* is what can be borrowed, a *booking* is one time of it, and bookings made in one act are a *batch*.
"""
