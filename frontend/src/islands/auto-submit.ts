// A form of choices that is sent when one of them changes; its button is for pages without scripts.

export function mount(root: HTMLElement): void {
  if (!(root instanceof HTMLFormElement)) return;
  root.addEventListener("change", () => root.requestSubmit());
}
