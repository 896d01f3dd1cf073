import type { Words } from '../vocabulary.js';
import type { PersonalWords } from './vocabulary.js';

/** A consent's scope in words; what is unknown stays as it is written in the record. */
export function scopeText(scope: string, words: Words, personal: PersonalWords): string {
  const [about, first = '', second = ''] = scope.split('/');
  const purpose = words.purposes[first] ?? first;
  const field = (code: string) => personal.field[code] ?? code;
  switch (about) {
    case 'purpose':
      return purpose;
    case 'field':
      return personal.scopeField(purpose, field(second));
    case 'sensitive':
      return personal.scopeSensitive(purpose, field(second));
    case 'provide':
      return personal.scopeProvide(first);
    case 'abroad':
      return personal.scopeAbroad(first);
    case 'publish':
      return personal.scopePublish(field(first));
    case 'guardian':
      return personal.scopeGuardian(purpose);
    default:
      return scope;
  }
}
