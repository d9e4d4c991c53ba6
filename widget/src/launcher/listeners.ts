import type { PageEvents } from "../page-api";

type Listener = (value: never) => void;

/** Those of the host page. One that throws does not silence the others. */
export class Listeners {
  readonly #byName = new Map<string, Set<Listener>>();

  add<Name extends keyof PageEvents>(name: Name, listener: (value: PageEvents[Name]) => void): () => void {
    const listeners = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, listeners.add(listener as Listener));
    return () => listeners.delete(listener as Listener);
  }

  tell<Name extends keyof PageEvents>(name: Name, value: PageEvents[Name]): void {
    for (const listener of this.#byName.get(name) ?? []) {
      try {
        (listener as (value: PageEvents[Name]) => void)(value);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
