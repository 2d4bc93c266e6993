// Goes from a typed or scanned tracker to the ballot's page, wherever the pages lie.
import { place } from "./language.ts";

const form = place("find") as HTMLFormElement;
const field = place("tracker") as HTMLInputElement;

// As people type it; a scanned code holds the whole ballot hash in hexadecimal digits.
function trackerOf(text: string): string | null {
  const plain = text.replace(/[\s-]/g, "");
  if (/^[0-9a-fA-F]{128}$/.test(plain)) return base32(plain.slice(0, 34)).slice(0, 26);
  const upper = plain.toUpperCase();
  return /^[A-Z2-7]{26}$/.test(upper) ? upper : null;
}

function base32(digits: string): string {
  const kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...digits].map((d) => parseInt(d, 16).toString(2).padStart(4, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => kLetters[parseInt(five, 2)]).join("");
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const tracker = trackerOf(field.value);
  place("said").textContent = tracker === null ? form.dataset["bad"]! : "";
  field.setAttribute("aria-invalid", String(tracker === null));
  if (tracker !== null) location.href = `${form.dataset["pages"]!}${tracker}.html`;
});
