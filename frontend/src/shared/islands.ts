// An island is an element with data-island="name"; its module's mount() brings it to life.
// What the server rendered inside it stays in place until then, and for good without JavaScript.

import { t } from "./i18n";
import { toast } from "./toast";

export interface IslandModule {
  mount(root: HTMLElement): void | Promise<void>;
}

type Loader = () => Promise<IslandModule>;

async function mountOne(root: HTMLElement, load: Loader): Promise<void> {
  root.dataset["state"] = "loading";
  try {
    await (await load()).mount(root);
    root.dataset["state"] = "ready";
  } catch (error) {
    root.dataset["state"] = "failed";
    toast(t("A part of this page could not start. Reload the page to try again."), "bad");
    reportError(error);
  }
}

export function mountAll(loaders: Record<string, Loader>, scope: ParentNode = document): Promise<unknown> {
  const mounts: Promise<void>[] = [];
  for (const root of scope.querySelectorAll<HTMLElement>("[data-island]:not([data-state])")) {
    const load = loaders[root.dataset["island"] ?? ""];
    if (load) mounts.push(mountOne(root, load));
  }
  return Promise.all(mounts);
}
