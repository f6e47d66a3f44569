"""Addresses of workshops."""

urlpatterns: list = []
