import { h, icon } from "../shared/dom";
import { t } from "../shared/i18n";
import { attempt, cancelJob } from "./actions";
import { getStudio, type LiveJob } from "./state";

const stages: Readonly<Record<string, () => string>> = {
  queued: () => t("Waiting for its turn"),
  sketch: () => t("Reading the sketch"),
  reading: () => t("Reading the sketch"),
  encoding: () => t("Understanding the description"),
  generating: () => t("Writing the script"),
  writing: () => t("Writing the script"),
  checking: () => t("Checking the script"),
};

export function stageLabel(live: LiveJob): string {
  const { stage, status } = live.job;
  if (status === "queued") return t("Waiting for its turn");
  if (status === "failed") return t("failed");
  if (live.text !== "" && !stage) return t("Writing the script");
  return stages[stage]?.() ?? (stage || t("Working"));
}

function failure(live: LiveJob): HTMLElement {
  const { error } = live.job;
  return h("p", { class: "notice notice-bad" }, icon("alert"), h("span", {}, error?.message ?? t("This did not work."), error?.hint ? ` ${error.hint}` : null));
}

/** The model's turn while it is being made; `update` redraws, `node` stays. */
export function streamItem(id: string): { node: HTMLElement; update: (live: LiveJob) => void } {
  const { may } = getStudio();
  const label = h("span", { "aria-live": "polite" });
  const cancel = h("button", { type: "button", class: "button button-small" }, icon("stop"), t("Cancel"));
  cancel.addEventListener("click", () => {
    cancel.disabled = true;
    void attempt(() => cancelJob(id)).then((done) => (cancel.disabled = done));
  });
  const bar = h("progress", { max: 1, value: 0, "aria-label": t("Progress") });
  const script = h("pre", { class: "script-preview script-live", tabindex: "0", "aria-label": t("Script being written") });
  const spinner = h("span", { class: "spinner", "aria-hidden": "true" });
  const face = h("span", { class: "avatar avatar-model", "aria-hidden": "true" }, icon("spark"));
  const head = h("div", { class: "message-head" }, face, h("strong", {}, t("Model")), spinner, label);
  const body = h("div", { class: "message-body" }, bar, script, may.edit ? cancel : null);
  const node = h("li", { class: "message message-answer message-live" }, head, body);
  const update = (live: LiveJob): void => {
    const said = stageLabel(live);
    if (label.textContent !== said) label.textContent = said;
    if (live.job.progress > 0) bar.value = live.job.progress;
    else bar.removeAttribute("value");
    script.hidden = live.text === "";
    if (script.textContent !== live.text) {
      script.textContent = live.text;
      script.scrollTop = script.scrollHeight;
    }
    spinner.hidden = live.job.status === "failed";
    if (live.job.status === "failed") body.replaceChildren(failure(live));
  };
  return { node, update };
}
