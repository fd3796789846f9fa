// A value with listeners. Islands on one page share stores instead of calling each other.

export interface Store<T extends object> {
  get(): T;
  set(change: Partial<T>): void;
  /** Call `listener` now and again whenever one of `keys` has changed; returns the way out. */
  watch(keys: readonly (keyof T)[], listener: (state: T) => void): () => void;
}

export function createStore<T extends object>(initial: T): Store<T> {
  let state = initial;
  const watchers = new Set<{ keys: readonly (keyof T)[]; listener: (state: T) => void }>();
  return {
    get: () => state,
    set(change) {
      const before = state;
      state = { ...state, ...change };
      for (const { keys, listener } of [...watchers]) {
        if (keys.some((key) => !Object.is(before[key], state[key]))) listener(state);
      }
    },
    watch(keys, listener) {
      const watcher = { keys, listener };
      watchers.add(watcher);
      listener(state);
      return () => void watchers.delete(watcher);
    },
  };
}
