const SVG = "http://www.w3.org/2000/svg";

export function chatIcon(): SVGElement {
  return icon("chat", "M12 3C6.9 3 3 6.4 3 10.7c0 2.4 1.2 4.5 3.1 5.9-.1 1.2-.6 2.4-1.4 3.4-.2.3 0 .8.4.7 2-.2 3.8-1 5.1-2.2.6.1 1.2.1 1.8.1 5.1 0 9-3.4 9-7.8S17.1 3 12 3Z M8 9.5h8 M8 12.8h5");
}

export function closeIcon(): SVGElement {
  return icon("close", "M6 9l6 6 6-6");
}

function icon(name: string, path: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon ${name}`);
  svg.setAttribute("aria-hidden", "true");
  const drawing = document.createElementNS(SVG, "path");
  drawing.setAttribute("d", path);
  svg.append(drawing);
  return svg;
}
