"""Names of machines that assemble and split, of storage and belts, of people and vehicles."""

from __future__ import annotations

COMBINER_WORDS = (
    *("Combiner", "Packer", "Palletizer", "Kitting", "Assembler", "Case Packer", "Marriage"),
    *("Boxing", "Crating", "Joining Station", "Merge Cell", "Final Assembly", "Batch Station"),
    *("Bagger", "Crate Filler", "Box Station", "Bundler", "Kit Table", "Stacker Cell", "Loader"),
    *("Mating", "Tray Filler", "Pack Table", "Carton Packer", "Wedding Station", "Binder"),
)
SEPARATOR_WORDS = (
    *("Separator", "Splitter", "Depalletizer", "Unpacker", "Cutting", "Slitter", "Singulator"),
    *("Dicing", "Unboxing", "Decanter", "Debundler", "Disassembly", "Cross Cutter"),
    *("Shear", "Breaker", "Destacker", "Crate Emptier", "Log Saw", "Guillotine", "Portioner"),
    *("Bale Opener", "Sorter Gate", "Tray Emptier", "Depack Table", "Chopper"),
)
RACK_WORDS = (
    *("Rack", "Pallet Rack", "High Bay", "Shelving", "Storage Rack", "Flow Rack", "Warehouse"),
    *("Store", "Archive Shelf", "Cool Store", "Tool Crib", "Tire Rack", "Shelf Store", "Depot"),
)
CONVEYOR_WORDS = (
    *("Conveyor", "Belt", "Roller Line", "Infeed Conveyor", "Transfer Belt", "Chain Conveyor"),
    *(
        "Belt Conveyor",
        "Track",
        "Outfeed",
        "Roller Conveyor",
        "Feed Belt",
        "Slat Line",
        "Main Line",
    ),
    *("Overhead Line", "Spiral", "Chute", "Ramp Belt", "Skid Line", "Cooling Belt", "Bridge"),
)
DISPATCHER_WORDS = (
    *("Dispatcher", "Team", "Dispatch", "Crew", "Fleet", "Fleet Control", "Foreman", "Pool"),
    *("Crew Chief", "Control Room", "Planner", "Shift Crew", "Paint Crew", "Squad", "Logistics"),
)
VEHICLE_WORDS = (
    *("AGV", "Shuttle", "Cart", "Task Executer", "Tugger", "AMR", "Vehicle", "Trolley"),
    *("Carrier", "Train", "Milk Run", "Hauler", "Runner", "Wagon", "Buggy", "Mover"),
)
OPERATOR_WORDS = (
    *("Operator", "Worker", "Ann", "Bob", "Technician", "Setter", "Li Wei", "Fitter", "Maria"),
    *("Picker", "Inspector", "Tom", "Priya", "Helper", "Welder", "Shift Lead"),
    *("Painter", "Nurse", "Clerk", "Packer Joe", "Anna", "Kofi", "Lena", "Sam", "Trainee", "Cook"),
)
TRANSPORTER_WORDS = (
    *("Forklift", "Transporter", "Truck", "Lift Truck", "Stacker", "Reach Truck", "Pallet Truck"),
    *("Fork Truck", "Loader Truck", "Yard Truck", "Electric Lift"),
)
ROBOT_WORDS = (
    *("Robot", "Robot Arm", "Cobot", "Handling Robot", "Pick Robot", "Loader Arm", "Gantry"),
    *("Gripper", "Tending Robot", "Arm", "Six Axis", "Pick Arm"),
)
