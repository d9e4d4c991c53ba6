/** What the server says, and the only place where its JSON becomes typed values. */

export type Author = "person" | "bot" | "adviser" | "system";
export type Holder = "bot" | "waiting" | "adviser";

export interface Button {
  readonly title: string;
  readonly payload: string;
}

export interface Source {
  readonly title: string;
  readonly url: string;
  readonly publisher: string;
  readonly official: boolean;
  readonly asOf: string;
}

export interface Message {
  readonly seq: number;
  readonly author: Author;
  readonly name: string | null;
  readonly text: string;
  readonly at: string;
  readonly externalId: string | null;
  readonly buttons: readonly Button[];
  readonly sources: readonly Source[];
  readonly topic: string | null;
  readonly useful: boolean | null;
}

export interface Floor {
  readonly holder: Holder;
  readonly adviser: string | null;
  readonly promisedAt: string | null;
  readonly promise: string | null;
}

export interface Page {
  readonly messages: readonly Message[];
  readonly floor: Floor | null;
  readonly lastSeq: number;
}

export interface Opened extends Page {
  readonly id: string;
  readonly token: string;
}

export interface Typing {
  readonly who: "bot" | "adviser";
  readonly name: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

const AUTHORS: readonly string[] = ["person", "bot", "adviser", "system"] satisfies Author[];
const HOLDERS: readonly string[] = ["bot", "waiting", "adviser"] satisfies Holder[];

export function readPage(json: unknown): Page {
  const fields = asFields(json);
  const listed = list(fields["messages"]).flatMap(readMessage);
  const own = readMessage(fields["message"]);
  const messages = [...own, ...listed];
  const highest = Math.max(0, ...messages.map((message) => message.seq));
  return {
    messages,
    floor: readFloor(fields["floor"]),
    lastSeq: Math.max(highest, number(fields["last_seq"]) ?? 0),
  };
}

export function readOpened(json: unknown): Opened | null {
  const fields = asFields(json);
  const id = text(fields["id"]);
  const token = text(fields["token"]);
  return id && token ? { ...readPage(json), id, token } : null;
}

export function readTyping(json: unknown): Typing | null {
  const fields = asFields(json);
  const who = fields["who"];
  return who === "bot" || who === "adviser" ? { who, name: text(fields["name"]) } : null;
}

function readMessage(json: unknown): Message[] {
  const fields = asFields(json);
  const seq = number(fields["seq"]);
  const author = fields["author"];
  if (seq === null || seq < 1 || !isOneOf<Author>(AUTHORS, author)) return [];
  return [
    {
      seq,
      author,
      name: text(fields["name"]),
      text: text(fields["text"]) ?? "",
      at: text(fields["at"]) ?? "",
      externalId: text(fields["external_id"]),
      buttons: list(fields["buttons"]).flatMap(readButton),
      sources: list(fields["sources"]).flatMap(readSource),
      topic: text(fields["topic"]),
      useful: typeof fields["useful"] === "boolean" ? fields["useful"] : null,
    },
  ];
}

function readButton(json: unknown): Button[] {
  const fields = asFields(json);
  const title = text(fields["title"]);
  const payload = text(fields["payload"]);
  return title && payload ? [{ title, payload }] : [];
}

function readSource(json: unknown): Source[] {
  const fields = asFields(json);
  const title = text(fields["title"]);
  if (!title) return [];
  return [
    {
      title,
      url: text(fields["url"]) ?? "",
      publisher: text(fields["publisher"]) ?? "",
      official: fields["official"] === true,
      asOf: text(fields["as_of"]) ?? "",
    },
  ];
}

function readFloor(json: unknown): Floor | null {
  const fields = asFields(json);
  const holder = fields["holder"];
  if (!isOneOf<Holder>(HOLDERS, holder)) return null;
  return {
    holder,
    adviser: text(fields["adviser"]),
    promisedAt: text(fields["promised_at"]),
    promise: text(fields["promise"]),
  };
}

function asFields(json: unknown): Fields {
  return typeof json === "object" && json !== null ? (json as Fields) : {};
}

function list(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : [];
}

function text(json: unknown): string | null {
  return typeof json === "string" ? json : null;
}

function number(json: unknown): number | null {
  return typeof json === "number" && Number.isInteger(json) ? json : null;
}

function isOneOf<T extends string>(known: readonly string[], json: unknown): json is T {
  return typeof json === "string" && known.includes(json);
}
