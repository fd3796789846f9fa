// Column borders that a mouse or the arrow keys move; widths are kept on this device.

const STEP = 24;

interface Limits {
  least: number;
  most: number;
}

function limits(handle: HTMLElement): Limits {
  return { least: Number(handle.dataset["min"] ?? 240), most: Number(handle.dataset["max"] ?? 900) };
}

export function clamp(value: number, { least, most }: Limits): number {
  return Math.round(Math.min(most, Math.max(least, value)));
}

function setWidth(root: HTMLElement, handle: HTMLElement, width: number): void {
  const value = clamp(width, limits(handle));
  root.style.setProperty(`--${handle.dataset["split"] ?? ""}-width`, `${value}px`);
  handle.setAttribute("aria-valuenow", String(value));
  try {
    localStorage.setItem(`split-${handle.dataset["split"] ?? ""}`, String(value));
  } catch {
    // Storage may be forbidden; the width then lasts as long as the page.
  }
}

function stored(name: string): number | null {
  try {
    return Number(localStorage.getItem(`split-${name}`)) || null;
  } catch {
    return null;
  }
}

function drag(root: HTMLElement, handle: HTMLElement, panel: HTMLElement, sign: number): void {
  handle.addEventListener("pointerdown", (start) => {
    const width = panel.getBoundingClientRect().width;
    handle.setPointerCapture(start.pointerId);
    const move = (event: PointerEvent): void => setWidth(root, handle, width + sign * (event.clientX - start.clientX));
    handle.addEventListener("pointermove", move);
    const stop = (): void => handle.removeEventListener("pointermove", move);
    handle.addEventListener("pointerup", stop, { once: true });
    handle.addEventListener("pointercancel", stop, { once: true });
  });
  handle.addEventListener("keydown", (event) => {
    const direction = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!direction) return;
    event.preventDefault();
    setWidth(root, handle, panel.getBoundingClientRect().width + sign * direction * STEP);
  });
}

export function makeSplitters(root: HTMLElement): void {
  for (const handle of root.querySelectorAll<HTMLElement>("[data-split]")) {
    const panel = document.getElementById(handle.getAttribute("aria-controls") ?? "");
    if (!panel) continue;
    drag(root, handle, panel, handle.dataset["side"] === "end" ? -1 : 1);
    const width = stored(handle.dataset["split"] ?? "");
    if (width) setWidth(root, handle, width);
  }
}
