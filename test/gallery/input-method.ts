import type { Locator, Page } from 'playwright-core';

/**
 * Types as an input method does: what is being composed stands in the field, the Enter that ends it comes as key 229 while
 * the composition runs, and once more as Safari reports it, as 229 behind its end.
 */
export async function composed(page: Page, field: Locator, text: string): Promise<void> {
  await field.click();
  const line = await page.context().newCDPSession(page);
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 13 } as const;
  const press = async (): Promise<void> => {
    await line.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
    await line.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
  };
  await line.send('Input.imeSetComposition', { text: 'ni hao', selectionStart: 6, selectionEnd: 6 });
  await press();
  await line.send('Input.insertText', { text });
  await press();
  await line.detach();
}
