import type { PersonalValue } from '@libs/contracts';
import type { Step } from '@libs/database';
import { UnexpectedError } from '@libs/kernel';
import type { FieldCode, Ground, Pii, Purpose, WithheldReason } from '@libs/privacy-core';
import type { PersonalCell, Reader } from './reader.js';

/** A write of fields of one person. */
export interface PersonalWrite {
  readonly purpose: Purpose;
  readonly subjectId: string;
  readonly fields: readonly FieldCode[];
}

const late = (): never => {
  throw new UnexpectedError('privacy.not-there', 'Comes with the next commit');
};

/** The one door between personal values and whoever reads or writes them (design 1.3). */
export class PersonalGate {
  async faces(
    _reader: Reader,
    _rows: readonly (readonly PersonalCell[])[],
  ): Promise<readonly (readonly PersonalValue[])[]> {
    return late();
  }

  async open(_reader: Reader, _cell: PersonalCell): Promise<Pii<string>> {
    return late();
  }

  groundNow(_tenantId: string, _purpose: Purpose, _field: FieldCode, _subjectId: string): Ground | undefined {
    return late();
  }

  async load(_tenantId: string, _subjectIds: readonly string[]): Promise<void> {
    return late();
  }

  async refused(
    _tenantId: string,
    _purpose: Purpose,
    _subjectId: string,
    _fields: readonly FieldCode[],
  ): Promise<readonly { readonly field: FieldCode; readonly reason: WithheldReason }[]> {
    return late();
  }

  step(_write: PersonalWrite): Step {
    return late();
  }
}
