"""Pages of runs and their exports."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from apps.common.errors import NotFound
from apps.generation.scripts import layout_of_source
from apps.projects.selectors import project_get
from apps.projects.views import project_context
from apps.realtime.selectors import latest_seq
from apps.runs import exports, selectors
from apps.runs.models import Run
from apps.runs.payloads import run_payload
from apps.sketches.payloads import sketch_payload

JSON = dict[str, Any]
TRACE_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "xes": "application/xml; charset=utf-8",
}


@login_required
@require_safe
def run_detail(request: HttpRequest, project_id: UUID, run_id: UUID) -> HttpResponse:
    """Progress while it goes; figures, timeline and the animated layout when it is done."""
    project = project_get(request.user, project_id)
    # The number first: what happens while the page is put together is then replayed to it.
    seq = latest_seq(project.topic)
    run = selectors.run_get(request.user, run_id, project=project_id)
    context = {
        **project_context(request, project),
        "run": run,
        "draft": run.version.draft,
        "result": run.result,
        "page": page_data(run, seq),
    }
    return render(request, "runs/run_detail.html", context)


def page_data(run: Run, seq: int) -> JSON:
    result = run.result or {}
    sketch = run.version.sketch
    return {
        "run": run_payload(run),
        "kpis": result.get("kpis"),
        "objects": result.get("objects", []),
        "figures": None,
        "figures_url": reverse("api-run-figures", kwargs={"run_id": run.pk}),
        "layout": layout_of_source(run.version.source) if result else None,
        "trace_url": reverse("api-run-trace", kwargs={"run_id": run.pk}),
        "sketch": sketch_payload(sketch) if sketch else None,
        "topic": run.project.topic,
        "seq": seq,
    }


@login_required
@require_safe
def kpis_csv(request: HttpRequest, project_id: UUID, run_id: UUID) -> HttpResponse:
    run = selectors.run_get(request.user, run_id, project=project_id)
    response = HttpResponse(exports.kpis_csv(run), content_type="text/csv; charset=utf-8")
    return as_download(response, run, "kpis")


@login_required
@require_safe
def trace_file(
    request: HttpRequest, project_id: UUID, run_id: UUID, form: str
) -> StreamingHttpResponse:
    """The whole trace as trace.csv, trace.parquet or trace.xes."""
    run = selectors.run_get(request.user, run_id, project=project_id)
    if form not in TRACE_TYPES:
        raise NotFound
    response = StreamingHttpResponse(exports.trace_file(run, form), content_type=TRACE_TYPES[form])
    return as_download(response, run, "trace", form)


def as_download(response: Any, run: Run, what: str, form: str = "csv") -> Any:
    title = slugify(run.version.draft.title) or "model"
    name = f"{title}-v{run.version.number}-{what}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
