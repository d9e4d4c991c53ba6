import { describe, expect, it } from "vitest";
import { Requests } from "../src/requests";

const answering = (response: Response): Requests => new Requests("https://exemple.test", async () => response);
const failure = async (response: Response): Promise<unknown> => {
  const answer = await answering(response).messagesAfter("token", 0);
  return answer.ok ? null : answer.failure;
};

describe("a request", () => {
  it("carries the token in a header, never in the address, and no cookie", async () => {
    const seen: [string, RequestInit][] = [];
    const requests = new Requests("https://exemple.test", async (url, init) => {
      seen.push([url, init]);
      return Response.json({});
    });
    await requests.messagesAfter("secret", 3);
    await requests.events("secret", 3, new AbortController().signal);
    for (const [url, init] of seen) {
      expect(url).not.toContain("secret");
      expect(new Headers(init.headers).get("Authorization")).toBe("Bearer secret");
      expect(init.credentials).toBe("omit");
    }
  });

  it("sends a pressed button as its payload and its title", async () => {
    let body: unknown;
    const requests = new Requests("https://exemple.test", async (_url, init) => {
      body = JSON.parse(String(init.body));
      return Response.json({}, { status: 201 });
    });
    await requests.send("token", { id: "a", text: "Le CAQ", file: null, button: "/topic" });
    expect(body).toEqual({ button: "/topic", text: "Le CAQ" });
  });

  it("names each kind of failure", async () => {
    expect(await failure(new Response(null, { status: 401 }))).toEqual({ kind: "unknown-token" });
    expect(await failure(new Response(null, { status: 500 }))).toEqual({ kind: "broken" });
    expect(await failure(Response.json({ detail: "Trop long." }, { status: 422 }))).toEqual({ kind: "refused", reason: "Trop long." });
    expect(await failure(new Response("<html>", { status: 422 }))).toEqual({ kind: "refused", reason: null });
    expect(await failure(new Response("<html>", { status: 200 }))).toEqual({ kind: "unreachable" });
  });

  it("waits as long as the server asks, within reason", async () => {
    const busy = (after: string): Response => new Response(null, { status: 429, headers: { "Retry-After": after } });
    expect(await failure(busy("7"))).toEqual({ kind: "busy", retryAfterMs: 7_000 });
    expect(await failure(busy("86400"))).toEqual({ kind: "busy", retryAfterMs: 120_000 });
    expect(await failure(busy(""))).toEqual({ kind: "busy", retryAfterMs: 5_000 });
  });
});
