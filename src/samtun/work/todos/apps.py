"""The room as a Django app."""

from django.apps import AppConfig


class TodosConfig(AppConfig):
    """Todos."""

    name = "samtun.work.todos"
    label = "work_todos"
