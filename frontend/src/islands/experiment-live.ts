// An experiment that is still going: its progress, and the results as soon as they are there.

import { h, pageData } from "../shared/dom";
import { number, t } from "../shared/i18n";
import { watchConnection } from "../shared/offline";
import { pageSocket } from "../shared/socket";
import type { Experiment } from "../shared/types";

interface PageData {
  experiment: Experiment;
  topic: string;
  seq: number;
}

function going({ status }: Experiment): boolean {
  return status === "queued" || status === "running";
}

function describe({ status, progress, scenarios, replications }: Experiment): string {
  if (status === "queued") return t("Waiting for a free worker…");
  const runs = scenarios * replications;
  return t("{done} of {runs} runs are done.", { done: number(Math.floor(progress * runs)), runs: number(runs) });
}

export function mount(root: HTMLElement): void {
  const data = pageData<PageData>("experiment-data");
  if (!data || !going(data.experiment)) return;
  const label = h("p", { role: "status" });
  const bar = h("progress", { max: 1, "aria-label": t("Progress of the experiment") });
  root.replaceChildren(label, bar);
  const show = (now: Experiment): void => {
    label.textContent = describe(now);
    if (now.status === "running") bar.value = now.progress;
  };
  show(data.experiment);
  const socket = pageSocket();
  watchConnection(socket);
  const onEvent = (event: { payload: { experiment: Experiment } }): void => {
    const { experiment } = event.payload;
    if (experiment.id !== data.experiment.id) return;
    if (going(experiment)) show(experiment);
    else location.reload();
  };
  for (const name of ["experiment.progress", "experiment.finished", "experiment.failed"]) {
    socket.on<{ experiment: Experiment }>(name, onEvent);
  }
  socket.subscribe(data.topic, data.seq, { onReset: () => location.reload() });
}
