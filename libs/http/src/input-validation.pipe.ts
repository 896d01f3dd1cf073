import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import { InvalidInputError, invalidInput } from './invalid-input.js';

const NUMBER = /^-?\d{1,15}(\.\d{1,6})?$/;
const FORBIDDEN = ['__proto__', 'constructor', 'prototype'];

/**
 * Validates what a client sends against the DTO class: unknown fields are refused, nothing is converted, except numbers
 * of the query and path, which can only arrive as text.
 */
@Injectable()
export class InputValidationPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
      transformOptions: { enableImplicitConversion: false },
      stopAtFirstError: false,
      exceptionFactory: (errors) => invalidInput(errors),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom') return value;
    refuseForbiddenKeys(value, metadata);
    if (metadata.type === 'body') {
      // The rules of a DTO are asked of each element of a list: of an empty one nothing would be asked.
      if (Array.isArray(value)) throw new InvalidInputError([{ field: 'body', rule: 'isObject' }]);
      return super.transform(value, metadata);
    }
    if (metadata.data !== undefined) {
      refuseWrongText(value, metadata);
      return super.transform(value, metadata);
    }
    return super.transform(withNumbers(value, metadata.metatype), metadata);
  }
}

function refuseForbiddenKeys(value: unknown, metadata: ArgumentMetadata): void {
  if (typeof value !== 'object' || value === null) return;
  const bad = Object.keys(value).find((key) => FORBIDDEN.includes(key));
  if (bad !== undefined) throw new InvalidInputError([{ field: metadata.data ?? bad, rule: 'unknown' }]);
}

/** One named parameter is one text; where a number is declared it must look like one. */
function refuseWrongText(value: unknown, { data, metatype }: ArgumentMetadata): void {
  if (value === undefined) return;
  const field = String(data);
  if (typeof value !== 'string') throw new InvalidInputError([{ field, rule: 'isString' }]);
  if (metatype === Number && !NUMBER.test(value)) throw new InvalidInputError([{ field, rule: 'isNumber' }]);
}

function withNumbers(value: unknown, metatype: ArgumentMetadata['metatype']): unknown {
  if (typeof value !== 'object' || value === null || metatype === undefined) return value;
  const prototype: unknown = metatype.prototype;
  if (typeof prototype !== 'object' || prototype === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => {
      const isNumber = Reflect.getMetadata('design:type', prototype, key) === Number;
      return [key, isNumber && typeof text === 'string' && NUMBER.test(text) ? Number(text) : (text as unknown)];
    }),
  );
}
