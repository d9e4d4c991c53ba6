/** Tab goes round within what must be answered first: the window itself lets it out to the page, beside which it stands. */
export function holdFocus(event: KeyboardEvent, root: ParentNode & { readonly activeElement: Element | null }): void {
  if (event.key !== "Tab") return;
  const stops = [...root.querySelectorAll<HTMLElement>("a[href], button, input")];
  const [first, last] = event.shiftKey ? [stops.at(-1), stops[0]] : [stops[0], stops.at(-1)];
  if (root.activeElement !== last) return;
  event.preventDefault();
  first?.focus();
}
