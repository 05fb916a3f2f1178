"""GET /v1/models: the models that can chat."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from tfplay.chat import TASKS
from tfplay.cutting import quoted
from tfplay.server.errors import ApiError, json_response
from tfplay.store import Run, find_run, list_runs, list_shipped


def list_models(request: Request) -> Response:
    """Lists the shipped models and those without an owner; a visitor's run needs its id."""
    runs = [run for run in list_runs() if run.owner is None and run.is_usable]
    models = [_model(run) for run in (*list_shipped(), *runs) if run.recipe.task in TASKS]
    return json_response({"object": "list", "data": models})


def show_model(request: Request) -> Response:
    """Describes one model."""
    return json_response(_model(find_model(request.path_params["model"])))


def find_model(model: str) -> Run:
    """The run of this id.

    Raises:
        ApiError: There is none.
    """
    run = find_run(model)
    if run is None or not run.is_usable:
        raise ApiError(
            404,
            f"There is no model {quoted(model)} here; it must be one that GET /v1/models names, or "
            "the id of a run.",
            "model_not_found",
        )
    return run


def _model(run: Run) -> dict[str, Any]:
    created = int(run.created.timestamp())
    return {"id": run.id, "object": "model", "created": created, "owned_by": "tfplay"}
