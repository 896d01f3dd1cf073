import { DATABASE, type Database } from '@libs/database';
import { blindIndex } from '@libs/privacy-core';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import type { Inbox } from '../inboxes/inbox-directory.js';
import { SUBJECT_KEYS, type TenantKeys } from '../widget-sessions/visitor-keys.js';
import { identityErrors } from './identity.errors.js';
import type { IdentityClaims } from './identity-claims.js';

const USE_KEY = 'index:chat_identity_use.use_index:1';
const NAME_KEY = 'index:chat_identified_visitor.name_index:1';

/** Keyed indexes by which a statement and the one it names are found again; each site has names of its own. */
@Injectable()
export class IdentityIndexes {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(SUBJECT_KEYS) private readonly keys: TenantKeys,
  ) {}

  async ofStatement({ tenantId, id }: Inbox, { once }: IdentityClaims): Promise<string> {
    return blindIndex(await this.keys.tenantKey(tenantId, USE_KEY), `${id} ${once}`);
  }

  async ofName({ tenantId, id }: Inbox, { subject }: IdentityClaims): Promise<string> {
    return blindIndex(await this.keys.tenantKey(tenantId, NAME_KEY), `${id} ${subject}`);
  }

  /** Refuses a statement that was used; nothing is stored about somebody who has not written. */
  async requireUnused(inbox: Inbox, claims: IdentityClaims): Promise<void> {
    const { tenantId, id } = inbox;
    const index = await this.ofStatement(inbox, claims);
    const context = { tenantId, actor: { kind: 'system', id: 'identity' }, correlationId: id } as const;
    const rows = await runInTenant(context, async () =>
      this.database.reader.all('SELECT use_index FROM chat_identity_use WHERE tenant_id = ? AND use_index = ?', [
        ...[tenantId, index],
      ]),
    );
    if (rows.length > 0) throw identityErrors.replayed();
  }
}
