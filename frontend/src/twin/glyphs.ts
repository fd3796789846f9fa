// Our own small drawings of the object classes, in a box of 24 × 24 around the origin.

import { s } from "../shared/dom";

const TRUCK =
  "M-10 4V-5H3v9M3-2h4l3 3v3M-7 6a2 2 0 1 0 4 0a2 2 0 1 0-4 0M3 6a2 2 0 1 0 4 0a2 2 0 1 0-4 0";
const BELT = "M-11-2a4 4 0 0 0 0 8H11a4 4 0 0 0 0-8zM-6 2v.1M0 2v.1M6 2v.1M-3-8h6v5h-6z";

const PATHS: Readonly<Record<string, string>> = {
  // A dot that sends out.
  Source: "M-9 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0M4 0h7M8-3.5 11.5 0 8 3.5",
  // Items standing in line.
  Queue: "M-10-5h5.5v10h-5.5zM-2.75-5h5.5v10h-5.5zM4.5-5H10V5H4.5z",
  // A machine: body, window, foot.
  Processor: "M-9-8H9V6H-9zM-5-4.5H2v6h-7zM5.5-4v.1M5.5-.5v.1M-5 6v3M5 6v3",
  // A mouth that takes in.
  Sink: "M-11.5 0h8M-7-3.5-3.5 0-7 3.5M0-8a8.5 8.5 0 1 1 0 16",
  Combiner: "M-10-7h5L1 0h9M-10 7h5L1 0M6.5-3.5 10 0 6.5 3.5",
  Separator: "M10-7H5L-1 0h-9M10 7H5L-1 0M7-10l3 3-3 3M7 4l3 3-3 3",
  MultiProcessor: "M-9-8H9V6H-9zM-3-8V6M3-8V6M-5 6v3M5 6v3",
  Operator: "M-3-7a3 3 0 1 0 6 0a3 3 0 1 0-6 0M-6 9c0-7 2-9 6-9s6 2 6 9",
  Dispatcher: "M-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0M0-4v4l3 3",
  TaskExecuter: TRUCK,
  Transporter: TRUCK,
  StraightConveyor: BELT,
  CurvedConveyor: BELT,
  Rack: "M-9-9V9M9-9V9M-9-4H9M-9 3H9M-9 9H9",
  Robot: "M-8 9H4M-2 9V3L-7-4 2-8 8-3M8-3l-2 3M8-3l3 2",
  FloorStorage: "M-10-9H10V9H-10zM-10-3H10M-10 3H10M-3.5-9V9M3.5-9V9",
  // A bridge on two legs with a hook.
  Crane: "M-10 9V-7H10V9M0-7V1M-2.5 1h5v4h-5z",
  // A cabin between two rails.
  Elevator: "M-8-10V10M8-10V10M-5-4H5V4H-5zM-2-7 0-9 2-7",
  // A mast beside shelves.
  ASRSvehicle: "M-9-9V9M-9-4h6M-9 2h6M3-10V7M0 1h6v4H0zM0 9h6",
  NetworkNode: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0M-11 0h7M4 0h7M0-11v7M0 4v7",
  ControlPoint: "M0-9 9 0 0 9-9 0zM-3 0h6M1-2l2 2-2 2",
};

const OTHER = "M-9-9H9V9H-9zM-9-9 9 9M9-9-9 9";

export function glyph(className: string): SVGPathElement {
  return s("path", { class: "glyph", d: PATHS[className] ?? OTHER });
}

export function knownClasses(): string[] {
  return Object.keys(PATHS);
}
