import { type Approval, type ApprovalPage, personHandle } from '@libs/contracts';
import type { MemberPrincipal } from '@libs/http';
import { UserError } from '@libs/kernel';
import {
  type ApprovalAsk,
  type ApprovalRow,
  Approvals,
  looseningHash,
  RegisterBook,
  registerErrors,
} from '@libs/privacy';
import { type FieldCode, fieldDefinition, loosenings } from '@libs/privacy-core';
import { Inject, Injectable } from '@nestjs/common';
import { ColleagueNames } from '../people/colleague-names.js';
import { whoOf } from '../people/desk-caller.js';
import { PersonRepository } from '../people/person.repository.js';
import { asRegister } from '../register/register.service.js';
import type { ApprovalBody } from './approval.dto.js';

/** Approvals as the desk shows them: who may decide, who asked, what for (P-1007). */
@Injectable()
export class ApprovalService {
  constructor(
    @Inject(Approvals) private readonly approvals: Approvals,
    @Inject(RegisterBook) private readonly registers: RegisterBook,
    @Inject(PersonRepository) private readonly people: PersonRepository,
    @Inject(ColleagueNames) private readonly names: ColleagueNames,
  ) {}

  /** Who may decide sees all of them, anybody else their own. */
  async list(caller: MemberPrincipal): Promise<ApprovalPage> {
    const only = mayDecide(caller) ? {} : { requestedBy: caller.memberId };
    return { items: await this.views(caller, await this.approvals.list(caller.tenantId, only)) };
  }

  async request(caller: MemberPrincipal, body: ApprovalBody): Promise<Approval> {
    const ask = body.kind === 'bulk-reveal' ? await this.bulkReveal(body) : await this.loosening(caller, body);
    return this.view(caller, await this.approvals.request(whoOf(caller), ask));
  }

  async decide(caller: MemberPrincipal, id: string, decision: 'approve' | 'refuse'): Promise<Approval> {
    return this.view(caller, await this.approvals.decide(whoOf(caller), id, decision));
  }

  async cancel(caller: MemberPrincipal, id: string): Promise<Approval> {
    return this.view(caller, await this.approvals.cancel(whoOf(caller), id));
  }

  private async bulkReveal({ kind, fields, contactIds, register, reason }: ApprovalBody): Promise<ApprovalAsk> {
    if (contactIds === undefined || register !== undefined) throw invalid('A bulk reveal names contacts.');
    const subjectIds = await this.people.behindContacts(contactIds);
    return { kind, fields: checked(fields), subjectIds, reason };
  }

  /** The fields are those that the register really loosens, whatever its author says: a second person relies on them. */
  private async loosening(caller: MemberPrincipal, { kind, contactIds, register, ...body }: ApprovalBody) {
    if (!caller.permissions.has('privacy:manage')) {
      throw new UserError('http.permission-missing', 'Your role does not allow this.', {
        status: 403,
        details: { permission: 'privacy:manage' },
      });
    }
    if (register === undefined || contactIds !== undefined) throw invalid('A looser register names no contacts.');
    const wanted = asRegister(register);
    const { problems } = await this.registers.impact(caller.tenantId, wanted);
    if (problems.length > 0) throw invalid('This register cannot stand.');
    const now = await this.registers.load(caller.tenantId);
    const { version: baseVersion } = now;
    if (body.baseVersion !== undefined && body.baseVersion !== baseVersion) throw registerErrors.changed(now);
    const changes = loosenings(now.register, wanted);
    if (changes.length === 0) throw invalid('Nobody would see more than before: this needs no second person.');
    const fields = [...new Set(changes.map(({ field }) => field))];
    const proposal = { baseVersion, register: wanted };
    return { kind, fields, contentHash: looseningHash(wanted, changes), changes, proposal, reason: body.reason };
  }

  private async view(caller: MemberPrincipal, row: ApprovalRow): Promise<Approval> {
    const [view] = await this.views(caller, [row]);
    return view!;
  }

  private async views(caller: MemberPrincipal, rows: readonly ApprovalRow[]): Promise<Approval[]> {
    const nameOf = await this.names.of(rows.flatMap(({ requestedBy, decidedBy }) => [requestedBy, decidedBy]));
    const open = rows.filter(({ kind, state }) => kind === 'bulk-reveal' && isOpen(state)).map(({ id }) => id);
    const concerned = await this.approvals.people(caller.tenantId, open);
    const handlesOf = (id: string) => (concerned.get(id) ?? []).map(personHandle).sort();
    const personOf = (memberId: string) => ({ memberId, name: nameOf(memberId) });
    return rows.map(
      ({ id, kind, state, requestedAt, expiresAt, reason, fields, changes, proposal, people, decidedAt, ...row }) => {
        const mine = row.requestedBy === caller.memberId;
        return {
          ...{ id, kind, state, requestedAt, expiresAt, reason, fields, changes, people, decidedAt, mine },
          proposal: isOpen(state) ? proposal : null,
          handles: handlesOf(id),
          requestedBy: personOf(row.requestedBy),
          decidedBy: row.decidedBy === null ? null : personOf(row.decidedBy),
          decidable: state === 'pending' && !mine && mayDecide(caller),
        };
      },
    );
  }
}

function isOpen(state: ApprovalRow['state']): boolean {
  return state === 'pending' || state === 'approved';
}

function mayDecide({ permissions }: MemberPrincipal): boolean {
  return permissions.has('privacy:approve');
}

function checked(fields: readonly string[]): FieldCode[] {
  return fields.map((field) => {
    const definition = fieldDefinition(field);
    if (!definition) throw invalid('Name the fields, each by its code.');
    return definition.code;
  });
}

function invalid(message: string): UserError {
  return new UserError('privacy.approval-invalid', message, { status: 422 });
}
