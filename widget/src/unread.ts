import type { Message } from "./contract";

/** Counts what arrived while nobody was looking, and says it in the page title. */
export class Unread {
  #seenThrough: number | null = null;
  #count = 0;

  constructor(private readonly page: { title: string }) {}

  get count(): number {
    return this.#count;
  }

  /** True when the count changed. What is there the first time has been seen. */
  look(messages: readonly Message[], looking: boolean): boolean {
    const last = messages.at(-1)?.seq ?? 0;
    if (looking || this.#seenThrough === null) this.#seenThrough = last;
    const seen = Math.min(this.#seenThrough, last);
    const count = messages.filter(({ seq, author }) => seq > seen && author !== "person").length;
    if (count === this.#count) return false;
    this.#count = count;
    this.#showInTitle();
    return true;
  }

  #showInTitle(): void {
    const bare = this.page.title.replace(/^\(\d+\) /, "");
    this.page.title = this.#count ? `(${this.#count}) ${bare}` : bare;
  }
}
