/** A pause that can be cut short: by the network coming back, by the person asking, by the end of the conversation. */
export class Alarm {
  #wake: (() => void) | null = null;

  sleep(milliseconds: number): Promise<void> {
    this.ring();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.#wake = wake;
    });
  }

  ring(): void {
    this.#wake?.();
  }
}
