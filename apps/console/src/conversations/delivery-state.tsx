import {
  CheckCircleOutlined,
  CheckOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  EyeOutlined,
} from '@ant-design/icons';
import { useWords } from '../words/use-words.js';

export type Delivery = 'waiting' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

/** Where an own message is: icon and word, never one of them alone. */
export function DeliveryState({ state }: { readonly state: Delivery }) {
  const words = useWords();
  const [Icon, word] = {
    waiting: [ClockCircleOutlined, words.waitingForLine] as const,
    sending: [ClockCircleOutlined, words.sending] as const,
    sent: [CheckOutlined, words.sent] as const,
    delivered: [CheckCircleOutlined, words.delivered] as const,
    read: [EyeOutlined, words.read] as const,
    failed: [CloseCircleOutlined, words.notSent] as const,
  }[state];
  return (
    <span className={state === 'failed' ? 'delivery delivery-failed' : 'delivery'} data-delivery={state}>
      <Icon aria-hidden />
      {word}
    </span>
  );
}
