import { trusting } from "../trusted";

/**
 * A page that the server made, in a tab of its own, ready to print.
 *
 * The tab opens empty at the click (later, it would be taken for an unwanted one) and is filled when the page is there. Its style
 * sheet is adopted: an inline one would be held to the content policy of the page that carries the widget.
 */
export async function printPage(load: () => Promise<string | null>, otherwise: (page: string) => void): Promise<void> {
  const tab = window.open("", "_blank");
  const page = await load();
  if (page === null) return tab?.close();
  if (!tab || tab.closed) return otherwise(page);
  fillTab(tab, page);
  tab.focus();
  tab.print();
}

function fillTab(tab: Window, page: string): void {
  const [element = "", style = ""] = /<style>([^]*?)<\/style>/.exec(page) ?? [];
  const sheet = new (tab as Window & typeof globalThis).CSSStyleSheet();
  sheet.replaceSync(style);
  const html = trusting("quebec-ville-etudes-page", page.replace(element, ""));
  const { documentElement } = new DOMParser().parseFromString(html, "text/html");
  tab.document.replaceChild(tab.document.adoptNode(documentElement), tab.document.documentElement);
  tab.document.adoptedStyleSheets = [sheet];
}
