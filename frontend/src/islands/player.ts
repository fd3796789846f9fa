// The drawn layout along the recorded run: play, pause, speed, and a scrubber for keys and mouse.

import { get } from "../shared/api";
import { h, icon, reducedMotion, s } from "../shared/dom";
import { clock } from "../shared/format";
import { number, t } from "../shared/i18n";
import { stateClass, stateLabel } from "../shared/states";
import { PlayClock, SPEEDS } from "../run/clock";
import { runData } from "../run/data";
import { Recording, type TraceJson } from "../run/trace";
import type { LayoutDrawing } from "../twin/drawing";
import type { Box } from "../twin/geometry";
import { makeStage } from "../twin/stage";

const FLIGHT = 0.6;
const MOST_FLYING = 24;

interface Controls {
  node: HTMLElement;
  play: HTMLButtonElement;
  range: HTMLInputElement;
  time: HTMLElement;
}

function legend(recording: Recording): HTMLElement {
  const used = new Set(recording.names.flatMap((name) => recording.statesOf(name)));
  const items = [...used].sort((a, b) => a - b).map((state) => h("li", {}, h("span", { class: `swatch state-${stateClass(state)}`, "aria-hidden": "true" }), stateLabel(state)));
  return h("ul", { class: "legend", "aria-label": t("Colours of the states") }, ...items);
}

function stepButton(name: string, label: string, deed: () => void): HTMLButtonElement {
  const button = h("button", { type: "button", class: "button button-icon", "aria-label": label, title: label }, icon(name));
  button.addEventListener("click", deed);
  return button;
}

class Player {
  private readonly clock: PlayClock;
  private readonly boxes: Map<string, Box>;
  private readonly controls: Controls;
  private last = 0;
  private flying: { dot: SVGElement; from: Box; to: Box; age: number }[] = [];

  constructor(private readonly drawing: LayoutDrawing, private readonly recording: Recording) {
    this.clock = new PlayClock(recording.until);
    this.boxes = new Map(drawing.drawing.boxes.map((box) => [box.name, box]));
    this.controls = this.makeControls();
    this.paint();
  }

  get node(): HTMLElement {
    return this.controls.node;
  }

  private makeControls(): Controls {
    const play = stepButton("play", t("Play"), () => this.toggle());
    play.classList.add("button-primary");
    const back = stepButton("step-back", t("Previous change"), () => this.seek(this.recording.nextChange(this.clock.time, -1)));
    const on = stepButton("step-on", t("Next change"), () => this.seek(this.recording.nextChange(this.clock.time, 1)));
    const range = h("input", { type: "range", class: "scrubber", min: 0, max: Math.ceil(this.clock.until), step: 1, value: 0, "aria-label": t("Time in the run") });
    range.addEventListener("input", () => this.seek(Number(range.value)));
    const time = h("output", { class: "player-time" });
    const speed = h("select", { class: "input input-small", "aria-label": t("Speed") }, ...SPEEDS.map((value) => h("option", { value, selected: value === this.clock.speed }, t("{n}×", { n: number(value) }))));
    speed.addEventListener("change", () => (this.clock.speed = Number(speed.value)));
    const node = h("div", { class: "player-bar", role: "group", "aria-label": t("Playback") }, play, back, on, range, time, speed);
    node.addEventListener("keydown", (event) => {
      if (event.key !== " " || (event.target as Element).matches("button, select")) return;
      event.preventDefault();
      this.toggle();
    });
    return { node, play, range, time };
  }

  private toggle(): void {
    this.clock.toggle();
    this.last = performance.now();
    if (this.clock.playing) requestAnimationFrame((now) => this.frame(now));
    this.paint();
  }

  private seek(time: number): void {
    this.clock.seek(time);
    this.land();
    this.paint();
  }

  private frame(now: number): void {
    const elapsed = Math.min(0.25, (now - this.last) / 1000);
    this.last = now;
    const before = this.clock.time;
    this.clock.advance(elapsed);
    if (!reducedMotion()) {
      this.takeOff(before, this.clock.time);
      this.fly(elapsed);
    }
    this.paint();
    if (this.clock.playing) requestAnimationFrame((next) => this.frame(next));
    else this.land();
  }

  private takeOff(from: number, to: number): void {
    for (const move of this.recording.movesBetween(from, to).slice(-MOST_FLYING)) {
      const a = this.boxes.get(move.from);
      const b = this.boxes.get(move.to);
      if (!a || !b || this.flying.length >= MOST_FLYING) continue;
      const dot = s("circle", { r: 5, class: "flying-item" });
      this.drawing.items.append(dot);
      this.flying.push({ dot, from: a, to: b, age: 0 });
    }
  }

  private fly(elapsed: number): void {
    this.flying = this.flying.filter((flight) => {
      flight.age += elapsed / FLIGHT;
      const { dot, from, to, age } = flight;
      if (age >= 1) return dot.remove(), false;
      dot.setAttribute("cx", String(from.x + (to.x - from.x) * age));
      dot.setAttribute("cy", String(from.y + (to.y - from.y) * age));
      return true;
    });
  }

  private land(): void {
    for (const { dot } of this.flying) dot.remove();
    this.flying = [];
  }

  private paint(): void {
    const { time, playing } = this.clock;
    for (const name of this.recording.names) {
      this.drawing.show(name, this.recording.stateAt(name, time), this.recording.contentAt(name, time));
    }
    const { play, range, time: label } = this.controls;
    range.value = String(Math.round(time));
    range.setAttribute("aria-valuetext", clock(time));
    label.textContent = `${clock(time)} / ${clock(this.clock.until)}`;
    const name = playing ? t("Pause") : t("Play");
    if (play.getAttribute("aria-label") === name) return;
    play.setAttribute("aria-label", name);
    play.replaceChildren(icon(playing ? "pause" : "play"));
  }
}

export async function mount(root: HTMLElement): Promise<void> {
  const { layout, trace_url: url } = runData();
  if (!layout || layout.objects.length === 0) return;
  const { node, drawing } = makeStage(layout);
  root.replaceChildren(node);
  const trace = await get<TraceJson>(url);
  const recording = new Recording(trace);
  const player = new Player(drawing, recording);
  root.append(player.node, legend(recording));
  if (trace.truncated) {
    const text = t("The record was too long to be drawn whole: states are missing towards the end. The CSV export has all of them.");
    root.append(h("p", { class: "help player-note" }, text));
  }
}
