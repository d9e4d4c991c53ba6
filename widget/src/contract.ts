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

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** A thing shown beside an answer. `starts` and `ends` are its first and last day, as `2027-03-01`; `tick` names its checklist item. */
export interface Card {
  readonly title: string;
  readonly text: string;
  readonly facts: readonly Fact[];
  readonly link: { readonly label: string; readonly url: string } | null;
  readonly mark: string | null;
  readonly starts: string | null;
  readonly ends: string | null;
  /** Its first day alone is when it opens, not the day itself. */
  readonly isStep: boolean;
  readonly tick: string | null;
  readonly sources: readonly Source[];
}

/** `size` is in bytes. */
export interface FileRef {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

/** What may be wrong with an answer. */
export const WHYS = ["wrong", "unclear", "incomplete", "not_my_question"] as const;
export type Why = (typeof WHYS)[number];

/** The payload by which a person asks for an adviser; an answer judged unhelpful offers it. */
export const ASK_ADVISER = "/ask_adviser";

export interface Message {
  readonly seq: number;
  readonly author: Author;
  readonly name: string | null;
  readonly text: string;
  readonly at: string;
  readonly externalId: string | null;
  readonly buttons: readonly Button[];
  readonly sources: readonly Source[];
  readonly cards: readonly Card[];
  readonly files: readonly FileRef[];
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
  /** Checklist items that are done; null when the server does not say. */
  readonly ticked: readonly string[] | null;
  /** What else the service offers (`telegram`); null when it does not say. */
  readonly offers: readonly string[] | null;
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
    ticked: readNames(fields["ticked"]),
    offers: readNames(fields["offers"]),
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
      cards: list(fields["cards"]).flatMap(readCard),
      files: list(fields["files"]).flatMap(readFile),
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

function readCard(json: unknown): Card[] {
  const fields = asFields(json);
  const title = text(fields["title"]);
  if (!title) return [];
  return [
    {
      title,
      text: text(fields["text"]) ?? "",
      facts: list(fields["facts"]).flatMap(readFact),
      link: readLink(fields["link"]),
      mark: text(fields["mark"]) || null,
      starts: readDay(fields["starts"]),
      ends: readDay(fields["ends"]),
      isStep: fields["kind"] === "step",
      tick: text(fields["tick"]) || null,
      sources: list(fields["sources"]).flatMap(readSource),
    },
  ];
}

function readFile(json: unknown): FileRef[] {
  const fields = asFields(json);
  const id = text(fields["id"]);
  return id ? [{ id, name: text(fields["name"]) || id, size: number(fields["size"]) ?? 0 }] : [];
}

function readFact(json: unknown): Fact[] {
  const fields = asFields(json);
  const label = text(fields["label"]);
  const value = text(fields["value"]);
  return label && value ? [{ label, value }] : [];
}

function readLink(json: unknown): Card["link"] {
  const fields = asFields(json);
  const label = text(fields["label"]);
  const url = text(fields["url"]);
  return label && url ? { label, url } : null;
}

function readDay(json: unknown): string | null {
  const day = text(json);
  return day && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null;
}

function readNames(json: unknown): readonly string[] | null {
  return Array.isArray(json) ? json.filter((item): item is string => typeof item === "string") : null;
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
