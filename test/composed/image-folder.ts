import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What the image is by its Dockerfile: its files in a folder of their own, and the environment it sets. */
export interface ImageFolder {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Lays out in `folder` what the last stage copies from the build, and nothing else: a file that the program needs and
 * the image lacks is missing here as well.
 */
export function layOutImage(folder: string, dockerfile: string): ImageFolder {
  const stage = readFileSync(dockerfile, 'utf8')
    .split(/^FROM /m)
    .at(-1)!;
  const lines = stage.split('\n');
  for (const line of lines) {
    const [, from, to] = /^COPY --from=build \/app\/(\S+) (\S+)$/.exec(line) ?? [];
    if (from === undefined) continue;
    const target = join(folder, to!.endsWith('/') ? join(to!, from) : to!);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(resolve(from), target);
  }
  const pairs = lines.filter((line) => line.startsWith('ENV ')).flatMap((line) => line.slice(4).split(' '));
  return { folder, env: Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string])) };
}
