"""The tables of a `layout.Plant` as compiled code sees them: (system, number) → record."""

from . import layout
from .jit import accessor

node_at, out_at, in_at, law_at, stop_at, stream_at, step_at, own_label_at = (
    accessor(f"at_{name}", layout.TABLES[name])
    for name in ("nodes", "outs", "ins", "laws", "stops", "streams", "code", "own_labels")
)
member_at, team_at, way_at, stack_at, local_at, draw_at, known_at = (
    accessor(f"at_{name}", layout.TABLES[name])
    for name in ("members", "teams", "ways", "stack", "local", "draw", "known")
)
cell_at, grid_at, said_at = (
    accessor(f"at_{name}", layout.TABLES[name]) for name in ("cells", "grids", "said")
)
item_at, event_at, paused_at, task_at, request_at, label_at = (
    accessor(f"at_{name}", layout.TABLES[name])
    for name in ("items", "heap", "paused", "tasks", "requests", "labels")
)
mover_at, claim_at, claimed_at, hold_at, point_at, leg_at, route_at, stand_at, trip_at = (
    accessor(f"at_{name}", layout.TABLES[name])
    for name in ("movers", "claims", "claimed", "holds", "points", "legs", "routes", "stands",
                 "trips")
)  # fmt: skip
mark_at, note_at, spot_at, connected_at, start_at, start_label_at = (
    accessor(f"at_{name}", layout.TABLES[name])
    for name in ("marks", "notes", "spots", "connected", "starts", "start_labels")
)
more_at, arrival_at, arrival_label_at, belt_at, rider_at, body_at = (
    accessor(f"at_{name}", layout.TABLES[name])
    for name in ("more", "arrivals", "arrival_labels", "belts", "riders", "bodies")
)
