/** `widget.js`: draws the button. Until the person shows interest it stores nothing, asks nothing and touches nothing else. */
import { Launcher } from "./launcher/launcher";
import type { Language } from "./texts";

function thisScript(): HTMLScriptElement | null {
  const current = document.currentScript;
  return current instanceof HTMLScriptElement ? current : document.querySelector<HTMLScriptElement>('script[src*="/widget.js"]');
}

function whenBodyExists(act: () => void): void {
  if (document.body) act();
  else document.addEventListener("DOMContentLoaded", act, { once: true });
}

function install(script: HTMLScriptElement): void {
  const { lang, topic, campaign, theme, display } = script.dataset;
  const isPage = display === "page";
  const asked = new URLSearchParams(isPage ? location.search : "");
  const language: Language = lang?.toLowerCase().startsWith("en") ? "en" : "fr";
  const launcher = new Launcher({
    language,
    script: new URL("chat.js", script.src).href,
    nonce: script.nonce,
    origin: new URL(script.src).origin,
    topic: asked.get("topic") ?? topic ?? null,
    campaign: asked.get("campaign") ?? campaign ?? null,
    theme: theme ?? null,
    isPage,
  });
  window.QuebecVilleEtudes = launcher.api();
  whenBodyExists(() => launcher.show());
}

const script = thisScript();
if (script?.src && !window.QuebecVilleEtudes) install(script);
