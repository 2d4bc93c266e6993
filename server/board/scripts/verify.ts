// "Verify in the browser": the record that this site serves, checked on the visitor's own device.
import { showChecking, startChecking, view } from "../src/page/checking.ts";
import { base, lang, place } from "./language.ts";
import { keepReport } from "./own_report.ts";

view.lang = lang;
const button = place("start") as HTMLButtonElement;
button.hidden = false;
button.addEventListener("click", () => {
  button.disabled = true;
  startChecking(location.host, `${base()}worker.js`, { address: base(), partial: true }, keepReport);
});
showChecking();
