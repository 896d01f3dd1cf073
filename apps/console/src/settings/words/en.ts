import type { MemberWords } from './zh-cn.js';

export const en: MemberWords = {
  capacity: 'Set capacity',
  capacityOf: (name) => `Capacity of ${name}`,
  capacityEffect: 'Routing never goes beyond this number; picking and being handed over to are not limited.',
  capacityDefault: (count) => `Workspace default: ${count}`,
  capacityOwn: 'Own number',
  capacityNumber: 'Most conversations at a time',
  capacityBounds: (most) => `Enter a whole number from 1 to ${most}`,
  capacitySaved: 'Capacity changed',
  save: 'Save',
  enableEffect:
    'They can sign in again, with the role and teams they had. Conversations that were handed over stay where they are.',
  enabled: (name) => `${name} enabled`,
};
