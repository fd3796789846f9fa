"""What is kept only for a time."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.realtime.events import publish
from apps.realtime.models import Event, Presence, Topic
from apps.realtime.selectors import present_people, topic_state
from apps.realtime.services import presence_clear
from tests.factories import UserFactory


@pytest.fixture
def events(db):
    for _ in range(4):
        publish("project:x", "a", {})
    Event.objects.filter(seq__lte=3).update(created_at=timezone.now() - timedelta(days=40))


def test_old_events_go_and_the_topic_knows(events, capsys):
    call_command("housekeeping")

    assert list(Event.objects.values_list("seq", flat=True)) == [4]
    assert Topic.objects.get().pruned == 3
    assert topic_state("project:x").must_reset(2)
    assert not topic_state("project:x").must_reset(3)
    assert "3 events" in capsys.readouterr().out


def test_days_can_be_chosen(events):
    call_command("housekeeping", days=60)

    assert Event.objects.count() == 4


def test_days_must_be_sensible(db):
    with pytest.raises(CommandError):
        call_command("housekeeping", days=0)


def test_dead_connections_are_not_shown_and_go_in_the_end(db):
    user = UserFactory()
    row = Presence.objects.create(
        topic="project:x", channel="c", user=user, seen_at=timezone.now() - timedelta(minutes=3)
    )
    shown = present_people("project:x")
    call_command("housekeeping")
    kept = Presence.objects.exists()
    row.seen_at = timezone.now() - timedelta(days=1)
    row.save()
    call_command("housekeeping")

    assert (shown, kept) == ([], True)
    assert not Presence.objects.exists()


def test_somebody_with_two_windows_is_one_person(db):
    user = UserFactory(display_name="Ada")
    for channel in ("a", "b"):
        Presence.objects.create(
            topic="project:x", channel=channel, user=user, seen_at=timezone.now()
        )

    assert present_people("project:x") == [{"id": str(user.pk), "name": "Ada"}]
    presence_clear()
    assert present_people("project:x") == []
