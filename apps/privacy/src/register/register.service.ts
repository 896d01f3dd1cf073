import type { RegisterContent, RegisterImpact, RegisterVersions, RegisterView } from '@libs/contracts';
import { UserError } from '@libs/kernel';
import { RegisterBook, type RegisterVersion, type Who } from '@libs/privacy';
import type { Register } from '@libs/privacy-core';
import { currentTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { ColleagueNames } from '../people/colleague-names.js';
import type { RegisterChangeBody } from './register.dto.js';

/** The processing register as the desk shows and changes it (P-0202, P-0302). */
@Injectable()
export class RegisterService {
  constructor(
    @Inject(RegisterBook) private readonly book: RegisterBook,
    @Inject(ColleagueNames) private readonly names: ColleagueNames,
  ) {}

  async current(): Promise<RegisterView> {
    return this.view(await this.book.load(currentTenant().tenantId));
  }

  async at(version: number): Promise<RegisterView> {
    const found = await this.book.at(currentTenant().tenantId, version);
    if (!found) {
      throw new UserError('privacy.register-version-not-found', 'There is no such version.', { status: 404 });
    }
    return this.view(found);
  }

  async versions(): Promise<RegisterVersions> {
    const found = await this.book.versions(currentTenant().tenantId);
    const nameOf = await this.names.of(found.map(({ changedBy }) => changedBy));
    return {
      items: found.map(({ version, changedAt, changedBy, note }) => ({
        ...{ version, changedAt, note },
        changedBy: changedBy === null ? null : nameOf(changedBy),
      })),
    };
  }

  preview(register: RegisterContent): Promise<RegisterImpact> {
    return this.book.impact(currentTenant().tenantId, asRegister(register));
  }

  async change(who: Who, { baseVersion, register, note, approvalId }: RegisterChangeBody): Promise<RegisterView> {
    return this.view(await this.book.change(who, { baseVersion, register: asRegister(register), note, approvalId }));
  }

  private async view({ version, register, changedAt, changedBy, note }: RegisterVersion): Promise<RegisterView> {
    const nameOf = await this.names.of([changedBy]);
    return { version, register, changedAt, note, changedBy: changedBy === null ? null : nameOf(changedBy) };
  }
}

/** What a client sends as a register: the book checks form and content before it believes anything of it. */
export function asRegister(content: RegisterContent): Register {
  return content as Register;
}
