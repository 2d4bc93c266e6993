// The page of one ballot, where the code on a receipt leads: tracker and proof are checked on this device at once.
import { plainText } from "../src/receipt.ts";
import { broken, checkAgainstLog, fetched } from "./against_log.ts";
import { place } from "./language.ts";

const answers = place("answers");
const tracker = answers.dataset["tracker"]!;

fetched(`ballot/${tracker}.tlog-proof`)
  .then((bytes) => checkAgainstLog(answers.dataset["log"]!, { receipt: plainText(bytes), kept: "", tracker }, answers))
  .catch(broken);
