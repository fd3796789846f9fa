"""Combiner and Separator, by hand."""

import pytest

from apps.engines.simulation.states import State

from .plant import Plant, exits, journeys, spells

PACK, JOIN, BATCH = 1, 2, 3


def assembly(mode, pallets=(0,), parts=(1, 2, 3, 4), wanted=2, **properties):
    plant = Plant()
    carriers, boxes = plant.arrivals(*pallets, name="Pallets"), plant.arrivals(*parts, name="Parts")
    combiner = plant.add("Combiner", ProcessTime=5, CombineMode=mode,
                         ComponentsList=[wanted], **properties)  # fmt: skip
    plant.link(carriers, combiner)
    plant.link(boxes, combiner)
    return plant, combiner


def test_pack_waits_for_the_components_and_sends_one_container():
    plant, combiner = assembly(PACK)
    plant.link(combiner, plant.add("Sink"))

    result = plant.run(20)

    assert exits(result, "Combiner") == [7, 7, 7]  # two components inside, and the container
    assert result.object("Combiner")["output"].mean == 1
    assert result.object("Sink")["input"].mean == 1
    assert spells(result, "Combiner") == [
        (State.COLLECTING, 0, 2),
        (State.PROCESSING, 2, 7),
        (State.IDLE, 7, 20),
    ]
    # Items 3 and 4 of the parts wait in their source; the container took 3 items along.
    assert result.trace.wip[-1][1] == 2


def test_components_wait_until_a_container_is_there():
    plant, combiner = assembly(PACK, pallets=(6,))
    plant.link(combiner, plant.add("Sink"))

    assert exits(plant.run(20), "Parts") == [6, 6]


def test_join_destroys_the_components():
    plant, combiner = assembly(JOIN)
    plant.link(combiner, plant.add("Sink"))

    result = plant.run(20)

    assert result.object("Sink")["input"].mean == 1
    assert result.trace.wip[-1][1] == 2


def test_batch_sends_all_on():
    plant, combiner = assembly(BATCH)
    plant.link(combiner, plant.add("Sink"))

    result = plant.run(20)

    assert result.object("Sink")["input"].mean == 3
    assert result.object("Combiner")["output"].mean == 3


def test_the_next_container_enters_when_the_last_item_of_a_batch_has_left():
    plant, combiner = assembly(BATCH, pallets=(0, 0))
    slow = plant.add("Processor", "Slow", ProcessTime=4)
    plant.link(combiner, slow, plant.add("Sink"))

    result = plant.run(40)

    # The batch is ready at 7 and leaves one by one at 7, 11 and 15.
    assert exits(result, "Combiner")[:3] == [7, 11, 15]
    assert exits(result, "Pallets") == [0, 15]


def test_with_one_input_the_container_goes_straight_to_the_process():
    plant = Plant()
    combiner = plant.add("Combiner", ProcessTime=3)
    plant.link(plant.arrivals(1), combiner, plant.add("Sink"))

    assert exits(plant.run(10), "Combiner") == [4]


def test_one_component_of_each_port_is_wanted_unless_listed():
    plant = Plant()
    combiner = plant.add("Combiner", ProcessTime=1)
    plant.link(plant.arrivals(0, name="A"), combiner, plant.add("Sink"))
    plant.link(plant.arrivals(2, 2, name="B"), combiner)
    plant.link(plant.arrivals(3, 3, name="C"), combiner)

    result = plant.run(10)

    assert exits(result, "B") == [2]
    assert exits(result, "C") == [3]
    assert result.object("Sink")["input"].mean == 1


def test_a_container_may_carry_nothing():
    plant, combiner = assembly(PACK, wanted=0)
    plant.link(combiner, plant.add("Sink"))

    assert exits(plant.run(10), "Combiner") == [5]


def test_split_sends_the_item_and_its_copies():
    plant = Plant()
    separator = plant.add("Separator", SeparateMode=0, SeparateQty=3, ProcessTime=2)
    plant.link(plant.arrivals(0), separator, plant.add("Sink"))

    result = plant.run(10)

    assert result.object("Sink")["input"].mean == 3
    assert result.object("Separator")["output"].mean == 3
    assert result.trace.wip[-1][1] == 0


def test_the_next_item_enters_a_separator_when_all_have_left():
    plant = Plant()
    separator = plant.add("Separator", SeparateMode=0, SeparateQty=2, ProcessTime=1)
    slow = plant.add("Processor", "Slow", ProcessTime=5)
    plant.link(plant.arrivals(0, 0), separator, slow, plant.add("Sink"))

    result = plant.run(30)

    assert exits(result, "Source") == [0, 6]
    assert [state for state, _, _ in spells(result, "Separator")][:2] == [
        State.PROCESSING,
        State.BLOCKED,
    ]


def unpacking(**properties):
    plant, combiner = assembly(PACK)
    separator = plant.add("Separator", ProcessTime=2, **properties)
    plant.link(combiner, separator)
    return plant, separator


def test_unpack_sends_the_container_to_port_one_and_the_contents_to_port_two():
    plant, separator = unpacking()
    plant.link(separator, plant.add("Sink", "Carriers"))
    plant.link(separator, plant.add("Sink", "Goods"))

    result = plant.run(20)

    assert [item for item, _, _ in journeys(result, "Carriers")] == [1]
    # Packed in the order 2, 3; unpacked last first.
    assert [item for item, _, _ in journeys(result, "Goods")] == [3, 2]
    assert exits(result, "Goods") == [9, 9]


def test_unpack_of_a_quantity_leaves_the_rest_inside():
    plant, separator = unpacking(SeparateQty=1)
    plant.link(separator, plant.add("Sink", "Carriers"))
    plant.link(separator, plant.add("Sink", "Goods"))

    result = plant.run(20)

    assert result.object("Goods")["input"].mean == 1
    assert result.kpis["items_out"].mean == 2


def test_with_one_output_all_goes_there():
    plant, separator = unpacking()
    plant.link(separator, plant.add("Sink"))

    assert plant.run(20).object("Sink")["input"].mean == 3


def test_a_multi_processor_goes_through_its_processes():
    plant = Plant()
    machine = plant.add(
        "MultiProcessor", "Machine", Processes=[["Wash", 3], ["Dry", "uniform(4, 4)"]]
    )
    plant.link(plant.arrivals(0, 0), machine, plant.add("Sink"))

    assert exits(plant.run(30), "Machine") == [7, 14]


@pytest.mark.parametrize("mode", [PACK, JOIN, BATCH])
def test_nothing_is_lost_or_made_up(mode):
    plant, combiner = assembly(mode, pallets=range(10), parts=range(20))
    plant.link(combiner, plant.add("Sink"))

    result = plant.run(500)

    assert result.trace.wip[-1][1] == 0
    assert result.kpis["items_out"].mean == (30 if mode == BATCH else 10)


def test_a_split_without_quantity_and_components_without_ports_are_told():
    plant = Plant()
    combiner = plant.add("Combiner", ComponentsList=[2, 1])
    separator = plant.add("Separator", SeparateMode=0)
    plant.link(plant.arrivals(0, name="Boxes"), combiner, separator, plant.add("Sink"))
    plant.link(plant.arrivals(0, 0, name="Lids"), combiner)

    told = plant.run(50).warnings

    assert "Separator splits, but SeparateQty does not say into how many" in told
    assert any("ComponentsList has 2 rows, but components come by 1 " in text for text in told)
