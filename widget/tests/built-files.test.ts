import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

const built = (name: string): Buffer => readFileSync(new URL(`../../bot/channels/static/${name}`, import.meta.url));
/** Two builds take a second on a quiet machine. */
const BUSY_MACHINE_MS = 60_000;
const gzipped = (name: string): number => gzipSync(built(name), { level: 9 }).length;

describe("the built files", () => {
  it("are light: 6 kB for the button, 60 kB for the chat", () => {
    expect(gzipped("widget.js")).toBeLessThanOrEqual(6 * 1024);
    expect(gzipped("chat.js")).toBeLessThanOrEqual(60 * 1024);
  });

  it("are those that the sources make: if not, `make widget`", () => {
    const outDir = mkdtempSync(join(tmpdir(), "qve-widget-"));
    const cwd = new URL("..", import.meta.url);
    const env = { ...process.env, NODE_ENV: "production" };
    try {
      for (const mode of ["widget", "chat"]) {
        execFileSync("node_modules/.bin/vite", ["build", "--mode", mode, "--outDir", outDir, "--logLevel", "error"], { cwd, env });
        const again = readFileSync(join(outDir, `${mode}.js`));
        expect(again.equals(built(`${mode}.js`)), `${mode}.js is stale`).toBe(true);
      }
      expect(readFileSync(join(outDir, "chat-licences.md")).equals(built("chat-licences.md"))).toBe(true);
    } finally {
      rmSync(outDir, { recursive: true });
    }
  }, BUSY_MACHINE_MS);

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
