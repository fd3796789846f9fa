// The box to write in: a prompt for the model, or a note for the team.

import { debounce, h, icon } from "../shared/dom";
import { number, t } from "../shared/i18n";
import { attempt, sendMessage, sendTyping } from "./actions";
import { getStudio } from "./state";

type Kind = "prompt" | "note";

const TYPING_EVERY = 3000;

interface Parts {
  box: HTMLTextAreaElement;
  send: HTMLButtonElement;
  count: HTMLElement;
  form: HTMLFormElement;
  kind: () => Kind;
}

function kindChoice(): { node: HTMLElement; kind: () => Kind; onChange: (call: () => void) => void } {
  const { may } = getStudio();
  const select = h("select", { class: "input input-small", "aria-label": t("Kind of message") }, h("option", { value: "prompt" }, t("To the model")), h("option", { value: "note" }, t("Note to the team")));
  if (!may.edit) select.value = "note";
  const node = may.edit ? select : h("span", { class: "help" }, t("Note to the team"));
  return { node, kind: () => (may.edit ? (select.value as Kind) : "note"), onChange: (call) => select.addEventListener("change", call) };
}

function sketchNote(): HTMLElement {
  const { store } = getStudio();
  const note = h("span", { class: "help composer-sketch" });
  store.watch(["sketch"], ({ sketch }) => {
    note.replaceChildren(icon("image"), sketch ? (sketch.title ?? t("with the sketch")) : t("no sketch"));
  });
  return note;
}

function announceTyping(box: HTMLTextAreaElement): void {
  let last = 0;
  const stop = debounce(TYPING_EVERY, () => {
    last = 0;
    sendTyping(false);
  });
  box.addEventListener("input", () => {
    if (Date.now() - last > TYPING_EVERY) {
      last = Date.now();
      sendTyping(true);
    }
    stop();
  });
}

function updateSend({ box, send, count }: Parts): void {
  const { data } = getStudio();
  const length = [...box.value].length;
  const left = data.limits.prompt_chars - length;
  send.disabled = box.value.trim() === "" || left < 0;
  count.textContent = left < 500 ? t("{n} characters left", { n: number(left) }) : "";
}

async function submit(parts: Parts): Promise<void> {
  const text = parts.box.value.trim();
  if (!text || parts.send.disabled) return;
  parts.send.disabled = true;
  parts.box.readOnly = true;
  const sent = await attempt(() => sendMessage(text, parts.kind()));
  parts.box.readOnly = false;
  if (sent) parts.box.value = "";
  sendTyping(false);
  updateSend(parts);
  parts.box.focus();
}

function wire(parts: Parts): void {
  parts.box.addEventListener("input", () => updateSend(parts));
  parts.box.addEventListener("keydown", (event) => {
    // Enter also confirms a candidate of an input method; that one must not send.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void submit(parts);
  });
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(parts);
  });
  announceTyping(parts.box);
  updateSend(parts);
}

export function makeComposer(): { node: HTMLElement; fill: (text: string) => void } {
  const { store } = getStudio();
  const choice = kindChoice();
  const label = h("label", { class: "visually-hidden", for: "composer" }, t("Message"));
  const box = h("textarea", { id: "composer", rows: 2, enterkeyhint: "send", "aria-describedby": "composer-keys" });
  const send = h("button", { type: "submit", class: "button button-primary button-icon", "aria-label": t("Send") }, icon("send"));
  const count = h("span", { class: "help", "aria-live": "polite" });
  const keys = h("span", { id: "composer-keys", class: "visually-hidden" }, t("Enter sends, Shift and Enter makes a new line."));
  const bar = h("div", { class: "composer-bar" }, choice.node, sketchNote(), count, send);
  const form = h("form", { class: "composer" }, label, box, keys, bar);
  const parts: Parts = { box, send, count, form, kind: choice.kind };
  const hint = (): void => {
    const first = store.get().versions.length === 0;
    box.placeholder = choice.kind() === "note" ? t("Write a note…") : first ? t("Describe the factory: machines, times, flow…") : t("Say what to change, for example: add a second mill in parallel");
  };
  choice.onChange(hint);
  store.watch(["versions"], hint);
  wire(parts);
  const fill = (text: string): void => {
    box.value = text;
    updateSend(parts);
    box.focus();
  };
  return { node: form, fill };
}
