// The conversation: messages, the script as it is being written, and the box to write in.

import { h } from "../shared/dom";
import { t } from "../shared/i18n";
import { makeComposer } from "../studio/composer";
import { messageItem } from "../studio/message";
import { streamItem } from "../studio/stream";
import { getStudio, type LiveJob, type StudioState } from "../studio/state";
import type { Message } from "../shared/types";

const NEAR_BOTTOM = 80;

function byTime(a: Message, b: Message): number {
  return a.created_at.localeCompare(b.created_at);
}

/** Keep the newest in sight only for those who were already looking at it. */
function sticky(list: HTMLElement, change: () => void): void {
  const near = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_BOTTOM;
  change();
  if (near) list.scrollTop = list.scrollHeight;
}

/** Jobs but for those whose failure the conversation already tells. */
function unanswered({ jobs, messages }: StudioState): Record<string, LiveJob> {
  const told = new Set(messages.filter((message) => message.kind === "error" || message.kind === "answer").map((message) => message.job));
  return Object.fromEntries(Object.entries(jobs).filter(([id]) => !told.has(id)));
}

class Conversation {
  private readonly items = new Map<string, { message: Message; node: HTMLElement; key: string }>();
  private readonly streams = new Map<string, ReturnType<typeof streamItem>>();

  constructor(
    private readonly log: HTMLElement,
    private readonly list: HTMLElement,
    private readonly empty: HTMLElement,
  ) {}

  render(state: StudioState): void {
    sticky(this.log, () => {
      this.messages(state);
      this.live(unanswered(state));
    });
    this.empty.hidden = state.messages.length > 0 || Object.keys(state.jobs).length > 0;
  }

  private messages(state: StudioState): void {
    for (const message of [...state.messages].sort(byTime)) {
      const version = state.versions.find((known) => known.id === message.version);
      const key = [message.text, version?.id, state.shown?.id === message.version].join("|");
      const known = this.items.get(message.id);
      if (known?.key === key) continue;
      const node = messageItem(message, version ?? null);
      if (known) known.node.replaceWith(node);
      else this.list.append(node);
      this.items.set(message.id, { message, node, key });
    }
  }

  private live(jobs: Record<string, LiveJob>): void {
    for (const [id, stream] of this.streams) {
      if (jobs[id]) continue;
      stream.node.remove();
      this.streams.delete(id);
    }
    for (const [id, live] of Object.entries(jobs)) {
      const stream = this.streams.get(id) ?? streamItem(id);
      this.streams.set(id, stream);
      // Moving a node would throw its scroll position away.
      if (stream.node.parentElement !== this.list || stream.node.nextElementSibling?.matches("[data-message]")) {
        this.list.append(stream.node);
      }
      stream.update(live);
    }
  }
}

function typingLine(root: HTMLElement): void {
  const line = h("p", { class: "typing", "aria-live": "polite" });
  root.append(line);
  const { store } = getStudio();
  let timer: ReturnType<typeof setTimeout> | undefined;
  store.watch(["typing"], ({ typing }) => {
    clearTimeout(timer);
    const now = Date.now();
    const names = Object.values(typing).filter((entry) => entry.until > now).map((entry) => entry.name);
    line.textContent =
      names.length === 0 ? "" : names.length === 1 ? t("{name} is typing…", { name: names[0] ?? "" }) : t("Several people are typing…");
    if (names.length > 0) timer = setTimeout(() => store.set({ typing: {} }), 6000);
  });
}

function emptyState(examples: readonly string[], use: (text: string) => void): HTMLElement {
  const chips = examples.map((text) => {
    const chip = h("button", { type: "button", class: "example" }, text);
    chip.addEventListener("click", () => use(text));
    return h("li", {}, chip);
  });
  return h(
    "div",
    { class: "chat-empty" },
    h("h3", {}, t("Describe the factory")),
    h("p", {}, t("Name the machines, their times and how work flows. The sketch can give the connections.")),
    chips.length > 0 ? h("ul", { class: "examples", "aria-label": t("Examples") }, ...chips) : null,
  );
}

export function mount(root: HTMLElement): void {
  const { data, store, may } = getStudio();
  const list = h("ol", { class: "message-list" });
  const log = h("div", { class: "messages", role: "log", "aria-label": t("Conversation"), tabindex: "0" }, list);
  const composer = may.comment ? makeComposer() : null;
  const empty = emptyState(may.edit ? data.examples : [], (text) => composer?.fill(text));
  log.prepend(empty);
  const footer = h("div", { class: "chat-foot" });
  typingLine(footer);
  if (composer) footer.append(composer.node);
  else footer.append(h("p", { class: "help chat-readonly" }, t("You may read this conversation. Ask an owner for the right to write.")));
  root.replaceChildren(log, footer);
  const conversation = new Conversation(log, list, empty);
  store.watch(["messages", "versions", "shown", "jobs"], (state) => conversation.render(state));
  log.scrollTop = log.scrollHeight;
}
