import { placeholders, type SqlReader } from '@libs/database';
import { basicConsents, guardianScope, type Purpose, purposeScope, type Register } from '@libs/privacy-core';

/**
 * Live people whose consent to a function of `register` counts now: to its present version, and with no later no to the
 * function as a whole or to the service itself. An older grant is void already, so a change takes nothing away from it.
 */
export async function peopleAgreed(
  reader: SqlReader,
  tenantId: string,
  register: Register,
  purpose: Purpose,
): Promise<number> {
  const version = register.activities.find((activity) => activity.purpose === purpose)?.consentVersion ?? 0;
  const whole = [...new Set([...basicConsents(register), purposeScope(purpose), guardianScope(purpose)])];
  const [row] = await reader.all<{ people: number | string }>(
    'SELECT COUNT(DISTINCT r.subject_id) AS people FROM privacy_consent_record r ' +
      'JOIN privacy_data_subject d ON d.tenant_id = ? AND d.id = r.subject_id ' +
      'LEFT JOIN privacy_consent_record n ON n.tenant_id = ? AND n.subject_id = r.subject_id ' +
      `AND (n.scope = r.scope OR n.scope IN (${placeholders(whole.length)})) AND n.decision <> 'grant' ` +
      'AND NOT EXISTS (SELECT g.id FROM privacy_consent_record g WHERE g.tenant_id = ? ' +
      "AND g.subject_id = n.subject_id AND g.scope = n.scope AND g.decision = 'grant' AND g.decided_at > n.decided_at) " +
      "WHERE r.tenant_id = ? AND r.purpose = ? AND r.type <> 'guardian' AND r.decision = 'grant' AND r.version >= ? " +
      "AND n.id IS NULL AND d.state = 'live'",
    [tenantId, tenantId, ...whole, tenantId, tenantId, purpose, version],
  );
  return Number(row?.people ?? 0);
}
