"""Pages of experiments and their exports."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.common.errors import ApplicationError, NotFound
from apps.experiments import exports, selectors, services
from apps.experiments.figures import response_axis
from apps.experiments.forms import SERVICE_FIELDS, ExperimentForm, in_unit
from apps.experiments.labels import measure_label, scenario_label
from apps.experiments.models import Experiment
from apps.experiments.payloads import experiment_payload
from apps.experiments.results import CONFIDENCES, View, report_of, result_of
from apps.projects import rules
from apps.projects.models import Project
from apps.projects.selectors import project_get
from apps.projects.views import project_context
from apps.realtime.selectors import latest_seq

JSON = dict[str, Any]
PER_PAGE = 24
TABLE_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}


@login_required
@require_safe
def experiment_list(request: HttpRequest, project_id: UUID) -> HttpResponse:
    project = project_get(request.user, project_id)
    rows = selectors.experiments_of(request.user, project)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **project_context(request, project),
        "page_obj": page,
        "experiments": page.object_list,
        "has_versions": selectors.versions_to_try(request.user, project).exists(),
    }
    return render(request, "experiments/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def experiment_new(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """A form, filled from ?version=ID or from an earlier experiment, ?like=ID. For editors."""
    project = project_get(request.user, project_id)
    rules.require_edit(request.user, project)
    versions = selectors.versions_to_try(request.user, project)
    form = ExperimentForm(
        request.POST or None, versions=versions, initial=initial(request, project)
    )
    started = start(request, form) if form.is_valid() else None
    if started is not None:
        return redirect("experiments:detail", project.pk, started.pk)
    page = {"choices_url": reverse("api-experiment-choices", kwargs={"version_id": UUID(int=0)})}
    context = {**project_context(request, project), "form": form, "page": page}
    return render(request, "experiments/new.html", {**context, "has_versions": versions.exists()})


def initial(request: HttpRequest, project: Project) -> JSON:
    like = request.GET.get("like")
    if not like:
        return {"version": request.GET.get("version")}
    found = selectors.experiment_get(request.user, like, project=project.pk)
    times = {"horizon": found.until, "warmup": found.warmup}
    shown = {name: in_unit(seconds) for name, seconds in times.items()}
    return {
        "version": found.version_id,
        **{name: getattr(found, name) for name in SERVICE_FIELDS},
        **{name: f"{value:g}" for name, (value, _unit) in shown.items()},
        **{f"{name}_unit": unit for name, (_value, unit) in shown.items()},
    }


def start(request: HttpRequest, form: ExperimentForm) -> Experiment | None:
    """None where the service refused; the form then says why."""
    try:
        return services.experiment_start(actor=request.user, **form.wishes())
    except ApplicationError as error:
        form.refuse(error.field, f"{error.message} {error.hint or ''}".strip())
        return None


@login_required
@require_safe
def experiment_detail(request: HttpRequest, project_id: UUID, experiment_id: UUID) -> HttpResponse:
    """Progress while it goes; comparison, ranking and figures when it is done."""
    project = project_get(request.user, project_id)
    # The number first: what happens while the page is put together is then replayed to it.
    seq = latest_seq(project.topic)
    found = selectors.experiment_get(request.user, experiment_id, project=project_id)
    context = {
        **project_context(request, project),
        "experiment": found,
        "draft": found.version.draft,
        "page": {"experiment": experiment_payload(found), "topic": project.topic, "seq": seq},
    }
    if found.table:
        context |= shown(request, found)
    return render(request, "experiments/detail.html", context)


def shown(request: HttpRequest, experiment: Experiment) -> JSON:
    """The report that the query asks for; a wrong one is told, and the first one shown."""
    result, refusal = result_of(experiment), None
    try:
        report = report_of(result, View.parse(request.GET))
    except ApplicationError as error:
        refusal, report = error.message, report_of(result, View())
    for row in report["scenarios"]:
        row["name"] = scenario_label(row["settings"])
    url = reverse("api-experiment-figures", kwargs={"experiment_id": experiment.pk})
    ranked = [row for row in report["scenarios"] if row["rank"]]
    return {
        "report": report,
        "refusal": refusal,
        "measures": [(name, measure_label(name)) for name in report["measures"]],
        "measure_name": measure_label(report["measure"]),
        "confidences": [(f"{value:g}", f"{value:.0%}") for value in CONFIDENCES],
        "confidence": (f"{report['confidence']:g}", f"{report['confidence']:.0%}"),
        "base": report["scenarios"][report["base"]],
        "best": [row for row in ranked if row["contender"]],
        "warnings": dict.fromkeys(text for row in report["scenarios"] for text in row["warnings"]),
        "has_response": response_axis(result) is not None,
        "figures_url": f"{url}?measure={report['measure']}&confidence={report['confidence']}",
    }


@login_required
@require_POST
def experiment_cancel(request: HttpRequest, project_id: UUID, experiment_id: UUID) -> HttpResponse:
    found = selectors.experiment_get(request.user, experiment_id, project=project_id)
    services.experiment_cancel(experiment=found, actor=request.user)
    return redirect("experiments:detail", project_id, experiment_id)


@login_required
@require_safe
def experiment_table(
    request: HttpRequest, project_id: UUID, experiment_id: UUID, form: str
) -> HttpResponse:
    """A row for each run, as results.parquet or results.csv."""
    found = selectors.experiment_get(request.user, experiment_id, project=project_id)
    if form not in TABLE_TYPES:
        raise NotFound
    content = exports.table_csv(found) if form == "csv" else exports.table_parquet(found)
    response = HttpResponse(content, content_type=TABLE_TYPES[form])
    name = f"{slugify(found.name) or 'experiment'}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
