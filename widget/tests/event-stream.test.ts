import { describe, expect, it, vi } from "vitest";
import { EventStream, type Hearing } from "../src/event-stream";

const hearing = () => ({
  onOpen: vi.fn<Hearing["onOpen"]>(),
  onUpdate: vi.fn<Hearing["onUpdate"]>(),
  onTyping: vi.fn<Hearing["onTyping"]>(),
  onErased: vi.fn<Hearing["onErased"]>(),
});

function spoken(...chunks: readonly (string | Uint8Array)[]): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === "string" ? encoder.encode(chunk) : chunk);
      controller.close();
    },
  });
  return new Response(body);
}

describe("the event stream", () => {
  it("reads updates, typing and erasure, cut anywhere, even in the middle of a letter", async () => {
    const heard = hearing();
    const whole = new TextEncoder().encode('event: update\nid: 1\ndata: {"messages":[{"seq":1,"author":"bot","text":"é"}],"last_seq":1}\n\nevent: typing\ndata: {"who":"adviser","name":"Zoé"}\n\nevent: erased\ndata: {}\n\n');
    const cut = whole.indexOf(0xc3) + 1;
    await new EventStream(async () => spoken(whole.slice(0, cut), whole.slice(cut)), heard).listen();
    expect(heard.onOpen).toHaveBeenCalledOnce();
    expect(heard.onUpdate.mock.calls[0]?.[0].messages[0]?.text).toBe("é");
    expect(heard.onTyping).toHaveBeenCalledWith({ who: "adviser", name: "Zoé" });
    expect(heard.onErased).toHaveBeenCalledOnce();
  });

  it("survives an event that is not JSON", async () => {
    const heard = hearing();
    const end = await new EventStream(async () => spoken("event: update\ndata: <html>\n\n"), heard).listen();
    expect(end).toBe("broken");
    expect(heard.onUpdate.mock.calls[0]?.[0].messages).toEqual([]);
  });

  it("tells a forgotten conversation from a broken line", async () => {
    const listen = (answer: () => Promise<Response>): Promise<string> => new EventStream(answer, hearing()).listen();
    expect(await listen(async () => new Response(null, { status: 401 }))).toBe("unknown-token");
    expect(await listen(async () => new Response(null, { status: 502 }))).toBe("broken");
    expect(await listen(() => Promise.reject(new TypeError("network")))).toBe("broken");
  });

  it("hangs up on a line that has gone silent", async () => {
    const silent = (signal: AbortSignal): Promise<Response> =>
      Promise.resolve(new Response(new ReadableStream({ start: (controller) => signal.addEventListener("abort", () => controller.error(new Error("cut"))) })));
    expect(await new EventStream(silent, hearing(), 20).listen()).toBe("broken");
  });
});
