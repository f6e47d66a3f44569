"""The web server's application where a test is, for what is measured from outside."""

from django.core.wsgi import get_wsgi_application

from tests.trial import as_told

application = get_wsgi_application()
as_told()
