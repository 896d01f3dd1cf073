import { permissionsOf, ROLES, SecondFactorRule, scopesOf } from '@libs/auth';
import type { RoleView } from '@libs/contracts';
import { Access, Caller, type MemberPrincipal } from '@libs/http';
import { Controller, Get } from '@nestjs/common';

/** What each role may do, for whoever gives them. */
@Controller('api/v1/account/roles')
export class RoleController {
  constructor(private readonly secondFactor: SecondFactorRule) {}

  /** Roles with their permissions and read scopes, and whether each needs a second factor (F-0205, P-1008). */
  @Get()
  @Access('members:manage')
  async list(@Caller() { tenantId }: MemberPrincipal): Promise<{ readonly items: readonly RoleView[] }> {
    const items = ROLES.map(async (role) => ({
      role,
      permissions: [...permissionsOf(role)],
      scopes: scopesOf(role),
      secondFactor: await this.secondFactor.isRequired(tenantId, role),
    }));
    return { items: await Promise.all(items) };
  }
}
