// The page on which a receipt or a kept checkpoint is put in.
import { plainText } from "../src/receipt.ts";
import { broken, checkAgainstLog, fetched } from "./against_log.ts";
import { place } from "./language.ts";

const form = place("check") as HTMLFormElement;
const receiptField = place("receipt") as HTMLTextAreaElement;
const keptField = place("kept") as HTMLTextAreaElement;
let tracker = "";

const check = (): Promise<void> =>
  checkAgainstLog(form.dataset["log"]!, { receipt: receiptField.value, kept: keptField.value, tracker }, place("answers"));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void check().catch(broken);
});
receiptField.addEventListener("input", () => {
  tracker = "";
});
place("file").addEventListener("change", (event) => {
  void (event.target as HTMLInputElement).files?.[0]?.text().then((text) => {
    tracker = "";
    receiptField.value = text;
  });
});
// From a ballot's page: its receipt is put in at once.
const asked = location.hash.slice(1);
if (/^[A-Z2-7]{26}$/.test(asked))
  void fetched(`ballot/${asked}.tlog-proof`)
    .then((bytes) => {
      tracker = asked;
      receiptField.value = plainText(bytes);
      return check();
    })
    .catch(broken);
