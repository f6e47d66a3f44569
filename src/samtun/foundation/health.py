"""Addresses for whoever watches the machine: alive, and ready to serve."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from samtun.foundation.access import public


@public(scope=False)
def alive(_request: HttpRequest) -> HttpResponse:
    """Answer that the process runs."""
    return JsonResponse({"alive": True})


@public(scope=False)
def ready(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and is migrated, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM foundation_municipality LIMIT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"ready": False}, status=503, headers={"Retry-After": "10"})
    return JsonResponse({"ready": True})
