// The turnout as it moves: numbers that the server sends, put where the page has them.
import { place } from "./language.ts";

interface Turnout {
  readonly stages: readonly {
    readonly id: string; readonly open: boolean; readonly expected: number; readonly present: number; readonly cast: number;
    readonly boxes: readonly { readonly id: string; readonly slips: number; readonly cast: number; readonly voided: number }[];
  }[];
}

const live = place("live");

function put(part: Element, field: string, value: number): void {
  const at = part.querySelector(`[data-field="${field}"]`);
  if (at !== null) at.textContent = String(value);
}

// A stage that the page does not have, or that opened or closed since: the page itself is of an earlier time.
function show(now: Turnout): void {
  for (const stage of now.stages) {
    const part = document.querySelector(`[data-stage="${stage.id}"]`);
    if (part === null || (part.getAttribute("data-open") === "true") !== stage.open) return location.reload();
    for (const field of ["expected", "present", "cast"] as const) put(part, field, stage[field]);
    for (const box of stage.boxes) {
      const line = part.querySelector(`[data-box="${box.id}"]`);
      if (line === null) continue;
      for (const field of ["cast", "voided"] as const) put(line, field, box[field]);
    }
    part.querySelector(".so-far .part")?.setAttribute("width", String((100 * Math.min(stage.cast, stage.present)) / Math.max(1, stage.present)));
  }
}

const source = new EventSource(live.dataset["source"]!);
source.onmessage = ({ data }: MessageEvent<string>) => show(JSON.parse(data) as Turnout);
source.onopen = () => live.replaceChildren();
source.onerror = () => {
  live.textContent = live.dataset["broken"]!;
};
