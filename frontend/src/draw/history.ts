import { EMPTY, type Scene } from "./scene";

const MOST = 200;

/** The scene with its past and future. `preview` shows without a step, `commit` makes one. */
export class History {
  private past: Scene[] = [];
  private future: Scene[] = [];
  private listeners: ((scene: Scene) => void)[] = [];

  constructor(private now: Scene = EMPTY) {}

  get scene(): Scene {
    return this.now;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  onChange(listener: (scene: Scene) => void): void {
    this.listeners.push(listener);
    listener(this.now);
  }

  commit(scene: Scene): void {
    if (scene === this.now) return;
    this.past = [...this.past, this.now].slice(-MOST);
    this.future = [];
    this.put(scene);
  }

  undo(): void {
    const before = this.past.pop();
    if (!before) return;
    this.future.push(this.now);
    this.put(before);
  }

  redo(): void {
    const after = this.future.pop();
    if (!after) return;
    this.past.push(this.now);
    this.put(after);
  }

  private put(scene: Scene): void {
    this.now = scene;
    for (const listener of this.listeners) listener(scene);
  }
}
