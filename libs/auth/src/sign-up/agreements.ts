import type { AgreementTexts, SignUpAgreements } from '@libs/contracts';
import { insertRow, type JournalEntry, type Step } from '@libs/database';
import { newId } from '@libs/kernel';
import { textHash } from '@libs/privacy-core';
import { agreementMissing, agreementSuperseded } from '../auth.errors.js';
import { agreementTextsShown } from './agreement-texts.js';

const COLUMNS = ['id', 'subject_id', 'kind', 'version', 'text_hash', 'locale', 'agreed_at'] as const;

/** Refuses what was not agreed to expressly, or to other texts than those in force (P-0101). */
export function checkAgreements(given: SignUpAgreements): AgreementTexts {
  for (const field of ['privacyPolicy', 'processingTerms', 'adult'] as const) {
    if (given[field] !== true) throw agreementMissing(field);
  }
  const texts = agreementTextsShown(given.shown);
  if (!texts) throw agreementSuperseded();
  return texts;
}

/** Rows and journal of what the person of a new login agreed to: they go with the login's write set. */
export function agreementRecords(
  texts: AgreementTexts,
  { subjectId, at }: { readonly subjectId: string; readonly at: number },
): { readonly steps: readonly Step[]; readonly journal: readonly JournalEntry[] } {
  const steps = texts.items.map(({ kind, version, text }) => {
    const values = [newId(at), subjectId, kind, version, textHash(text), texts.locale, at];
    return insertRow.step({ table: 'auth_agreement', columns: COLUMNS, values });
  });
  const entry = { kind: 'account.agreed.v1', subjectId, resource: `subject:${subjectId}` };
  return { steps, journal: [{ ...entry, fields: 'kind,version,text_hash,locale', commitment: null }] };
}
