// On the pages of the log: what this device found when it last verified the record.
import { checkWords } from "../src/check_words.ts";
import { pick } from "../src/words.ts";
import { both, lang, place } from "./language.ts";
import { lastReport } from "./own_report.ts";

const report = lastReport();
if (report !== null) {
  const when = new Date(report.time).toLocaleString(lang === "en" ? "en-GB" : "zh-CN", { timeZone: "Asia/Shanghai", dateStyle: "medium", timeStyle: "short" });
  const found = report.check === "" ? both("✔ 全部成立", "✔ all holds") : `✘ ${report.check} ${pick(checkWords(report.check), lang)}`;
  const line = place("own-report");
  line.textContent = both(`本机最近一次验证：${when}，查到 ${report.size} 条，${found}`, `This device verified last on ${when}, ${report.size} entries: ${found}`);
  line.className = report.check === "" ? "good" : "bad";
  line.hidden = false;
}
