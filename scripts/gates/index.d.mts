/** A file of the tree. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}
/** One thing a gate found. */
export interface Problem {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly why: string;
}
export const STORE_SITES: Readonly<Record<string, readonly string[]>>;
export function readTree(root: string): readonly SourceFile[];
export function stringsOf(file: SourceFile, pattern: RegExp): readonly string[];
export function testTitles(files: readonly SourceFile[]): readonly { readonly path: string; readonly title: string }[];
