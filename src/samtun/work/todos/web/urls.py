"""Addresses of the acts on one line of the desk."""

from django.urls import path

from samtun.work.todos.web import views

urlpatterns = [
    path("i-dag/<uuid:todo>/utsett/", views.put_off, name="todo_put_off"),
    path("i-dag/<uuid:todo>/igjen/", views.take_up_again, name="todo_take_up"),
    path("i-dag/<uuid:todo>/ferdig/", views.finish, name="todo_done"),
]
