// Building elements without markup in strings: texts of a record can only become text.
export function element(name: string, attributes: Record<string, string> = {}, ...children: (Node | string)[]): HTMLElement {
  const out = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) out.setAttribute(attribute, value);
  out.append(...children);
  return out;
}

export const cell = (text: string | number, number = false): HTMLElement =>
  element("td", number ? { class: "number" } : {}, String(text));

export const heading = (text: string, number = false): HTMLElement =>
  element("th", number ? { scope: "col", class: "number" } : { scope: "col" }, text);
