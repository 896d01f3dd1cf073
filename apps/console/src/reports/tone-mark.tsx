import { ClockCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import type { WaitingTone } from '../conversations/waiting.js';

/** Beside the colour of a long wait, which never stands alone. */
export function ToneMark({ tone }: { readonly tone: WaitingTone }) {
  if (tone === 'calm') return null;
  return tone === 'long' ? <ClockCircleOutlined aria-hidden /> : <ExclamationCircleOutlined aria-hidden />;
}
