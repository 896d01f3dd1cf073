export function percentile(values: readonly number[], share: number): number;
export function median(values: readonly number[]): number;
export function allowed(ms: number): number;
export function round(value: number, digits: number): number;
export function compare(pairs: readonly { readonly limit: number; readonly product: number }[]): {
  readonly limitPerSec: number;
  readonly perSec: number;
  readonly ratio: number;
  readonly ratioMin: number;
  readonly ratioMax: number;
};
