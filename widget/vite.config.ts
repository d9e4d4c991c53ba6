import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const LICENCES =
  "/*! Includes Lit (Copyright 2017 Google LLC, BSD-3-Clause) and eventsource-parser (Copyright Espen Hovlandsdal, MIT): see chat-licences.md */";

/** A page that is not in UTF-8 reads our scripts in its own encoding: outside ASCII, letters are escaped. */
const asciiOnly: Plugin = {
  name: "ascii-only",
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== "chunk") continue;
      file.code = file.code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    }
  },
};

const LIT_GLOBALS: readonly (readonly [RegExp, string])[] = [
  [/\(\w+\.(?:litHtmlVersions|litElementVersions|reactiveElementVersions)\?\?=\[\]\)\.push\("[^"]+"\)/, "0"],
  [/Symbol\.metadata\?\?=Symbol\("metadata"\),\w+\.litPropertyMetadata\?\?=new WeakMap/, 'const metadata=Symbol("metadata"),litPropertyMetadata=new WeakMap'],
  [/\[Symbol\.metadata\]/, "[metadata]"],
];

/** Lit leaves its version on `window` and a symbol on `Symbol`; the page of somebody else is to get one name from us, not six. */
const noGlobalsOfLit: Plugin = {
  name: "no-globals-of-lit",
  enforce: "pre",
  transform(code, id) {
    if (!/\/(lit-html|lit-element|reactive-element)\.js$/.test(id)) return null;
    const cleaned = LIT_GLOBALS.reduce((left, [written, instead]) => left.replace(written, instead), code);
    if (/(Versions|litPropertyMetadata)\?\?=|Symbol\.metadata/.test(cleaned)) this.error(`Lit leaves a global again: ${id}`);
    return { code: cleaned, map: null };
  },
};

/** One classic script per mode: `widget` is the loader, `chat` the panel it fetches on first intent. */
export default defineConfig(({ mode }) => {
  const isChat = mode === "chat";
  return {
    plugins: [noGlobalsOfLit, asciiOnly],
    build: {
      target: "es2022",
      outDir: "../bot/channels/static",
      emptyOutDir: false,
      copyPublicDir: false,
      sourcemap: false,
      license: isChat ? { fileName: "chat-licences.md" } : false,
      rolldownOptions: isChat ? { output: { postBanner: LICENCES } } : {},
      lib: {
        entry: `src/${mode}.ts`,
        name: "QuebecVilleEtudesBundle",
        formats: ["iife"],
        fileName: () => `${mode}.js`,
      },
    },
    test: { include: ["tests/**/*.test.ts"] },
  };
});
