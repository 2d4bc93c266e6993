// The verification in a worker: takes the bytes of an exported record, answers with progress and then the verification.
import { ArchiveFiles } from "../files.ts";
import { type Progress, type Verification, verify } from "../verify.ts";

export interface Order {
  readonly record: ArrayBuffer;
  readonly partial: boolean;
}

export type Answer =
  | { readonly progress: Progress }
  | { readonly verification: Verification }
  | { readonly broken: string };

const kInterval = 100;

self.onmessage = async ({ data }: MessageEvent<Order>) => {
  const post = (answer: Answer) => self.postMessage(answer);
  let last = 0;
  const onProgress = (progress: Progress) => {
    const now = Date.now();
    if (now - last < kInterval && progress.done < progress.of) return;
    last = now;
    post({ progress });
  };
  try {
    const bytes = new Uint8Array(data.record);
    post({ verification: await verify(() => new ArchiveFiles(bytes), { partial: data.partial, onProgress }) });
  } catch (error) {
    post({ broken: String(error) });
  }
};
