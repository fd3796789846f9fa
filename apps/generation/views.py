"""Pages about the model itself."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.generation import quality

PER_PAGE = 24


@login_required
@require_safe
def quality_page(request: HttpRequest) -> HttpResponse:
    """Figures of the shipped model and the cases behind them."""
    report = quality.report_get()
    source = request.GET.get("source", "")
    source = source if source in quality.SOURCES else ""
    wrong = request.GET.get("wrong") == "1"
    cases = quality.cases_get(source, wrong=wrong)
    page = Paginator(cases, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "report": report,
        "columns": quality.COLUMNS.values(),
        "tables": list(quality.rows_of(report)) if report else [],
        "page_obj": page,
        "source": source,
        "sources": quality.SOURCES,
        "wrong": wrong,
        "count": len(cases),
        "shown": len(quality.cases_get()),
    }
    return render(request, "generation/quality.html", context)


@login_required
@require_safe
def quality_case(request: HttpRequest, number: int) -> HttpResponse:
    """One case: sketch, prompt, and the answer beside what was wanted."""
    case = quality.case_get(number)
    lines = quality.differences(case["truth"], case["answer"])
    context = {
        "case": case,
        "source": quality.SOURCES.get(case["source"], case["source"]),
        "lines": lines,
        "different": sum(line.kind != "same" for line in lines),
    }
    return render(request, "generation/quality_case.html", context)


@login_required
@require_safe
def quality_sketch(_request: HttpRequest, number: int) -> HttpResponse:
    """The sketch of a case."""
    response = HttpResponse(quality.sketch_path(number).read_bytes(), content_type="image/webp")
    response["Cache-Control"] = "private, max-age=3600"
    return response
