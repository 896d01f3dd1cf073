import type ts from 'typescript';

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
/** An endpoint and its doc comment; empty = it has none. */
export interface EndpointDoc {
  readonly path: string;
  readonly line: number;
  readonly controller: string;
  readonly handler: string;
  readonly text: string;
}
export function endpointDocs(files: readonly SourceFile[]): readonly EndpointDoc[];
export function checkEndpointDocs(files: readonly SourceFile[]): readonly Problem[];
export const STORE_SITES: Readonly<Record<string, readonly string[]>>;
/** Parsed once for each such object. */
export function parse(file: SourceFile): ts.SourceFile;
export function readTree(root: string): readonly SourceFile[];
export function stringsOf(file: SourceFile, pattern: RegExp): readonly string[];
export function testTitles(files: readonly SourceFile[]): readonly { readonly path: string; readonly title: string }[];
