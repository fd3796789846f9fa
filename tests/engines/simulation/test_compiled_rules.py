"""Rules of dispatchers and robots' arms in the compiled kernel: the reference's trace."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.engines.simulation import SimulationError

from .agreement import agree, run
from .plant import Plant, law, value_of
from .test_compiled_transport import fleet, line, transported, truck

JOINTS = [[f"J{n}", 20 + 15 * n] for n in range(6)]
SEEDS = settings(max_examples=30, deadline=None, derandomize=True,
                 suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
ROUND = "current.turn = current.turn % 3 + 1; return current.turn;"
PASS_TO = [0, 1, law("duniform", 0, 2), ROUND]
STRATEGY = ["taskSequence.priority", 5, law("duniform", 1, 4), "return current.turn;"]


@pytest.mark.parametrize("pass_to", PASS_TO)
@pytest.mark.parametrize("strategy", STRATEGY)
def test_task_sequences_are_passed_on_and_queued_by_rules(pass_to, strategy):
    plant = Plant()
    objects = line(plant, UseProcessOperators=1)
    team = fleet(plant, 3, class_name="Operator", Capacity=2)
    team.labels["turn"] = 0
    team.properties |= {"PassTo": value_of(pass_to), "QueueStrategy": value_of(strategy)}
    plant.centre(objects[4], team)
    transported(plant, team, *objects[1:4])

    agree(plant, 900)


@SEEDS
@given(st.integers(0, 2**32))
def test_random_teams_of_teams_agree(seed):
    rng, plant = Random(seed), Plant()
    objects = line(plant, mean=rng.choice([6, 12]), UseProcessOperators=rng.randint(0, 1))
    teams = [plant.add("Dispatcher", f"Team{n}") for n in range(3)]
    executers = [
        truck(plant, f"T{n}", (2.0 * n, 1.0), Capacity=rng.choice([1, 2])) for n in range(4)
    ]
    plant.link(teams[0], teams[1])
    for executer in executers:
        for team in rng.sample(teams, rng.randint(1, 2)):
            plant.link(team, executer)
    for team in teams:
        team.labels["turn"] = 0
        members = len(team.out_ports)
        rules = [0, 1, law("duniform", 0, max(1, members))] if members else [0]
        team.properties["PassTo"] = value_of(rng.choice(rules))
        team.properties["QueueStrategy"] = value_of(rng.choice(STRATEGY))
    plant.link(teams[2], executers[0])
    plant.centre(objects[4], teams[0])
    for station in objects[:5]:
        transported(plant, rng.choice(teams[::2]), station)

    agree(plant, 1, seed=seed)


def test_a_port_that_is_not_there_is_told_by_the_reference():
    plant = Plant()
    objects = line(plant)
    team = fleet(plant, 2)
    team.properties["PassTo"] = value_of(3)
    transported(plant, team, *objects[1:4])

    assert any("PassTo gave port 3" in text for text in run(plant, "compiled").warnings)


def test_code_that_looks_at_task_sequences_is_left_to_the_reference():
    plant = Plant()
    objects = line(plant)
    team = fleet(plant, 2)
    team.properties["PassTo"] = value_of("return taskSequence.priority > 3 ? 1 : 2;")
    transported(plant, team, *objects[1:4])

    with pytest.raises(SimulationError, match="Fleet: PassTo"):
        run(plant, "compiled")


@pytest.mark.parametrize("mode", [1, 3])
@pytest.mark.parametrize("fails", [0, 1])
def test_a_robot_whose_arm_turns(mode, fails):
    plant = Plant()
    objects = line(plant)
    for number, obj in enumerate(objects):
        obj.location = (*obj.location[:2], 0.4 * (number % 3))
    more = {"MotionMode": mode, "LoadTime": 0.5, "JointSpeeds": JOINTS, "Capacity": 1 + fails}
    arm = truck(plant, "Arm", (9.0, 1.0), "Robot", **more)
    if fails:
        arm.properties["MTBFMTTRs"] = value_of([(40, "exponential(0, 90)", "uniform(5, 25)")])
    transported(plant, arm, *objects[1:5])

    agree(plant, 500)


@SEEDS
@given(st.integers(0, 2**32))
def test_random_arms_agree(seed):
    rng, plant = Random(seed), Plant()
    objects = line(plant)
    for obj in objects:
        obj.location = tuple(rng.uniform(-5, 5) for _ in range(3))
    for number, stations in enumerate([objects[1:3], objects[3:5]]):
        speeds = {"ZRotationSpeed": rng.uniform(5, 90), "YRotationSpeed": rng.uniform(5, 90)}
        arm = truck(plant, f"Arm{number}", (rng.uniform(-2, 2), 0.0), "Robot",
                    MotionMode=rng.choice([1, 3]), JointSpeeds=JOINTS, **speeds)  # fmt: skip
        arm.rotation = (0.0, 0.0, rng.choice([0.0, 90.0, 217.0]))
        transported(plant, arm, *stations)

    agree(plant, 1, seed=seed)
