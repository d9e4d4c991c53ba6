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
  fillTab(tab, new DOMParser().parseFromString(page, "text/html"));
  tab.focus();
  tab.print();
}

function fillTab(tab: Window, page: Document): void {
  const sheet = new (tab as Window & typeof globalThis).CSSStyleSheet();
  for (const style of page.querySelectorAll("style")) {
    sheet.replaceSync(`${style.textContent}`);
    style.remove();
  }
  tab.document.replaceChild(tab.document.adoptNode(page.documentElement), tab.document.documentElement);
  tab.document.adoptedStyleSheets = [sheet];
}
