const CHINESE = /^(?:86)?(1[3-9]\d{9})$/;
/** Begins like a Chinese mobile number and is shorter or longer than one. */
const BROKEN_CHINESE = /^\+86(?!1[3-9]\d{9}$)/;

/** A mobile number in E.164, `+86` where no country is said; undefined for what is none. */
export function normaliseMobile(text: string): string | undefined {
  if (text.length > 40) return undefined;
  const compact = text
    .normalize('NFKC')
    .replace(/[\s().\-–]/gu, '')
    .replace(/^00/, '+');
  const chinese = CHINESE.exec(compact);
  const mobile = chinese ? `+86${chinese[1]}` : compact;
  return /^\+[1-9]\d{6,14}$/.test(mobile) && !BROKEN_CHINESE.test(mobile) ? mobile : undefined;
}
