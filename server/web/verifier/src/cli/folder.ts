// A record in a folder, or an exported file, for the command line.
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Bytes } from "../bytes.ts";
import { ArchiveFiles, type Files } from "../files.ts";

class FolderFiles implements Files {
  constructor(private readonly folder: string) {}
  async read(path: string): Promise<Bytes | null> {
    try {
      return new Uint8Array(await readFile(join(this.folder, path)));
    } catch {
      return null;
    }
  }
}

// Null where there is nothing at that path.
export async function openRecord(path: string): Promise<(() => Files) | null> {
  try {
    if ((await stat(path)).isDirectory()) return () => new FolderFiles(path);
    const bytes = new Uint8Array(await readFile(path));
    return () => new ArchiveFiles(bytes);
  } catch {
    return null;
  }
}
