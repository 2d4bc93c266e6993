// The verification in a worker: takes the bytes of an exported record, or the address below which a record lies, answers
// with progress and then the verification.
import { ArchiveFiles, AddressFiles, type Files } from "../files.ts";
import { type Progress, type Verification, verify } from "../verify.ts";

export type Order = { readonly partial: boolean } & ({ readonly record: ArrayBuffer } | { readonly address: string });

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
    const open = (): Files => ("record" in data ? new ArchiveFiles(new Uint8Array(data.record)) : new AddressFiles(data.address));
    post({ verification: await verify(open, { partial: data.partial, onProgress }) });
  } catch (error) {
    post({ broken: String(error) });
  }
};
