"""GET /v1/models: the models that can chat."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from tfplay.chat import TASKS
from tfplay.cutting import quoted
from tfplay.server.errors import ApiError, json_response
from tfplay.store import Model, find_opened, find_run, list_opened, list_runs, list_shipped


def list_models(request: Request) -> Response:
    """What came with TFPlay, was published or is nobody's; a visitor's is asked for by its id."""
    runs = [run for run in list_runs() if run.config.owner is None and run.is_usable]
    others = [model for model in list_opened() if model.owner is None]
    models = [*(run.model for run in (*list_shipped(), *runs)), *others]
    described = [_describe(model) for model in models if model.task in TASKS]
    return json_response({"object": "list", "data": described})


def show_model(request: Request) -> Response:
    """Describes one model that can be chatted with."""
    name = request.path_params["model"]
    model = model_asked(name)
    if model.task not in TASKS:
        raise _not_found(name)
    return json_response(_describe(model))


def model_asked(name: str) -> Model:
    """The model of this id.

    Raises:
        ApiError: There is none, or it is not trained yet.
    """
    if opened := find_opened(name):
        return opened
    run = find_run(name)
    if run and run.is_usable:
        return run.model
    if run and (reason := run.not_yet()):
        message = f"The model {quoted(name)} cannot be used yet: {reason}."
        raise ApiError(404, message, "model_not_found")
    raise _not_found(name)


def _not_found(name: str) -> ApiError:
    return ApiError(
        404,
        f"There is no model {quoted(name)} here; it must be one that GET /v1/models names, or the "
        "id of a run.",
        "model_not_found",
    )


def _describe(model: Model) -> dict[str, Any]:
    created = int(model.created.timestamp())
    return {"id": model.id, "object": "model", "created": created, "owned_by": "tfplay"}
