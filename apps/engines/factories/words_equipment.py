"""Names of machines that assemble and split, of storage and belts, of people and vehicles."""

from __future__ import annotations

COMBINER_WORDS = (
    *("Combiner", "Packer", "Palletizer", "Kitting", "Assembler", "Case Packer", "Marriage"),
    *("Boxing", "Crating", "Joining Station", "Merge Cell", "Final Assembly", "Batch Station"),
)
SEPARATOR_WORDS = (
    *("Separator", "Splitter", "Depalletizer", "Unpacker", "Cutting", "Slitter", "Singulator"),
    *("Dicing", "Unboxing", "Decanter", "Debundler", "Disassembly", "Cross Cutter"),
)
RACK_WORDS = (
    *("Rack", "Pallet Rack", "High Bay", "Shelving", "Storage Rack", "Flow Rack", "Warehouse"),
)
CONVEYOR_WORDS = (
    *("Conveyor", "Belt", "Roller Line", "Infeed Conveyor", "Transfer Belt", "Chain Conveyor"),
    *("Belt Conveyor", "Track", "Outfeed", "Roller Conveyor"),
)
DISPATCHER_WORDS = (
    *("Dispatcher", "Team", "Dispatch", "Crew", "Fleet", "Fleet Control", "Foreman", "Pool"),
)
VEHICLE_WORDS = ("AGV", "Shuttle", "Cart", "Task Executer", "Tugger", "AMR", "Vehicle", "Trolley")
OPERATOR_WORDS = (
    *("Operator", "Worker", "Ann", "Bob", "Technician", "Setter", "Li Wei", "Fitter", "Maria"),
    *("Picker", "Inspector", "Tom", "Priya", "Helper", "Welder", "Shift Lead"),
)
TRANSPORTER_WORDS = ("Forklift", "Transporter", "Truck", "Lift Truck", "Stacker", "Reach Truck")
ROBOT_WORDS = ("Robot", "Robot Arm", "Cobot", "Handling Robot", "Pick Robot", "Loader Arm")
