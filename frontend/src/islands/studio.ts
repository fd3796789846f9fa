// The studio's frame: panels, tabs, the phone's tab bar, and the project's events.

import { icon, h } from "../shared/dom";
import { t } from "../shared/i18n";
import { pageSocket } from "../shared/socket";
import { makeTabs } from "../shared/tabs";
import { watchConnection } from "../shared/offline";
import { makeSplitters } from "../studio/splitters";
import { reduce } from "../studio/events";
import { getStudio } from "../studio/state";

function followProject(): void {
  const { data, store } = getStudio();
  const context = { draft: data.draft.id, conversation: data.conversation.id, user: data.user.id };
  const socket = pageSocket();
  socket.on("*", (event) => {
    if (event.topic === data.topic) store.set(reduce(store.get(), event, context));
  });
  socket.subscribe(data.topic, data.seq, {
    // The log no longer reaches back to what this page knows: the server's page does.
    onReset: () => location.reload(),
    onSubscribed: (reply) => {
      if (reply.present) store.set({ present: reply.present });
    },
  });
}

/** On a phone one panel shows at a time; the bar at the bottom chooses it. */
function phoneBar(root: HTMLElement): void {
  const buttons = [...root.querySelectorAll<HTMLButtonElement>("[data-panel-button]")];
  const choose = (name: string): void => {
    root.dataset["panel"] = name;
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset["panelButton"] === name));
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => choose(button.dataset["panelButton"] ?? "chat"));
  }
  choose(root.dataset["panel"] ?? "chat");
}

function guardUnsaved(): void {
  const { store } = getStudio();
  window.addEventListener("beforeunload", (event) => {
    if (store.get().dirty) event.preventDefault();
  });
}

function countBadges(root: HTMLElement): void {
  const { store } = getStudio();
  const put = (name: string, n: number): void => {
    for (const badge of root.querySelectorAll(`[data-count="${name}"]`)) badge.textContent = String(n);
  };
  store.watch(["versions", "runs"], ({ versions, runs }) => {
    put("versions", versions.length);
    put("runs", runs.length);
    for (const link of root.querySelectorAll<HTMLElement>("[data-needs-version]")) {
      link.hidden = versions.length === 0;
    }
  });
  store.watch(["dirty"], ({ dirty }) => {
    for (const dot of root.querySelectorAll<HTMLElement>("[data-unsaved]")) dot.hidden = !dirty;
  });
}

function readOnlyNote(): void {
  const { may } = getStudio();
  const place = document.querySelector("[data-role-note]");
  if (may.edit || !place) return;
  place.replaceChildren(
    h("span", { class: "badge" }, icon("eye"), may.comment ? t("Comment only") : t("View only")),
  );
}

export function mount(root: HTMLElement): void {
  makeTabs(root);
  makeSplitters(root);
  phoneBar(root);
  countBadges(root);
  readOnlyNote();
  guardUnsaved();
  watchConnection(pageSocket());
  followProject();
}
