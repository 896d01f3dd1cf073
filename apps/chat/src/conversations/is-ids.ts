import { isId } from '@libs/kernel';
import { ValidateBy } from 'class-validator';

/** Several ids that narrow a list. What they name is looked up before anything is read; 404 where it is not there. */
export function IsIds(): PropertyDecorator {
  return ValidateBy({ name: 'ids', validator: { validate: isId } }, { each: true });
}
