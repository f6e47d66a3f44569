"""Pages of the login."""

from samtun.people.accounts.web.views.codes import code, link, login
from samtun.people.accounts.web.views.own import address, address_code, kept, logout, prove, standing
from samtun.people.accounts.web.views.passwords import password, second_factor

__all__ = [
    "address",
    "address_code",
    "code",
    "kept",
    "link",
    "login",
    "logout",
    "password",
    "prove",
    "second_factor",
    "standing",
]
