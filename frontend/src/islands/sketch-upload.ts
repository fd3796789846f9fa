import { makeUploader } from "../draw/uploader";

/** A page's own upload area; afterwards the page of the new sketch opens. */
export function mount(root: HTMLElement): void {
  const url = root.dataset["url"] ?? "";
  const next = root.dataset["next"] ?? "";
  root.replaceChildren(
    makeUploader({
      url,
      compact: false,
      onDone: (sketch) => location.assign(next.replace("SKETCH", sketch.id) || location.href),
    }),
  );
}
