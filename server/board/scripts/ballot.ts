// Goes from a typed tracker, or the address that a receipt's code holds, to the ballot's page, wherever the pages lie.
import { place } from "./language.ts";

const form = place("find") as HTMLFormElement;
const field = place("tracker") as HTMLInputElement;

// As people type it; a code reader that types gives the whole address.
function trackerOf(text: string): string | null {
  const scanned = /\/ballot\/([A-Z2-7]{26})\.html$/.exec(text.trim());
  const plain = scanned?.[1] ?? text.replace(/[\s-]/g, "").toUpperCase();
  return /^[A-Z2-7]{26}$/.test(plain) ? plain : null;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const tracker = trackerOf(field.value);
  place("said").textContent = tracker === null ? form.dataset["bad"]! : "";
  field.setAttribute("aria-invalid", String(tracker === null));
  if (tracker !== null) location.href = `${form.dataset["pages"]!}${tracker}.html`;
});
