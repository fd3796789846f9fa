"""What workers do for this app."""

from celery import shared_task

from apps.common.errors import NotFound
from apps.sketches.models import Sketch
from apps.sketches.reading import scene_of


@shared_task(name="sketches.read_sketch", acks_late=True)  # type: ignore[untyped-decorator]
def read_sketch(sketch_id: str) -> None:
    """Read a new sketch while its owner still writes the prompt. Harmless when repeated."""
    sketch = Sketch.objects.filter(pk=sketch_id, deleted_at=None).first()
    if sketch is None:
        return
    try:
        scene_of(sketch)
    except NotFound:
        return  # deleted meanwhile, its picture with it
