"""The k-neighbors endpoint on Django."""

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from loadtest.benchmark.contenders.flower import Flower
from loadtest.benchmark.contenders.k_neighbors import predicted


@require_POST
def predict(request: HttpRequest) -> JsonResponse:
    try:
        flower = Flower.model_validate_json(request.body)
    except ValidationError as error:
        return JsonResponse(error.errors(include_input=False, include_context=False), safe=False, status=422)
    return JsonResponse(predicted(flower))


urlpatterns = [path("predict", predict)]
settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[])
application: WSGIHandler = get_wsgi_application()
