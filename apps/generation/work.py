"""One turn of the model: from a claimed job to a version, or to a reason why there is none."""

from typing import TYPE_CHECKING, Any, Literal

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.common.errors import ApplicationError
from apps.common.jobs import JobStopped, job_fail, job_finish
from apps.common.models import JobStatus
from apps.generation.enums import Origin
from apps.generation.loading import load_generator
from apps.generation.models import DraftVersion, GenerationJob
from apps.generation.scripts import STOPPED, diagnostics_of, require_size
from apps.generation.services import announce_end, version_add
from apps.generation.streaming import Heartbeat, StopWatch, TextStream, tell_stage
from apps.sketches.reading import picture_of, scene_of

if TYPE_CHECKING:
    from apps.engines.vlsm.api import GenerationResult


def work(job: GenerationJob) -> None:
    """Run a claimed job to its end. Never raises on what the model or the prompt did."""
    from apps.engines.vlsm.api import GenerationCancelled, GenerationError

    try:
        with Heartbeat(job):
            result = generate(job)
            tell_stage(job, 0.95, "checking")
            require_size(result.source)
            found = diagnostics_of(result.source)
        succeed(job, result, found)
    except (GenerationCancelled, JobStopped):
        end(job, JobStatus.CANCELLED)
    except GenerationError as error:
        fail(job, refusal(error))
    except Exception as error:  # noqa: BLE001 – a job must end, whatever went wrong
        fail(job, error)


def generate(job: GenerationJob) -> "GenerationResult":
    from apps.engines.vlsm.api import GenerationRequest

    tell_stage(job, 0.02, "encoding")
    generator = load_generator()
    base = base_of(job)
    sketch = picture_of(job.sketch) if job.sketch else None
    scene = None
    if job.sketch is not None and base is None:
        tell_stage(job, 0.1, "sketch")
        scene = scene_of(job.sketch)
    tell_stage(job, 0.1, "generating")
    stream = TextStream(job)
    language: Literal["en", "zh"] = "zh" if (get_language() or "").startswith("zh") else "en"
    request = GenerationRequest(job.prompt, sketch, base, language, scene)
    result = generator.generate(request, stream.push, StopWatch(job))
    stream.flush()
    return result


def base_of(job: GenerationJob) -> str | None:
    """The script to change. The model executes it in this process, so one that the checker had to
    stop is refused."""
    version = job.base_version
    for found in version.diagnostics if version else []:
        if found["code"] == STOPPED:
            raise ApplicationError(found["message"], STOPPED, found["hint"])
    return version.source if version else None


def refusal(error: Exception) -> ApplicationError:
    from apps.engines.vlsm.api import GenerationQuestion

    if isinstance(error, GenerationQuestion):
        hint = _("Send the prompt again with what holds.")
        return ApplicationError(str(error), "question", hint)
    return ApplicationError(
        str(error) or _("The model could not make a script of this."),
        "generation",
        getattr(error, "hint", None) or _("Change the prompt or the sketch and try again."),
    )


def succeed(job: GenerationJob, result: "GenerationResult", diagnostics: list[Any]) -> None:
    """Version, message and the job's end in one transaction: all of them or none."""
    with transaction.atomic():
        if not job_finish(job):
            return  # cancelled or taken for dead at the last moment
        version = add_version(job, result, diagnostics)
        job.version, job.partial = version, ""
        job.save(update_fields=["version", "partial"])
        announce_end(job)


def add_version(
    job: GenerationJob, result: "GenerationResult", diagnostics: list[Any]
) -> DraftVersion:
    return version_add(
        draft=job.draft,
        source=result.source,
        diagnostics=diagnostics,
        origin=Origin.GENERATED,
        parent=job.base_version,
        prompt=job.prompt,
        author=job.requested_by,
        model_name=result.model_name[:80],
        assumptions=[item.to_json() for item in result.assumptions],
        sketch_id=job.sketch_id or (job.base_version.sketch_id if job.base_version else None),
    )


@transaction.atomic
def end(job: GenerationJob, status: JobStatus) -> None:
    if job_finish(job, status):
        announce_end(job)


@transaction.atomic
def fail(job: GenerationJob, error: Exception) -> None:
    if job_fail(job, error):
        announce_end(job)


@transaction.atomic
def interrupted(job: GenerationJob) -> None:
    """Tell the members of a job whose worker died."""
    announce_end(job)
