// The drawn layout of the script in the editor, redrawn when a check finds it changed.

import { getStudio } from "../studio/state";
import { emptyStage, makeStage } from "../twin/stage";
import type { Layout } from "../shared/types";

export function mount(root: HTMLElement): void {
  const { store } = getStudio();
  let drawn = "";
  root.replaceChildren(emptyStage());
  const draw = (layout: Layout): void => {
    const key = JSON.stringify(layout);
    if (key === drawn) return;
    drawn = key;
    root.replaceChildren(makeStage(layout).node);
  };
  store.watch(["layout"], ({ layout }) => {
    if (layout && layout.objects.length > 0) draw(layout);
  });
}
