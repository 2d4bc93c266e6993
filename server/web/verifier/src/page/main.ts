// The page of the single file: takes a record by drag and drop or by choice, checks it in a worker, shows all it found.
import { say } from "../words.ts";
import { place, showChecking, startChecking, view } from "./checking.ts";

// The worker's source, put here by the build.
declare const kWorkerSource: string;

view.lang = navigator.language.startsWith("zh") || !navigator.language.startsWith("en") ? "zh" : "en";

function show(): void {
  const { lang } = view;
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = say("title", lang);
  for (const word of ["title", "intro", "drop", "choose", "language"] as const) place(word).textContent = say(word, lang);
  showChecking();
}

async function check(file: File): Promise<void> {
  const record = await file.arrayBuffer();
  const address = URL.createObjectURL(new Blob([kWorkerSource], { type: "text/javascript" }));
  startChecking(file.name, address, { record, partial: true });
  URL.revokeObjectURL(address);
}

function take(files: FileList | null | undefined): void {
  const file = files?.[0];
  if (file !== undefined) void check(file);
}

place("language").addEventListener("click", () => {
  view.lang = view.lang === "zh" ? "en" : "zh";
  show();
});
place("file").addEventListener("change", (event) => take((event.target as HTMLInputElement).files));
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
document.addEventListener("dragover", () => document.body.classList.add("over"));
for (const name of ["dragleave", "drop"]) document.addEventListener(name, () => document.body.classList.remove("over"));
document.addEventListener("drop", (event) => take(event.dataTransfer?.files));
show();
