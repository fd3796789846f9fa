"""Socket commands of generation, with personas."""

import pytest
from asgiref.sync import sync_to_async

from apps.generation.services import draft_create, generation_start, version_create_edited
from tests.conftest import make_team
from tests.generation.fakes import LINE
from tests.realtime.sockets import Socket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_queue")]


@sync_to_async
def setting():
    team = make_team()
    draft = draft_create(project=team.project, actor=team.editor, title="Ore line")
    version = version_create_edited(draft=draft, actor=team.editor, source=LINE)
    job = generation_start(draft=draft, actor=team.editor, prompt="A mill.")
    return team, draft, version, job


def commands(draft, version, job):
    return {
        "generation.save": {"draft": str(draft.pk), "source": "// hand", "parent": None},
        "generation.restore": {"version": str(version.pk)},
        "generation.cancel": {"job": str(job.pk)},
    }


async def test_editors_save_restore_and_cancel():
    team, draft, version, job = await setting()
    async with Socket(team.editor) as socket:
        replies = [
            await socket.call(name, **payload)
            for name, payload in commands(draft, version, job).items()
        ]
    assert [reply["ok"] for reply in replies] == [True] * 3
    assert replies[0]["data"]["version"]["number"] == 2
    assert replies[1]["data"]["version"]["source"] == LINE
    assert replies[2]["data"]["job"]["status"] == "cancelled"


@pytest.mark.parametrize(
    ("persona", "code"),
    [
        ("commenter", "permission_denied"),
        ("viewer", "permission_denied"),
        ("stranger", "not_found"),
    ],
)
async def test_others_are_refused(persona, code):
    team, draft, version, job = await setting()
    async with Socket(team[persona]) as socket:
        for name, payload in commands(draft, version, job).items():
            reply = await socket.call(name, **payload)
            assert reply["error"]["code"] == code, name


async def test_members_check_scripts_and_strangers_do_not():
    team, draft, _version, _job = await setting()
    payload = {"draft": str(draft.pk), "source": "Object x = ;"}
    async with Socket(team.viewer) as viewer, Socket(team.stranger) as stranger:
        reply = await viewer.call("generation.check", **payload)
        refused = await stranger.call("generation.check", **payload)
    assert reply["data"]["diagnostics"][0]["span"]["column"] == 12
    assert reply["data"]["layout"] is None
    assert refused["error"]["code"] == "not_found"
