import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

const built = (name: string): Buffer => readFileSync(new URL(`../../bot/channels/static/${name}`, import.meta.url));
const gzipped = (name: string): number => gzipSync(built(name), { level: 9 }).length;

describe("the built files", () => {
  it("are light: 6 kB for the button, 60 kB for the chat", () => {
    expect(gzipped("widget.js")).toBeLessThanOrEqual(6 * 1024);
    expect(gzipped("chat.js")).toBeLessThanOrEqual(60 * 1024);
  });

  it("are read rightly by a page of any encoding", () => {
    for (const name of ["widget.js", "chat.js"]) expect(built(name).toString(), name).toMatch(/^[\0-\x7f]+$/);
  });

  it("name no machine and no third party", () => {
    for (const name of ["widget.js", "chat.js", "index.html", "site.css", "site.js"]) {
      const text = built(name).toString();
      expect(text, name).not.toMatch(/\/(work|home|root|Users)\//);
      expect(text, name).not.toMatch(/(src|@import|fetch\()\s*=?\s*["'(]*https?:/);
    }
  });

  it("make a page that a strict content policy accepts", () => {
    const page = built("index.html").toString();
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
    expect(page).toContain('<script src="/widget.js" data-lang="fr" async></script>');
  });
});
