export const BODY_LENGTH: number;
export function encodeBody(visitor: number, number: number, sentAt: number): string;
export function decodeBody(text: string): {
  readonly visitor: number;
  readonly number: number;
  readonly sentAt: number;
};
