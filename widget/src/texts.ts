import en from "./texts.en.json";
import fr from "./texts.fr.json";

export type Texts = typeof fr;
export type Language = "fr" | "en";

const LOCALES = { fr: "fr-CA", en: "en-CA" } as const;
const TEXTS: Record<Language, Texts> = { fr, en };

let spoken: Language = "fr";

export function speak(language: Language): void {
  spoken = language;
}

export function texts(): Texts {
  return TEXTS[spoken];
}

export function locale(): string {
  return LOCALES[spoken];
}

/** Opening questions that fit the page: those of its theme (`caq` for the topic `caq/fee`), or the general ones. */
export function openingQuestions(topic: string | null): readonly string[] {
  const { title: _, ...byTheme } = texts().suggestions;
  const theme = topic?.split("/")[0] ?? "";
  return Object.hasOwn(byTheme, theme) ? byTheme[theme as keyof typeof byTheme] : byTheme.default;
}
