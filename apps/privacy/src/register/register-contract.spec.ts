import type { RegisterActivity, RegisterContent } from '@libs/contracts';
import type { Activity, Register } from '@libs/privacy-core';
import { expectTypeOf, it } from 'vitest';

it('P-0202 the register on the wire has exactly the parts of the register of the rules, checked by the compiler', () => {
  expectTypeOf<keyof RegisterActivity>().toEqualTypeOf<keyof Activity>();
  expectTypeOf<keyof RegisterContent>().toEqualTypeOf<keyof Register>();
  expectTypeOf<Activity>().toExtend<RegisterActivity>();
  expectTypeOf<Register>().toExtend<RegisterContent>();
});
