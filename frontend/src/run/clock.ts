// Simulated time as it is played: a pure step, so that tests need no animation frames.

export const SPEEDS = [1, 10, 60, 300, 900, 3600] as const;

/** A speed that plays the whole run in about a minute. */
export function fittingSpeed(until: number): number {
  const wish = until / 60;
  return [...SPEEDS].reverse().find((speed) => speed <= wish) ?? SPEEDS[0];
}

export class PlayClock {
  time = 0;
  playing = false;
  speed: number;

  constructor(readonly until: number) {
    this.speed = fittingSpeed(until);
  }

  /** Go on by `elapsed` real seconds; stops at the end. */
  advance(elapsed: number): void {
    if (!this.playing) return;
    this.seek(this.time + elapsed * this.speed);
    if (this.time >= this.until) this.playing = false;
  }

  seek(time: number): void {
    this.time = Math.min(this.until, Math.max(0, time));
  }

  toggle(): void {
    if (!this.playing && this.time >= this.until) this.time = 0;
    this.playing = !this.playing;
  }
}
