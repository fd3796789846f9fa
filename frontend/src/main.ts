import "./styles/index.css";

import { mountAll } from "./shared/islands";
import { startMenus } from "./shared/menus";
import { startHtmx } from "./shared/partials";
import { startTheme } from "./shared/theme";

startMenus();
startHtmx();
startTheme();
void mountAll({
  "auto-submit": () => import("./islands/auto-submit"),
  chat: () => import("./islands/chat"),
  code: () => import("./islands/code"),
  copy: () => import("./islands/copy"),
  "experiment-form": () => import("./islands/experiment-form"),
  "experiment-live": () => import("./islands/experiment-live"),
  figure: () => import("./islands/figure"),
  player: () => import("./islands/player"),
  presence: () => import("./islands/presence"),
  "run-live": () => import("./islands/run-live"),
  runs: () => import("./islands/runs"),
  "sketch-draw": () => import("./islands/sketch-draw"),
  "sketch-panel": () => import("./islands/sketch-panel"),
  "sketch-upload": () => import("./islands/sketch-upload"),
  studio: () => import("./islands/studio"),
  twin: () => import("./islands/twin"),
  versions: () => import("./islands/versions"),
});
