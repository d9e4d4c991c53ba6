/** What a screen reader is told, in one piece each: told of the drawing itself, it would read half the thread again. */
import type { Message } from "./contract";
import { fill } from "./fill";
import { readAloud } from "./own-pages";
import { texts } from "./texts";
import type { MessageRow, Row } from "./thread-rows";

/** Who speaks, as it is written over the message. */
export function speaker({ author, name }: Message): string {
  const { adviserNamed, ...roles } = texts().authors;
  return author === "adviser" && name ? fill(adviserNamed, { name }) : roles[author];
}

/** Each message once, and once that one's own was not sent, however often it is tried again. */
export class Spoken {
  #known = new Set<string>();
  #failed = new Set<string>();

  /** The sentences for what is new since the last call; none for the first messages. */
  of(rows: readonly Row[]): readonly string[] {
    const messages = rows.filter((row) => row.kind === "message");
    const isFirst = !this.#known.size;
    const sentences = messages.flatMap((row) => [
      ...(this.#isNew(row) ? [sentence(row.message)] : []),
      ...(this.#hasFailed(row) ? [failure(row)] : []),
    ]);
    return isFirst ? [] : sentences;
  }

  #isNew({ key }: MessageRow): boolean {
    return !this.#known.has(key) && Boolean(this.#known.add(key));
  }

  #hasFailed({ key, state }: MessageRow): boolean {
    const failed = state === "unsent" || state === "refused";
    return failed && !this.#failed.has(key) && Boolean(this.#failed.add(key));
  }
}

function sentence(message: Message): string {
  const { message: whole, replies } = texts().spoken;
  const said = fill(whole, { who: speaker(message), text: readAloud(message.text, message.author) });
  const offered = message.buttons.map(({ title }) => title);
  return [said, ...message.cards.map(({ title }) => title), ...(offered.length ? [fill(replies, { titles: offered.join("; ") })] : [])].join("\n");
}

function failure({ state, reason }: MessageRow): string {
  const label = texts().delivery[state ?? "unsent"];
  return reason ? `${label}. ${reason}` : label;
}
