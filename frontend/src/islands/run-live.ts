// A run that is still going: its progress, and the results as soon as they are there.

import { h, icon } from "../shared/dom";
import { t } from "../shared/i18n";
import { watchConnection } from "../shared/offline";
import { pageSocket } from "../shared/socket";
import { toastError } from "../shared/toast";
import type { Run } from "../shared/types";
import { runData } from "../run/data";

function going(run: Run): boolean {
  return run.status === "queued" || run.status === "running";
}

export function mount(root: HTMLElement): void {
  const { run, topic, seq } = runData();
  if (!going(run)) return;
  const label = h("p", { role: "status" });
  const bar = h("progress", { max: 1, "aria-label": t("Progress of the run") });
  const cancel = h("button", { type: "button", class: "button" }, icon("stop"), t("Cancel"));
  cancel.hidden = !root.hasAttribute("data-may-cancel");
  cancel.addEventListener("click", () => {
    cancel.disabled = true;
    pageSocket().send("runs.cancel", { run: run.id }).catch(toastError);
  });
  root.replaceChildren(label, bar, cancel);
  const show = (now: Run): void => {
    label.textContent = now.status === "queued" ? t("Waiting for a free worker…") : t("Running the simulation…");
    if (now.status === "running") bar.value = now.progress;
  };
  show(run);
  const socket = pageSocket();
  watchConnection(socket);
  const onRun = (event: { payload: { run: Run } }): void => {
    if (event.payload.run.id !== run.id) return;
    if (going(event.payload.run)) show(event.payload.run);
    else location.reload();
  };
  for (const name of ["run.progress", "run.finished", "run.failed"]) socket.on<{ run: Run }>(name, onRun);
  socket.subscribe(topic, seq, { onReset: () => location.reload() });
}
